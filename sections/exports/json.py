"""JSON that people can read too."""

import json

from .data_set import DataSet
from .file_formats import FileFormat


def write_json(data: DataSet) -> str:
    """The whole content of the data set, indented."""
    return json.dumps(data.content, ensure_ascii=False, indent=1) + "\n"


JSON = FileFormat("json", "JSON", "application/json; charset=utf-8", write_json, attachment=False)
