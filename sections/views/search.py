"""The search: its results page, suggestions for the search box, and the OpenSearch description for browsers."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sections.presenters.search_counts import without_nested
from sections.presenters.search_page import search_page
from sections.search import service
from sections.search.service import FILTERS, SORTS, SearchRequest, Suggestion

from .left_out import left_out
from .limits import narrowed_list, suggesting

NO_FILTERS = ("q", "page", "names", "exact", "literal", "report", "all", "go", "explain")  # parameters beside them


@require_safe
@narrowed_list
def search(request: HttpRequest) -> HttpResponse:
    """The results page, or how to search where nothing is asked for; a citation redirects to what it points at.

    One that may be of several things does so only with `go=1`; with `literal=1` its words are searched for.
    """
    explain = settings.DEBUG and request.GET.get("explain") == "1"
    search_request = SearchRequest.from_params(request.GET, explain=explain)
    if not (search_request.q.strip() or search_request.filters):
        return render(request, "search/help.html", _help(search_request))
    results = service.search(search_request)
    address = results.leads_to if not search_request.filters and search_request.page == 1 else ""
    if request.GET.get("go") == "1" and results.target:
        address = results.target.url
    if address:
        return redirect(address)
    context = {
        "report": results.report,
        "offers_reports": True,
        "left_out": left_out(request, [*FILTERS, *NO_FILTERS], {"sort": SORTS}),
        "page": search_page(results, open_facet=request.GET.get("all", "")),
    }
    if results.hits:
        return render(request, "search/results.html", context)
    context["most_named"] = _most_named(search_request, results.report)
    return render(request, "search/no_results.html", context)


def _help(search_request):
    report = None if search_request.is_in_all_reports else service.report_of(search_request.report)
    return {
        "report": report,
        "offers_reports": True,
        "typed": search_request.q,
        "other_parameters": search_request.parameters[1:],
        "most_named": _most_named(search_request, report),
    }


def _most_named(search_request, report):
    return [without_nested(item, report) for item in service.most_named(search_request.report)]


@require_safe
@suggesting
def suggestions(request: HttpRequest) -> JsonResponse:
    """Suggestions as JSON: groups for the search box, or with `format=opensearch` the lists that browsers expect."""
    asked = SearchRequest.from_params(request.GET)
    query = request.GET.get("q", "")
    groups = [
        {
            "kind": group.kind,
            "heading": group.heading,
            "suggestions": [_suggestion(row, asked.report) for row in group.suggestions],
        }
        for group in service.suggest(query, asked.report)
    ]
    if request.GET.get("format") != "opensearch":
        return JsonResponse({"query": query, "groups": groups})
    rows = [row for group in groups for row in group["suggestions"]]
    urls = [request.build_absolute_uri(row["url"]) for row in rows]
    lists = [query, [row["text"] for row in rows], [row["detail"] for row in rows], urls]
    return JsonResponse(lists, safe=False, content_type="application/x-suggestions+json")


def _suggestion(suggestion: Suggestion, report: str) -> dict[str, str]:
    """A suggestion as JSON; one without an address of its own leads to the search for its words."""
    url = suggestion.url or reverse("search") + SearchRequest(suggestion.text, report=report).query_string()
    return {"text": suggestion.text, "url": url, "detail": suggestion.detail}


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """The OpenSearch description of the site."""
    return render(request, "opensearch.xml", content_type="application/opensearchdescription+xml; charset=utf-8")
