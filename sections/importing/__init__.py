"""Reads the source text of a report into records; knows nothing of Django but in its last step, build."""

from .parse.contents import Contents, read_contents
from .parse.json_form import as_json
from .parse.records import ImportFault
from .parse.report import parse_report

__all__ = ["Contents", "ImportFault", "as_json", "parse_report", "read_contents"]
