"""A file as rows of cells, whatever its format: as it was read, before anybody asks which list it is. Pure."""

import json
import re
from dataclasses import asdict, dataclass, field

from sections.text.fold import clean

# What a cell holds that is no text: a date that the spreadsheet made, a formula, an error, a cell that is merged.
DATE, FORMULA, ERROR, MERGED = "date", "formula", "error", "merged"
Cell = str | list[str]  # a text; or one of these kinds with what the cell shows

# A spreadsheet would compute a cell that begins with one of =+-@, a tab or a return; an apostrophe before it prevents
# that. A cell that begins like an escaped one is escaped too.
TO_ESCAPE = re.compile(r"'?[=+\-@＝＋－＠\t\r]|''")
ESCAPED = re.compile(r"\A'(?=[=+\-@＝＋－＠\t\r'])")


@dataclass
class Grid:
    """The rows of a file, each with its number as the spreadsheet shows it; empty rows are left out.

    `encoding` names that of a text which does not say its own, `sheet` the worksheet, `hidden` counts hidden rows.
    """

    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)
    encoding: str = ""
    sheet: str = ""
    hidden: int = 0

    def as_text(self) -> str:
        """The grid as text, which `from_text` reads."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> "Grid":
        """The grid that `as_text` wrote."""
        return cls(**json.loads(text))


def words_of(cell: Cell) -> str:
    """The text of a cell, cleaned, without the apostrophe that keeps spreadsheets from computing it."""
    text = cell if isinstance(cell, str) else cell[1]
    return ESCAPED.sub("", clean(text).strip())


def escaped(text: str) -> str:
    """The text as a cell that no spreadsheet computes."""
    return f"'{text}" if TO_ESCAPE.match(text) else text


def is_empty(cells: list[Cell]) -> bool:
    """Whether nothing stands in a row."""
    return not any(isinstance(cell, list) or cell.strip() for cell in cells)
