"""Where the parts of a table stand in the text of its block, so that spans can be laid over cells."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Piece:
    """A part of a longer text: its words, and where they begin."""

    start: int
    text: str

    @property
    def end(self):
        return self.start + len(self.text)

    def own(self, links):
        """The links that stand wholly within this piece, moved to count from its first character."""
        return [
            replace(link, start=link.start - self.start, end=link.end - self.start)
            for link in links
            if self.start <= link.start and link.end <= self.end
        ]

    def own_part(self, highlights):
        """What falls into this piece of the highlights, moved to count from its first character."""
        return [
            replace(mark, start=max(mark.start - self.start, 0), end=min(mark.end, self.end) - self.start)
            for mark in highlights
            if mark.start < self.end and self.start < mark.end
        ]

    def own_notes(self, notes):
        """The footnote marks in this piece, moved to count from its first character."""
        return [
            replace(note, offset=note.offset - self.start)
            for note in notes
            if self.text and self.start <= note.offset <= self.end
        ]


def table_pieces(title, unit, rows, source):
    """A table's title, unit, rows of cells and source as pieces of its block's text.

    That text is the title, the unit, each row's cells joined by tabs, and the source, each on a
    line of its own, without the lines that would be empty.
    """
    cursor = 0

    def line(text):
        nonlocal cursor
        piece = Piece(cursor, text)
        cursor += len(text) + 1 if text else 0
        return piece

    title, unit = line(title), line(unit)
    pieces = []
    for row in rows:
        cells = []
        for cell in row:
            cells.append(Piece(cursor, cell))
            cursor += len(cell) + 1
        pieces.append(cells)
    return title, unit, pieces, line(source)
