"""Data files beside pages."""

from collections.abc import Sequence

from django.http import HttpResponse

from sections.exports.data import as_csv, as_json
from sections.models import Report

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}


def data_file(ending: str, name: str, rows: Sequence, content: object = None) -> HttpResponse:
    """Rows as a file named `name.csv`, or as JSON; for JSON, `content` where it says more than the rows."""
    body = as_csv(rows) if ending == "csv" else as_json(rows if content is None else content)
    disposition = "attachment" if ending == "csv" else "inline"
    headers = {"Content-Disposition": f'{disposition}; filename="{name}.{ending}"'}
    return HttpResponse(body, content_type=TYPES[ending], headers=headers)


def file_name(report: Report, name: str) -> str:
    """The name of a file of the report without its ending, such as CMW-C-MEX-3-figures."""
    return f"{report.symbol.replace('/', '-')}-{name}"
