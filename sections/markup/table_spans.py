"""Where the parts of a table stand in the text of its block, so that links and marks can be laid over cells."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from .text_as_html import Link, Note, Span, marked


@dataclass(frozen=True)
class TextSpan:
    """A part of a longer text: its words, and where they begin."""

    start: int
    text: str

    def marked(self, links: Iterable[Link], notes: Iterable[Note], highlights: Iterable[Span]) -> SafeString:
        """The part as HTML, with those of the longer text's links, footnote marks and highlights that fall into it."""
        start, end = self.start, self.start + len(self.text)
        return marked(
            self.text,
            [replace(link, start=link.start - start, end=link.end - start) for link in links],
            [replace(note, offset=note.offset - start) for note in notes if self.text and start <= note.offset <= end],
            [(low - start, high - start) for low, high in highlights],
        )


def table_spans(
    title: str, unit: str, rows: Iterable[Iterable[str]], source: str
) -> tuple[TextSpan, TextSpan, list[list[TextSpan]], TextSpan]:
    """A table's title, unit, rows of cells and source as spans of its block's text.

    That text is the title, the unit, each row's cells joined by tabs, and the source, each on a
    line of its own, without the lines that would be empty.
    """
    cursor = 0

    def span(text, length):
        nonlocal cursor
        cursor += length
        return TextSpan(cursor - length, text)

    def line(text):
        return span(text, len(text) + 1 if text else 0)

    title, unit = line(title), line(unit)
    body = [[span(cell, len(cell) + 1) for cell in row] for row in rows]
    return title, unit, body, line(source)
