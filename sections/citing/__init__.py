"""How a report, a reply, a paragraph or a table is cited.

A new format is one file beside `ris.py` and one name in FORMATS; addresses and links follow.
"""

from .addresses import whole_address, words_address
from .bibtex import BIBTEX
from .plain_text import PLAIN_TEXT, plain_citation
from .ris import RIS

__all__ = ["FORMATS", "plain_citation", "whole_address", "words_address"]

# Each writes a paragraph from the paragraph itself, its place such as "para. 3", and the whole address of its page.
FORMATS = {file_format.ending: file_format for file_format in (PLAIN_TEXT, RIS, BIBTEX)}
