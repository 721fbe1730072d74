"""The figures in a report, and the years that they cover."""

from django.db.models import Max, Min, QuerySet

from sections.models import Figure, Report
from sections.text.fold import fold


def figures(report: Report) -> QuerySet[Figure]:
    """The figures that readers see, with their places, in reading order."""
    return Figure.objects.shown().of(report).with_places().in_order()


def matching(rows: QuerySet[Figure], text: str) -> list[int]:
    """Keys of those figures whose words contain every word of the text, without accents and case; one query."""
    words = fold(text).split()
    fields = rows.order_by().values_list("pk", "surface", "unit", "what", "period")
    return [key for key, *texts in fields if all(word in fold(" ".join(texts)) for word in words)]


def years(rows: QuerySet[Figure]) -> list[int]:
    """The years from the first to the last that the figures cover, the last first; one query."""
    ends = rows.aggregate(first=Min("first_year"), last=Max("last_year"))
    first, last = ends["first"], max(filter(None, ends.values()), default=0)
    return list(range(last, first - 1, -1)) if first else []
