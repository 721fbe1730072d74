"""What is wrong with a file, in words for the person who uploaded it."""

from dataclasses import dataclass


class InvalidFile(Exception):
    """Says in a sentence why a file cannot be read, and the way out."""


@dataclass(frozen=True)
class CellError:
    """What is wrong, where: the row as a spreadsheet numbers it (0 is the whole file), and the column."""

    row: int
    column: str
    message: str
