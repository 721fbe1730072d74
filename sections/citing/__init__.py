"""How a report, a reply, a paragraph or a table is cited.

A new format is one file beside `ris.py` and one name in FORMATS; addresses and links follow.
"""

from sections.exports.file_formats import by_ending

from .addresses import whole_address
from .bibtex import BIBTEX, bibtex
from .plain_text import PLAIN_TEXT, paragraph_as_text, plain_citation
from .ris import RIS, ris

__all__ = ["FORMATS", "bibtex", "paragraph_as_text", "plain_citation", "ris", "whole_address"]

# Each writes a paragraph from the paragraph itself, its place such as "para. 3", and the whole address of its page.
FORMATS = by_ending([PLAIN_TEXT, RIS, BIBTEX])
