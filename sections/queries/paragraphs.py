"""Paragraphs and tables with everything that a page needs to print them."""

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Length

from sections.models import ArticleLink, Basis, Figure, Mention, Paragraph, Report, Table, shown_links

SAMPLE_SIZES = (180, 420)  # characters of a paragraph that is read in a few seconds


def for_reading(report: Report) -> QuerySet[Paragraph]:
    """The report's paragraphs with text, notes, links, margin and `figure_count`; a fixed number of queries.

    Links that an editor rejected are left out.
    """
    figures = Figure.objects.shown().filter(block__paragraph=OuterRef("pk")).order_by()
    counted = figures.values("block__paragraph").annotate(count=Count("pk")).values("count")
    rows = Paragraph.objects.filter(report=report).with_text().annotate(figure_count=Coalesce(Subquery(counted), 0))
    rows = rows.prefetch_related(
        Prefetch("blocks__mentions", Mention.objects.shown().select_related("entry")),
        Prefetch("article_links", ArticleLink.objects.shown().select_related("article")),
        "editors_notes",
        "blocks__back_references__target",
        "referred_to_by__block__paragraph",
    )
    return rows.defer("source_text").order_by("number")


def paragraph(report: Report, number: int) -> Paragraph | None:
    """One paragraph ready to be read, its slice of the source and its subjects included, or None."""
    return for_reading(report).defer(None).select_related("subjects").filter(number=number).first()


def sample_number(report: Report) -> int | None:
    """The number of the short paragraph that names the most entries, all in full, and bears on articles; one query."""
    shown = shown_links("blocks__mentions")
    rows = Paragraph.objects.filter(report=report).annotate(
        size=Length("source_text"),
        types=Count("blocks__mentions__entry__type", distinct=True, filter=shown),
        named=Count("blocks__mentions__entry", distinct=True, filter=shown),
        articles=Count("article_links", distinct=True, filter=shown_links("article_links")),
        blocks_count=Count("blocks", distinct=True),
        short_forms=Count("blocks__mentions", filter=shown & Q(blocks__mentions__basis=Basis.CONTEXTUAL)),
    )
    rows = rows.filter(size__range=SAMPLE_SIZES, blocks_count=1, short_forms=0, articles__gt=0, named__gt=1)
    return rows.order_by("-types", "-named", "-articles", "number").values_list("number", flat=True).first()


def tables(report: Report) -> QuerySet[Table]:
    """The report's tables in order, each with its paragraph; one query."""
    return Table.objects.filter(report=report).select_related("report", "block__paragraph__report").order_by("number")


def table(report: Report, number: int) -> Table | None:
    """One table with its block's references, notes and mentions, or None."""
    rows = tables(report).prefetch_related(
        Prefetch("block__mentions", Mention.objects.shown().select_related("entry")),
        "block__references",
        "block__footnotes__body",
        "block__back_references__target",
    )
    return rows.filter(number=number).first()
