"""Finds in a text the numbers that count something, the dates and the places, and checks sums. Knows no model."""

from .dates import Dated, dates
from .numbers import MOST_DIGITS, Counted, numbers
from .owners import Named, named_in, owners
from .places import Gazetteer, Placed
from .sums import NEEDED, Outcome, Sum, check_sum
from .tables import TableCheck, check_table
