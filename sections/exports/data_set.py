"""What a format of files of data is given to write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class DataSet:
    """A list or table: its rows, and all there is to say of it as JSON holds it.

    Rows are mappings, whose keys head the columns, or lists of cells, of which the first is the heading.
    """

    rows: Sequence[Mapping[str, Any]] | Sequence[Sequence[Any]]
    content: Any
