"""Text and the spans laid over it, as HTML: the only room that marks anything safe."""

from .lists import Item, nested_list
from .passages import (
    all_filled,
    counted_links,
    escaped,
    filled,
    grouped,
    half_filled,
    hidden_fields,
    highlighted,
    list_of_links,
    list_of_words,
    row_of_links,
)
from .spans import Highlight, Link, Note, marked
from .table_spans import TextSpan, table_spans

__all__ = [
    "Highlight",
    "Item",
    "Link",
    "Note",
    "TextSpan",
    "all_filled",
    "counted_links",
    "escaped",
    "filled",
    "grouped",
    "half_filled",
    "hidden_fields",
    "highlighted",
    "list_of_links",
    "list_of_words",
    "marked",
    "nested_list",
    "row_of_links",
    "table_spans",
]
