"""How a report, a reply, a paragraph or a table is cited."""

from .addresses import whole_address
from .managers import bibtex, ris
from .plain import plain_citation
from .text import paragraph_as_text

__all__ = ["bibtex", "paragraph_as_text", "plain_citation", "ris", "whole_address"]
