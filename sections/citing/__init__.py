"""How a place in a report, or a page of this site, is cited: styles to be read, formats for reference managers."""

from .addresses import whole_address, words_address
from .cited import SITE_NAME, Cited, Place, ReportPlace, SitePage, paragraphs_place, report_place, site_page
from .control import Control
from .formats import FORMATS
from .plain_text import paragraphs_as_text
from .styles import STYLES, Style, paragraph_pattern, plain_citation

__all__ = [
    "FORMATS", "SITE_NAME", "STYLES", "Cited", "Control", "Place", "ReportPlace", "SitePage", "Style",
    "paragraph_pattern", "paragraphs_as_text", "paragraphs_place", "plain_citation", "report_place", "site_page",
    "whole_address", "words_address",
]  # fmt: skip
