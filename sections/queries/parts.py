"""A part of a report in pages that are short enough to read at once."""

from dataclasses import dataclass

from django.db.models import Sum
from django.db.models.functions import Length

from sections.models import Paragraph, Report

from .reports import Heading, Outline

PAGE_SIZE = 42_000  # characters of text on one page of a part; a reply is never cut


@dataclass(frozen=True, slots=True)
class PartPage:
    """One page of a part: its headings in reading order, its first and its last paragraph."""

    number: int
    headings: tuple[Heading, ...]
    first: int | None
    last: int | None

    @property
    def sections(self) -> list[int]:
        """Keys of the sections whose paragraphs are on the page."""
        return [heading.section.pk for heading in self.headings]

    @property
    def extent(self) -> str:
        """The paragraph numbers in short, such as "12–19"."""
        return f"{self.first}–{self.last}" if self.first != self.last else f"{self.first}"


def pages(report: Report, outline: Outline, part: Heading, size: int = PAGE_SIZE) -> list[PartPage]:
    """The part cut between replies into pages of at most `size` characters, unless one reply is longer; one query."""
    rows = Paragraph.objects.filter(report=report).order_by().values_list("section")
    sizes = dict(rows.annotate(size=Sum(Length("source_text"))).values_list("section", "size"))
    pages: list[list[Heading]] = [[]]
    page_size = 0
    waiting = []  # headings without text of their own go with the text that follows them
    for heading in outline.in_order(part):
        waiting.append(heading)
        heading_size = sizes.get(heading.section.pk, 0)
        if not heading_size:
            continue
        if page_size and page_size + heading_size > size:
            pages.append([])
            page_size = 0
        pages[-1] += waiting
        page_size, waiting = page_size + heading_size, []
    pages[-1] += waiting
    return [_page(number, headings, sizes) for number, headings in enumerate(pages, 1)]


def _page(number, headings, sizes):
    sections = [heading.section for heading in headings if heading.section.pk in sizes]
    first = min((section.first for section in sections), default=None)
    last = max((section.last for section in sections), default=None)
    return PartPage(number, tuple(headings), first, last)
