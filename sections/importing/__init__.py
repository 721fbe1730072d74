"""Reads the source text of a report into records; knows nothing of Django but in its last step, build."""

from .contents import Contents, read_contents
from .faults import ImportFault
from .jsonform import as_json
from .parse import parse_report

__all__ = ["Contents", "ImportFault", "as_json", "parse_report", "read_contents"]
