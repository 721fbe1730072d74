"""Questions about paragraphs and tables: those that a page prints, with all it takes to print them."""

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sections.models import Figure, Footnote, Paragraph, Report, Section, Table


def for_reading(report: Report) -> QuerySet:
    """The report's paragraphs with text, notes, links, margin and `figure_count`; a fixed number of queries."""
    figures = Figure.objects.shown().filter(block__paragraph=OuterRef("pk")).order_by()
    counted = figures.values("block__paragraph").annotate(count=Count("pk")).values("count")
    rows = Paragraph.objects.filter(report=report).with_text().with_links()
    rows = rows.prefetch_related("blocks__back_references__target", "referred_to_by__block__paragraph")
    rows = rows.annotate(figure_count=Coalesce(Subquery(counted), 0))
    return rows.defer("source_text").order_by("number")


def under(report: Report, section: Section) -> list[Paragraph]:
    """The paragraphs that stand directly under a section, ready to be read."""
    return list(for_reading(report).filter(section=section))


def paragraph(report: Report, number: int) -> Paragraph | None:
    """One paragraph ready to be read, its slice of the source and its subjects included, or None."""
    return for_reading(report).defer(None).select_related("subjects").filter(number=number).first()


def tables(report: Report) -> list[Table]:
    """The report's tables in order, each with the number of its paragraph; one query."""
    rows = Table.objects.filter(report=report).select_related("block__paragraph").order_by("number")
    return [_of(report, table) for table in rows]


def table(report: Report, number: int) -> Table | None:
    """One table with its block's references, notes and mentions, or None."""
    rows = Table.objects.filter(report=report, number=number).select_related("block__paragraph__section")
    rows = rows.prefetch_related("block__mentions__entry", "block__references", "block__footnotes__body")
    rows = rows.prefetch_related("block__back_references__target")
    found = rows.first()
    return _of(report, found) if found else None


def _of(report, table):
    table.report = table.block.paragraph.report = report
    return table


def note_count(report: Report) -> int:
    """Number of footnotes that the text holds."""
    return Footnote.objects.filter(report=report).count()
