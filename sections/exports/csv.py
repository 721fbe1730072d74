"""CSV, one row a line."""

import csv
from collections.abc import Mapping
from io import StringIO

from .data_set import DataSet
from .file_formats import FileFormat


def write_csv(data: DataSet) -> str:
    """The rows as CSV; the keys of mappings make its first line."""
    rows = data.rows
    if rows and isinstance(rows[0], Mapping):
        rows = [list(rows[0]), *(list(row.values()) for row in rows)]
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


CSV = FileFormat("csv", "CSV", "text/csv; charset=utf-8", write_csv)
