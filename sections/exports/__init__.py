"""The content in the formats that leave the site.

A new format of lists and tables is one file beside `csv.py` and one name in FORMATS; addresses and links follow.
"""

from .csv import CSV
from .data_set import DataSet
from .file_formats import by_ending
from .json import JSON

__all__ = ["FORMATS", "DataSet"]

FORMATS = by_ending([CSV, JSON])  # each writes a DataSet
