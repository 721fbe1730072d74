"""What a results page shows of a hit whatever was searched for."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string

from sections.search.service import Hit, Item

register = template.Library()

KEPT = 0 if settings.DEBUG else 1_000  # paragraphs, each in its languages; while templates are being changed none
MOST_ENTRIES = 4


@register.filter
def hit_links(hit: Hit) -> str:
    """Links to the first entries that the paragraph names, to itself for the others, and to the basket."""
    return rendered_links(hit.number, hit.report.symbol, hit.report.language, hit.entries, hit.url)


@lru_cache(KEPT)
def rendered_links(number: int, symbol: str, language: str, entries: tuple[Item, ...], url: str) -> str:
    """The same as HTML, kept: a page has many hits. The address says the language of the site."""
    return render_to_string("search/hit_links.html", {
        "number": number,
        "symbol": symbol,
        "language": "" if any(item.is_own for item in entries) else language,  # "" for several languages
        "entries": entries[:MOST_ENTRIES],
        "others": max(len(entries) - MOST_ENTRIES, 0),
        "url": url,
    })  # fmt: skip
