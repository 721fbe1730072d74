"""The formats in which lists can be downloaded.

A new one is a function that writes a `Listing` and its name in FORMATS, or in PASSAGE_FORMATS if it is only for lists
of paragraphs; addresses and links follow. What a format needs of a large library is imported when it is first written.
"""

import csv
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from .listing import Listing, in_one_cell, printable
from .texts import write_markdown, write_text

BYTE_ORDER_MARK = "\ufeff"  # without it, Excel reads a CSV file in an alphabet of its own
# What spreadsheets take for the beginning of a formula, also after spaces, and in the wide letters of Asian keyboards.
FORMULA = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format: what the names of its files end with, its name for readers, its media type, and its writer."""

    ending: str
    label: str | Promise
    media_type: str
    write: Callable[..., str | bytes]
    attachment: bool = True  # whether browsers save the file, or show it
    is_data: bool = False  # whether programs read it, so that what it says is the same in every language


def write_csv(listing: Listing) -> str:
    """The rows as CSV under a line of the columns' keys; a text that a spreadsheet would compute begins with "'"."""
    out = StringIO(BYTE_ORDER_MARK)
    out.seek(0, 2)
    rows = [listing.columns, *listing.rows]
    csv.writer(out, lineterminator="\r\n").writerows([_csv_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def write_json(listing: Listing) -> str:
    """The whole content as JSON, indented so that people can read it too."""
    content = listing.content
    if content is None:
        rows = [dict(zip(listing.columns, row, strict=True)) for row in listing.rows]
        content = {**(listing.facts or {}), listing.name: rows}
    return json.dumps(content, ensure_ascii=False, indent=1, default=str) + "\n"


def write_records(ending: str) -> Callable[[Listing], str]:
    """A writer of the records that a list's passages have for reference managers."""
    return lambda listing: "".join(passage.records.get(ending, "") for passage in listing.passages)


def written_by(name: str) -> Callable[[Listing], bytes]:
    """A writer whose module is imported when it first writes."""
    return lambda listing: import_string(name)(listing)


def _csv_cell(value: Any) -> Any:
    value = in_one_cell(value)
    if not isinstance(value, str):
        return value
    text = printable(value)
    return f"'{text}" if FORMULA.match(text) else text


EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FORMATS = {
    "csv": FileFormat("csv", "CSV", "text/csv; charset=utf-8", write_csv, is_data=True),
    "xlsx": FileFormat("xlsx", "Excel", EXCEL, written_by("sections.exports.xlsx.write_xlsx")),
    "json": FileFormat("json", "JSON", "application/json; charset=utf-8", write_json, attachment=False, is_data=True),
}
# Of lists of paragraphs, whose words can be taken along with their citations.
PASSAGE_FORMATS = {
    "txt": FileFormat("txt", _("plain text"), "text/plain; charset=utf-8", write_text, attachment=False),
    "docx": FileFormat("docx", "Word", WORD, written_by("sections.exports.docx.write_docx")),
    "md": FileFormat("md", "Markdown", "text/markdown; charset=utf-8", write_markdown),
    "ris": FileFormat("ris", "RIS", "application/x-research-info-systems; charset=utf-8", write_records("ris")),
    "bib": FileFormat("bib", "BibTeX", "application/x-bibtex; charset=utf-8", write_records("bib")),
    **FORMATS,
}
