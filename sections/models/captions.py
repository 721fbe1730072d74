"""Remarks of the query parser that have a translation, and how to say them."""

from django.utils.translation import gettext, gettext_noop


def said(words: str) -> str:
    """The words in the language of the reader where they have a translation, else as they are."""
    return gettext(words) if words else ""


# Remarks on a query, and the names of what narrows it.
SEARCH_WORDS = (
    gettext_noop("Only the first 1,000 characters were read."),
    gettext_noop("A quotation mark without its partner was left out."),
    gettext_noop("Only the first 40 words were looked for."),
    gettext_noop("Part"),
    gettext_noop("Reply"),
    gettext_noop("part"),
    gettext_noop("article"),
    gettext_noop("institution"),
    gettext_noop("law"),
    gettext_noop("programme"),
    gettext_noop("reply"),
)
