"""JSON that people can read too."""

import json

from sections.representations.file_formats import FileFormat

from .data_set import DataSet


def write_json(data: DataSet) -> str:
    """The whole content of the data set, indented."""
    return json.dumps(data.content, ensure_ascii=False, indent=1) + "\n"


JSON = FileFormat("json", "JSON", "application/json; charset=utf-8", write_json, attachment=False)
