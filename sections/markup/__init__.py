"""Text and the spans laid over it, as HTML: the only package, beside `charts`, that marks strings safe."""

from .highlight import highlighted, row_of_links
from .lists import Item, nested_list
from .table_spans import TextSpan, table_spans
from .text_as_html import Highlight, Link, Note, marked

__all__ = [
    "Highlight",
    "Item",
    "Link",
    "Note",
    "TextSpan",
    "highlighted",
    "marked",
    "nested_list",
    "row_of_links",
    "table_spans",
]
