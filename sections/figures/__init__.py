"""Finds in a text the numbers that count something, the dates and the places, and checks sums. Knows no model."""

from .dates import Dated, Sense, dates
from .numbers import Counted, numbers
from .places import Gazetteer, Placed
from .sums import Outcome, Sum, check_sum
from .tables import TableCheck, check_table

__all__ = [
    "Counted",
    "Dated",
    "Gazetteer",
    "Outcome",
    "Placed",
    "Sense",
    "Sum",
    "TableCheck",
    "check_sum",
    "check_table",
    "dates",
    "numbers",
]
