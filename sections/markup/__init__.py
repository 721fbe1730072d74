"""Text and the spans laid over it, as HTML: the only room that marks anything safe."""

from .lists import Item, nested_list
from .passages import counted_links, filled, grouped, hidden_fields, highlighted, row_of_links
from .pieces import Piece, table_pieces
from .spans import Highlight, Link, Note, marked

__all__ = [
    "Highlight",
    "Item",
    "Link",
    "Note",
    "Piece",
    "counted_links",
    "filled",
    "grouped",
    "hidden_fields",
    "highlighted",
    "marked",
    "nested_list",
    "row_of_links",
    "table_pieces",
]
