"""The search: results page, suggestions for the box, the description by which browsers take the site for an engine."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sections.markup import filled, hidden_fields
from sections.search import service
from sections.search.service import SearchRequest, index, suggest

from . import results
from .search_urls import address, asked, state


@require_safe
def search(request):
    """The results page; with go=1 straight to what a citation points at."""
    if request.GET.get("go") == "1":
        target = service.search(asked(request)).target
        if target and target.url:
            return redirect(target.url)
    return HttpResponse(_page(request, getattr(request, "search_index", None) or index()))


def _page(request, held):
    """The page: its frame, which is the same for every query, filled with what this one found."""
    found = service.search(asked(request))
    wanted = found.request
    if wanted.q.strip() or wanted.filters:
        title = results.heading(found)
        content = results.page(found, title, request.GET.get("all", ""), service.report_of())
    else:
        title = gettext("Search")
        content = render_to_string("search/help.html", {"most_named": service.most_named()})
    parts = {
        "query": request.META.get("QUERY_STRING", ""),
        "title": title,
        "typed": wanted.q,
        "kept": hidden_fields(pair for pair in state(wanted.changed(page=1)) if pair[0] != "q"),
        "content": content,
    }
    return filled(_frame(request, held), [parts])


def _frame(request, held):
    """The frame in the present version, rendered once for each name of the site."""
    frames = held.in_language.setdefault("frames", {})
    root = (request.scheme, request.get_host())
    if root not in frames:
        context = {"report": service.report_of(), "query_of_address": "{query}"}
        frames[root] = render_to_string("search/frame.html", context, request)
    return frames[root]


@require_safe
def suggestions(request):
    """Suggestions as JSON: groups for the box, or with format=opensearch the lists that browsers ask for."""
    typed = request.GET.get("q", "")
    groups = [
        {"kind": group.kind, "heading": group.heading, "suggestions": [_suggestion(each) for each in group.suggestions]}
        for group in suggest(typed)
    ]
    if request.GET.get("format") != "opensearch":
        return JsonResponse({"query": typed, "groups": groups})
    rows = [row for group in groups for row in group["suggestions"]]
    urls = [request.build_absolute_uri(row["url"]) for row in rows]
    lists = [typed, [row["text"] for row in rows], [row["detail"] for row in rows], urls]
    return JsonResponse(lists, safe=False, content_type="application/x-suggestions+json")


def _suggestion(found):
    """A suggestion with an address: the thing's own, or that of the search for its words."""
    url = found.url or f"{reverse('search')}{address(SearchRequest(found.text))}"
    return {"text": found.text, "url": url, "detail": found.detail}


@require_safe
def opensearch(request):
    """The OpenSearch description of the site."""
    return render(request, "opensearch.xml", content_type="application/opensearchdescription+xml; charset=utf-8")
