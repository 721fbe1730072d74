"""Links to the files beside a page, one for each format there is."""

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from sections.exports import formats
from sections.markup import row_of_links

register = template.Library()

KEPT = 1_000  # lists
ADDRESS = ("symbol", "number", "slug")  # what the address of a list shares with that of its page


@register.simple_tag(takes_context=True)
def list_links(context: template.Context, route: str = "", query: str = "") -> dict[str, str]:
    """Links to the page's list as files, as HTML: under `data` those of every list, under `words` those that only lists
    of paragraphs have; under `text` the address of the plain text.

    The list is narrowed and sorted as the page is, or as a query that is given says: "?" for not at all.
    """
    match = context["request"].resolver_match
    names = tuple((name, value) for name, value in match.kwargs.items() if name in ADDRESS)
    addresses = _addresses(route or f"{match.view_name}-file", names, get_language())
    asked = query.removeprefix("?") or ("" if query else _without_page(context["request"]))
    links = {
        file_format.ending: (str(file_format.label), f"{address}?{asked}" if asked else address)
        for file_format, address in addresses
    }
    data = [link for ending, link in links.items() if ending in formats.FORMATS]
    words = [link for ending, link in links.items() if ending not in {*formats.FORMATS, "txt"}]
    rows = {"data": row_of_links(data, " · ", "nofollow"), "words": row_of_links(words, " · ", "nofollow")}
    return {**rows, "text": links.get("txt", ("", ""))[1]}


@lru_cache(KEPT)
def _addresses(route: str, names: tuple[tuple[str, Any], ...], language: str) -> list[tuple[formats.FileFormat, str]]:
    """The formats that a list has, each with its address in the language."""
    addresses = []
    for file_format in formats.PASSAGE_FORMATS.values():
        try:
            addresses.append((file_format, reverse(route, kwargs={**dict(names), "file_format": file_format})))
        except NoReverseMatch:  # the list is none of paragraphs
            continue
    return addresses


def _without_page(request: HttpRequest) -> str:
    asked = [(name, values) for name, values in request.GET.lists() if name not in ("page", "go")]
    return urlencode(asked, doseq=True)
