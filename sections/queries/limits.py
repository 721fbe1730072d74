"""What the text of a report lacks beside the published document, as far as the text itself shows it."""

from dataclasses import dataclass

from sections.models import Block, Footnote, Reference, Report, Section, cached_per_version
from sections.text.ranges import format_ranges

KEPT_REPORTS = 8


@dataclass(frozen=True, slots=True)
class Limits:
    """Headings that the conversion lost, list items without a letter and their paragraphs, and what is not there.

    Paragraphs and footnotes are numbers in short: "98, 100–102".
    """

    headings: int
    recovered: int
    items: int
    paragraphs_of_items: str
    missing_footnotes: str
    annexes: int


@cached_per_version(KEPT_REPORTS)
def limits(report: Report) -> Limits:
    """The limits of the report's text; a fixed number of queries."""
    recovered = list(Section.objects.filter(report=report).order_by().values_list("recovered", flat=True))
    items = Block.objects.filter(paragraph__report=report, kind=Block.Kind.ITEM, label="").order_by()
    numbers = list(items.values_list("paragraph__number", flat=True))
    notes = set(Footnote.objects.filter(report=report).order_by().values_list("number", flat=True))
    missing = [number for number in range(1, max(notes, default=0)) if number not in notes]
    annexes = Reference.objects.filter(kind=Reference.Kind.ANNEX, block__paragraph__report=report).order_by()
    return Limits(
        headings=len(recovered),
        recovered=sum(recovered),
        items=len(numbers),
        paragraphs_of_items=format_ranges(sorted(set(numbers))),
        missing_footnotes=format_ranges(missing),
        annexes=annexes.values("target").distinct().count(),
    )
