"""CSV, one row a line."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from .file_format import FileFormat


def write_csv(rows: Sequence[Mapping[str, Any]] | Sequence[Sequence[Any]], content: Any) -> str:
    """The rows as CSV; the keys of mappings make its first line."""
    if rows and isinstance(rows[0], Mapping):
        rows = [list(rows[0]), *(list(row.values()) for row in rows)]
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


CSV = FileFormat("csv", "CSV", "text/csv; charset=utf-8", write_csv)
