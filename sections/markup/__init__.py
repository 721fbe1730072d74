"""Text and the spans laid over it, as HTML: the only package, beside `charts`, that marks strings safe."""

from .lists import Item, counted_boxes, link, nested_list, row_of_links
from .manuals import Heading, manual_as_html
from .table_spans import TextSpan, table_spans
from .text_as_html import Link, Note, Span, excerpt, marked

__all__ = [
    "Heading", "Item", "Link", "Note", "Span", "TextSpan", "counted_boxes", "excerpt", "link", "manual_as_html",
    "marked", "nested_list", "row_of_links", "table_spans",
]  # fmt: skip
