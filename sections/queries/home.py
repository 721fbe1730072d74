"""Questions of the first page: which paragraph shows best what the site does, and examples that lead somewhere."""

from django.db.models import Count, Q
from django.db.models.functions import Length

from sections.models import ConventionArticle, Paragraph, Report, Table, shown_links

SHORTEST, LONGEST = 180, 420  # characters of a paragraph that is read in a few seconds


def telling_paragraph(report: Report) -> int | None:
    """The number of a short paragraph that bears on articles and names entries in full, the most of both; one query."""
    shown = shown_links("blocks__mentions")
    short = Count("blocks__mentions", distinct=True, filter=shown & Q(blocks__mentions__basis="contextual"))
    rows = Paragraph.objects.filter(report=report).annotate(
        size=Length("source_text"),
        types=Count("blocks__mentions__entry__type", distinct=True, filter=shown),
        named=Count("blocks__mentions__entry", distinct=True, filter=shown),
        articles=Count("article_links", distinct=True, filter=shown_links("article_links")),
        blocks_count=Count("blocks", distinct=True),
        short_forms=short,
    )
    rows = rows.filter(size__range=(SHORTEST, LONGEST), blocks_count=1, short_forms=0, articles__gt=0, named__gt=1)
    return rows.order_by("-types", "-named", "-articles", "number").values_list("number", flat=True).first()


def most_reported(report: Report) -> ConventionArticle | None:
    """The article on which most paragraphs are squarely; one query."""
    high = Q(article_links__confidence="high", article_links__paragraph__report=report)
    high &= shown_links("article_links")
    rows = ConventionArticle.objects.annotate(high=Count("article_links", filter=high)).filter(high__gt=0)
    return rows.order_by("-high", "number").first()


def first_table(report: Report) -> Table | None:
    """The report's first table; one query."""
    return Table.objects.filter(report=report).select_related("report").order_by("number").first()
