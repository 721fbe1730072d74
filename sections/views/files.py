"""Answers that are files of data beside a page."""

from django.http import HttpResponse

from sections.exports.data import as_csv, as_json

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}


def data_file(ending: str, name: str, rows, content=None) -> HttpResponse:
    """Rows as a file named `name.csv`, or as JSON; for JSON, `content` where it says more than the rows."""
    body = as_csv(rows) if ending == "csv" else as_json(rows if content is None else content)
    response = HttpResponse(body, content_type=TYPES[ending])
    disposition = "attachment" if ending == "csv" else "inline"
    response["Content-Disposition"] = f'{disposition}; filename="{name}.{ending}"'
    return response


def file_name(report, name: str) -> str:
    """What a file of the report is called, such as CMW-C-MEX-3-figures."""
    return f"{report.symbol.replace('/', '-')}-{name}"
