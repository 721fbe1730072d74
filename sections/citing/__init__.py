"""How a report, a reply, a paragraph or a table is cited."""

from .plain import plain_citation

__all__ = ["plain_citation"]
