"""Links to the files beside a page, one for each format there is."""

from django import template
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from sections.exports import formats

register = template.Library()

ADDRESS = ("symbol", "number", "slug")  # what the address of a list shares with that of its page


@register.simple_tag(takes_context=True)
def list_links(context: template.Context, route: str = "", query: str = "") -> dict[str, list]:
    """Name and address of the page's list as files: under `data` those of every list, under `words` those that only
    lists of paragraphs have, under `text` the address of the plain text.

    The list is narrowed and sorted as the page is, or as a query that is given says: "?" for not at all.
    """
    request = context["request"]
    route = route or f"{request.resolver_match.view_name}-file"
    asked = query.removeprefix("?") or ("" if query else _without_page(request))
    links = {}
    for file_format in formats.PASSAGE_FORMATS.values():
        names = {name: value for name, value in request.resolver_match.kwargs.items() if name in ADDRESS}
        try:
            address = reverse(route, kwargs={**names, "file_format": file_format})
        except NoReverseMatch:  # the list is none of paragraphs
            continue
        links[file_format.ending] = (file_format.label, f"{address}?{asked}" if asked else address)
    return {
        "data": [link for ending, link in links.items() if ending in formats.FORMATS],
        "words": [link for ending, link in links.items() if ending not in {*formats.FORMATS, "txt"}],
        "text": links.get("txt", ("", ""))[1],
    }


def _without_page(request: HttpRequest) -> str:
    asked = request.GET.copy()
    for name in ("page", "go"):
        asked.pop(name, None)
    return asked.urlencode()
