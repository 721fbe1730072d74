"""The formats in which lists and tables can be downloaded.

A new one is a function that writes it and its name in FORMATS; addresses and links follow.
"""

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format: what the names of its files end with, its name for readers, its media type, and its writer."""

    ending: str
    label: str
    media_type: str
    write: Callable[..., str | bytes]
    attachment: bool = True  # whether browsers save the file, or show it


def write_csv(rows: Sequence[Mapping[str, Any]] | Sequence[Sequence[Any]], content: Any = None) -> str:
    """The rows as CSV, one a line; the keys of mappings make its first line."""
    if rows and isinstance(rows[0], Mapping):
        rows = [list(rows[0]), *(list(row.values()) for row in rows)]
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def write_json(rows: Sequence[Any], content: Any) -> str:
    """The whole content as JSON, indented so that people can read it too."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


# Each writes a list or table from its rows, and from all there is to say of it as JSON holds it. Rows are mappings,
# whose keys head the columns, or lists of cells, of which the first is the heading.
FORMATS = {
    "csv": FileFormat("csv", "CSV", "text/csv; charset=utf-8", write_csv),
    "json": FileFormat("json", "JSON", "application/json; charset=utf-8", write_json, attachment=False),
}
