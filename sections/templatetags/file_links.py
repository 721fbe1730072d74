"""Links to the files beside a page, one for each format there is."""

from collections.abc import Iterator

from django import template
from django.urls import reverse

from sections.exports import formats

register = template.Library()


@register.simple_tag
def export_links(route: str, symbol: str, number: int | str = "") -> Iterator[tuple[str, str]]:
    """Name and address of the files of a list, or of the table with that number, in each format of `exports`."""
    names = {"symbol": symbol, "number": number} if number else {"symbol": symbol}
    for file_format in formats.FORMATS.values():
        yield file_format.label, reverse(route, kwargs={**names, "file_format": file_format})
