"""Snippets of text with the words that a search found marked in them, and links in a row, as HTML."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe


def highlighted(text: str, spans: Iterable[tuple[int, int]]) -> SafeString:
    """The text as HTML: escaped, with each (start, end) span in <mark>; the spans are in order and do not overlap."""
    parts, cursor = [], 0
    for start, end in spans:
        parts += [escape(text[cursor:start]), "<mark>", escape(text[start:end]), "</mark>"]
        cursor = end
    parts.append(escape(text[cursor:]))
    return mark_safe("".join(parts))


def counted_links(links: Iterable[tuple[str, str, str]]) -> SafeString:
    """(words, URL, count) triples as list items; a results page has fifty, too many for template tags."""
    return mark_safe(
        "\n".join(
            f'<li><a href="{escape(url)}">{escape(words)}</a> <span>{escape(count)}</span></li>'
            for words, url, count in links
        )
    )


def row_of_links(links: Iterable[tuple[str, str]]) -> SafeString:
    """(words, URL) pairs as links, separated by commas. A results page has a hundred, too many for template tags."""
    return mark_safe(", ".join(f'<a href="{escape(url)}">{escape(words)}</a>' for words, url in links))
