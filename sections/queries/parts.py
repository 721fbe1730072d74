"""Questions about a part of a report: its headings in pages that are light enough to read at once."""

from dataclasses import dataclass

from django.db.models import Sum
from django.db.models.functions import Length

from sections.models import Paragraph, Report

from .reports import Heading, Outline

CHARACTERS = 42_000  # of text on one page of a part; a reply is never cut


@dataclass(frozen=True, slots=True)
class PartPage:
    """One page of a part: its headings in order of reading, and the first and last paragraph."""

    number: int
    headings: tuple[Heading, ...]
    first: int | None
    last: int | None

    @property
    def sections(self) -> list[int]:
        """Keys of the sections whose paragraphs stand on the page."""
        return [heading.section.pk for heading in self.headings]

    @property
    def extent(self) -> str:
        """The paragraph numbers in short, such as "12–19"."""
        return f"{self.first}–{self.last}" if self.first != self.last else f"{self.first}"


def pages(report: Report, outline: Outline, part: Heading, most: int = CHARACTERS) -> list[PartPage]:
    """The part cut between replies into pages of about as many characters; one query."""
    rows = Paragraph.objects.filter(report=report).order_by().values_list("section")
    sizes = dict(rows.annotate(size=Sum(Length("source_text"))).values_list("section", "size"))
    cut, here, size = [], [], 0
    waiting = []  # headings without text of their own go with what follows them
    for heading in _in_order(part):
        own = sizes.get(heading.section.pk, 0)
        waiting.append(heading)
        if not own:
            continue
        if here and size + own > most:
            cut.append(here)
            here, size = [], 0
        here, size, waiting = here + waiting, size + own, []
    cut.append(here + waiting)
    return [_page(number, headings, sizes) for number, headings in enumerate(cut, 1)]


def _in_order(heading):
    yield heading
    for child in heading.children:
        yield from _in_order(child)


def _page(number, headings, sizes):
    own = [heading.section for heading in headings if heading.section.pk in sizes]
    first = min((section.first for section in own), default=None)
    last = max((section.last for section in own), default=None)
    return PartPage(number, tuple(headings), first, last)
