"""The content in the formats that leave the site.

A new format of lists and tables is one file beside `csv.py` and one name in FORMATS; addresses and links follow.
"""

from .csv import CSV
from .file_format import FileFormat
from .json import JSON

__all__ = ["FORMATS", "FileFormat"]

# Each writes a list or table from its rows, and from all there is to say of it as JSON holds it. Rows are mappings,
# whose keys head the columns, or lists of cells, of which the first is the heading.
FORMATS = {file_format.ending: file_format for file_format in (CSV, JSON)}
