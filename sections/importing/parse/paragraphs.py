"""Reads the lines of one paragraph into blocks and footnotes."""

from dataclasses import dataclass, field

from .classify import Kind, Shape, shape_of
from .faults import ImportFault
from .footnotes import Marked, Row, check, marked, rows_of
from .lines import split
from .lists import ListLevels
from .patterns import LABELLED_TEXT
from .records import BlockRecord, FootnoteRecord, TableRecord, Warning
from .references import references_in
from .tables import read_table, starts_table


@dataclass
class ParagraphReader:
    """Takes the lines of a paragraph one after the other."""

    number: int
    line: int
    warnings: list[Warning] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.blocks: list[BlockRecord] = []
        self.marks: dict[int, tuple[int, int]] = {}
        self.levels = ListLevels()
        self.last = Kind.NUMBERED

    @property
    def after_colon(self) -> bool:
        """Whether the block above opens a list."""
        return bool(self.blocks) and self.blocks[-1].kind != "table" and self.blocks[-1].text.rstrip().endswith(":")

    def opens_list(self, number: int) -> bool:
        """Whether a number at the margin that is not the next paragraph's can be a list item here."""
        return (number == 1 and self.after_colon) or self.continues(f"{number}.")

    def continues(self, label: str) -> bool:
        """Whether a label is the next one of a list that is open."""
        return self.levels.continues(label)

    def begin(self, shape: Shape, line: int) -> None:
        """Takes the line that bears the paragraph's number."""
        match = LABELLED_TEXT.fullmatch(shape.text)
        if match:
            self._item(match.group(1), 1, match.group(2), line)
        elif shape.text.strip(" \t"):
            self._add("text", 0, "", marked(shape.text))

    def take(self, rows: list[Row], shapes: list[Shape], at: int) -> int:
        """Takes the line `at`, or the table that begins there, and gives the next one; raises ImportFault."""
        shape, row = shapes[at], rows[at]
        if shape.kind is Kind.BLANK:
            return at + 1
        if starts_table(rows, shapes, at):
            table, text, after = read_table(rows, shapes, at, self.warnings)
            self._add("table", 0, "", text, table)
            return after
        if shape.kind in (Kind.ITEM, Kind.NUMBERED, Kind.LABELLED):
            self._item(shape.label, shape.tabs, shape.text, row.line)
        elif shape.kind is Kind.PLAIN:
            self._plain(shape.text)
        elif shape.kind is not Kind.CELL or shape.text:
            raise ImportFault(
                row.line,
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
            level = self.levels.place("", 0, self.after_colon)
            self._add("item", level, "", marked(text))
        else:
            self.levels.clear()
            self._add("text", 0, "", marked(text))

    def _add(self, kind: str, level: int, label: str, text: Marked, table: TableRecord | None = None):
        for number, offset in text.anchors:
            self.marks[number] = (len(self.blocks), offset)
        self.blocks.append(BlockRecord(kind, level, label, text.text, references_in(text.text), table))

    def footnotes(self, rows: list[Row]) -> tuple[FootnoteRecord, ...]:
        """The notes of the paragraph in the order of their marks, bodies taken from its lines."""
        bodies = {body.number: body.text for row in rows for body in row.bodies}
        return tuple(
            FootnoteRecord(number, block, offset, bodies[number], references_in(bodies[number]))
            for number, (block, offset) in self.marks.items()
        )


def reread(source_text: str, number: int, line: int = 1) -> tuple[tuple[BlockRecord, ...], tuple[FootnoteRecord, ...]]:
    """Blocks and footnotes of one stored slice, read again by itself; raises ImportFault when it cannot be read."""
    rows = rows_of([source_line._replace(number=source_line.number + line - 1) for source_line in split(source_text)])
    shapes = [shape_of(row.text) for row in rows]
    start = next((n for n, shape in enumerate(shapes) if shape.kind is not Kind.BLANK), 0)
    if shapes[start].kind is not Kind.NUMBERED or shapes[start].number != number:
        raise ImportFault(rows[start].line, f"the slice does not begin with the number of paragraph {number}.")
    reader = ParagraphReader(number, rows[start].line)
    reader.begin(shapes[start], rows[start].line)
    at = start + 1
    while at < len(rows):
        at = reader.take(rows, shapes, at)
    check(rows, {})
    return tuple(reader.blocks), reader.footnotes(rows)
