"""How a report, a reply, a paragraph or a table is cited."""

from .addresses import whole_address, words_address
from .formats import FORMATS, plain_citation, ris

__all__ = ["FORMATS", "plain_citation", "ris", "whole_address", "words_address"]
