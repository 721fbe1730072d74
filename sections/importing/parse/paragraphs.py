"""Reads the lines of one paragraph into blocks and footnotes."""

from .classify import Kind, Shape
from .footnotes import Marked, bodies_of, marked, without_bodies
from .lines import Line, split
from .lists import ListLevels
from .patterns import ITEM_AT_MARGIN
from .records import BlockRecord, FootnoteRecord, ImportFault, TableRecord, Warning
from .references import references_in
from .tables import read_table, starts_table


class Paragraph:
    """A paragraph of the text; takes the line that bears its number, then its other lines one after the other."""

    def __init__(self, shape: Shape, line: int, warnings: list[Warning]) -> None:
        self.number = shape.number
        self.stray_space = shape.stray_space
        self.source_line = line
        self.source_text = ""
        self.blocks: list[BlockRecord] = []
        self.footnotes: tuple[FootnoteRecord, ...] = ()
        self.warnings = warnings
        self.marks: dict[int, tuple[int, int]] = {}
        self.levels = ListLevels()
        if item := ITEM_AT_MARGIN.fullmatch(shape.text):
            self._item(item["label"], 1, item["text"], line)
        elif shape.text.strip(" \t"):
            self._add("text", 0, "", marked(shape.text))

    @property
    def after_colon(self) -> bool:
        """Whether the block above opens a list."""
        return bool(self.blocks) and self.blocks[-1].kind != "table" and self.blocks[-1].text.rstrip().endswith(":")

    def opens_list(self, number: int) -> bool:
        """Whether a number at the margin that is not the next paragraph's can be a list item here."""
        return (number == 1 and self.after_colon) or self.levels.continues(f"{number}.")

    def take(self, lines: list[Line], at: int) -> int:
        """Takes the line `at`, or the table that begins there, and gives the next one; raises ImportFault."""
        line, shape = lines[at], lines[at].shape
        if shape.kind is Kind.BLANK:
            return at + 1
        if starts_table(lines, at):
            table, text, after = read_table(lines, at, self.warnings)
            self._add("table", 0, "", text, table)
            return after
        if shape.kind in (Kind.ITEM, Kind.NUMBERED, Kind.LABELLED):
            self._item(shape.label, shape.tabs, shape.text, line.number)
        elif shape.kind is Kind.PLAIN:
            self._plain(shape.text)
        elif shape.kind is not Kind.CELL or shape.text:
            raise ImportFault(
                line.number,
                f"this line of paragraph {self.number} is neither text, list item nor table. "
                "Remove its tabs, or give it a label such as (a).",
            )
        return at + 1

    def _item(self, label, tabs, text, line):
        level = self.levels.place(label, tabs, self.after_colon)
        if self.levels.lacks_parenthesis(label):
            self.warnings.append(Warning(line, f"the label “{label}” has no opening parenthesis; kept as printed."))
        self._add("item", level, label, marked(text))

    def _plain(self, text):
        above = self.blocks[-1] if self.blocks else None
        if above and (self.after_colon or (above.kind == "item" and not above.label)):
            self._add("item", self.levels.place("", 0, self.after_colon), "", marked(text))
        else:
            self.levels = ListLevels()
            self._add("text", 0, "", marked(text))

    def _add(self, kind: str, level: int, label: str, text: Marked, table: TableRecord | None = None):
        for number, offset in text.anchors:
            self.marks[number] = (len(self.blocks), offset)
        self.blocks.append(BlockRecord(kind, level, label, text.text, references_in(text.text), table))

    def end(self, lines: list[Line], seen: dict[int, int]) -> None:
        """Takes the bodies of its notes, in the order of their marks, out of all its lines; raises ImportFault.

        `seen` holds the notes of the paragraphs before, with their lines, and takes in the new ones.
        """
        bodies = bodies_of(lines, seen)
        self.footnotes = tuple(
            FootnoteRecord(number, block, offset, bodies[number], references_in(bodies[number]))
            for number, (block, offset) in self.marks.items()
        )


def reread(source_text: str, number: int, line: int = 1) -> tuple[tuple[BlockRecord, ...], tuple[FootnoteRecord, ...]]:
    """Blocks and footnotes of one stored slice, read again by itself; raises ImportFault when it cannot be read."""
    lines = without_bodies(split(source_text, line))
    start = next((n for n, line in enumerate(lines) if line.shape.kind is not Kind.BLANK), 0)
    if lines[start].shape.kind is not Kind.NUMBERED or lines[start].shape.number != number:
        raise ImportFault(lines[start].number, f"the slice does not begin with the number of paragraph {number}.")
    paragraph = Paragraph(lines[start].shape, lines[start].number, [])
    at = start + 1
    while at < len(lines):
        at = paragraph.take(lines, at)
    paragraph.end(lines, {})
    return tuple(paragraph.blocks), paragraph.footnotes
