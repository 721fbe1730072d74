"""Reads the source text of a report into records; only the steps that store and verify know Django."""

from .parse.contents import Contents, read_contents
from .parse.json_form import as_json
from .parse.records import ImportFault
from .parse.report import parse_report

__all__ = ["Contents", "ImportFault", "as_json", "parse_report", "read_contents"]
