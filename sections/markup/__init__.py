"""Text and the spans laid over it, as HTML: the only room that marks anything safe."""

from .lists import Item, nested_list
from .pieces import Piece, table_pieces
from .spans import Highlight, Link, Note, marked

__all__ = ["Highlight", "Item", "Link", "Note", "Piece", "marked", "nested_list", "table_pieces"]
