"""A list or table as it leaves the site, whatever the format: its columns, its rows, and what stands in them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .passages import Passage

# What no cell of a spreadsheet and no XML document can hold.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
CREATOR = "Paragraph by Paragraph"  # of files, in their properties
_LINE_ENDS = re.compile("\r\n?")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: the keys of its columns, a row of cells for each thing, and its title.

    A cell is a text, a number, None, or several of these. `about` pairs words with what they say of the list, such as
    its filters. `content` is what JSON holds where that is more than the rows; else they stand there under `name`,
    after the `facts`.
    A list of paragraphs has their `passages`. The name of its file is made of the parts of `file_name`.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    name: str = "rows"
    about: Sequence[tuple[str, str]] = ()
    facts: Mapping[str, Any] | None = None
    content: Any = None
    passages: Sequence[Passage] = ()
    file_name: Sequence[str] = ("list",)

    @classmethod
    def of(cls, title: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]], **more: Any) -> "Listing":
        """The list of these mappings; of each it takes what the columns name."""
        return cls(title, columns, [[row[column] for column in columns] for row in rows], **more)


def printable(text: str) -> str:
    """The text without characters that a spreadsheet or an XML document refuses, each line end as "\\n"."""
    return _LINE_ENDS.sub("\n", _UNPRINTABLE.sub("", text)) if not text.isprintable() else text


def in_one_cell(value: Any) -> Any:
    """The value as one text or number; several are separated by semicolons, a truth is yes or no."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple | set):
        return "; ".join(str(in_one_cell(item)) for item in value)
    return value
