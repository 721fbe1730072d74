"""Where the parts of a table stand in the text of its block, so that spans can be laid over cells."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .text_as_html import Highlight, Link, Note


@dataclass(frozen=True)
class TextSpan:
    """A part of a longer text: its words, and where they begin."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where the part ends in the longer text."""
        return self.start + len(self.text)

    def links_within(self, links: Iterable[Link]) -> list[Link]:
        """The links that stand wholly within this span, moved to count from its first character."""
        return [
            replace(link, start=link.start - self.start, end=link.end - self.start)
            for link in links
            if self.start <= link.start and link.end <= self.end
        ]

    def highlights_within(self, highlights: Iterable[Highlight]) -> list[Highlight]:
        """What falls into this span of the highlights, moved to count from its first character."""
        return [
            replace(mark, start=max(mark.start - self.start, 0), end=min(mark.end, self.end) - self.start)
            for mark in highlights
            if mark.start < self.end and self.start < mark.end
        ]

    def notes_within(self, notes: Iterable[Note]) -> list[Note]:
        """The footnote marks in this span, moved to count from its first character."""
        return [
            replace(note, offset=note.offset - self.start)
            for note in notes
            if self.text and self.start <= note.offset <= self.end
        ]


def table_spans(
    title: str, unit: str, rows: Iterable[Iterable[str]], source: str
) -> tuple[TextSpan, TextSpan, list[list[TextSpan]], TextSpan]:
    """A table's title, unit, rows of cells and source as spans of its block's text.

    That text is the title, the unit, each row's cells joined by tabs, and the source, each on a
    line of its own, without the lines that would be empty.
    """
    cursor = 0

    def line(text):
        nonlocal cursor
        span = TextSpan(cursor, text)
        cursor += len(text) + 1 if text else 0
        return span

    title, unit = line(title), line(unit)
    body = []
    for row in rows:
        cells = []
        for cell in row:
            cells.append(TextSpan(cursor, cell))
            cursor += len(cell) + 1
        body.append(cells)
    return title, unit, body, line(source)
