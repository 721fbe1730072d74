"""JSON that people can read too."""

import json
from collections.abc import Sequence
from typing import Any

from .file_format import FileFormat


def write_json(rows: Sequence[Any], content: Any) -> str:
    """The whole content, indented."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


JSON = FileFormat("json", "JSON", "application/json; charset=utf-8", write_json, attachment=False)
