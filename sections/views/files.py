"""Answers that are files beside a page, in a format that `exports` or `citing` lists."""

from typing import Any

from django.http import HttpResponse

from sections.exports.formats import FileFormat
from sections.models import Report


def data_file(file_format: FileFormat, name: str, rows: list, content: Any) -> HttpResponse:
    """A list or table as a file named `name` and the format's ending; see `exports.FORMATS`."""
    return file_answer(file_format, name, file_format.write(rows, content))


def file_answer(file_format: FileFormat, name: str, body: str | bytes) -> HttpResponse:
    """The answer that gives a file: browsers save it or show it, as its format says."""
    response = HttpResponse(body, content_type=file_format.media_type)
    disposition = "attachment" if file_format.attachment else "inline"
    response["Content-Disposition"] = f'{disposition}; filename="{name}.{file_format.ending}"'
    return response


def file_name(report: Report, name: str) -> str:
    """What a file of the report is called, such as CMW-C-MEX-3-figures."""
    return f"{report.symbol.replace('/', '-')}-{name}"
