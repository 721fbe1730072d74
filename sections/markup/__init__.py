"""Text and the spans laid over it, as HTML: the only package, beside `charts`, that marks strings safe."""

from .highlight import counted_links, highlighted, row_of_links
from .lists import Item, nested_list
from .spans import Highlight, Link, Note, marked
from .table_spans import TextSpan, table_spans

__all__ = [
    "Highlight",
    "Item",
    "Link",
    "Note",
    "TextSpan",
    "counted_links",
    "highlighted",
    "marked",
    "nested_list",
    "row_of_links",
    "table_spans",
]
