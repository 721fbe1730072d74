"""The API's search: the same service as the search page, as JSON."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from sections.search.service import (
    FILTERS,
    MAX_PER_PAGE,
    PER_PAGE,
    SORTS,
    SearchRequest,
    SearchResults,
    report_of,
    search,
)

from .views import MISSING, REFUSED

KINDS_OF_RESULT = ("paragraph", "reply", "annex", "footnote", "table", "article", "part")


class ResultSerializer(serializers.Serializer):
    """A paragraph, or the thing that a citation points at; `marks` are places in the snippet, counted from 0."""

    type = serializers.ChoiceField(choices=KINDS_OF_RESULT)
    number = serializers.IntegerField(allow_null=True)
    url = serializers.URLField()
    score = serializers.FloatField()
    snippet = serializers.CharField()
    marks = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    partial = serializers.BooleanField()


class EntryFoundSerializer(serializers.Serializer):
    """An entry or article that the query names."""

    type = serializers.CharField()
    slug = serializers.CharField()
    name = serializers.CharField()
    url = serializers.URLField()
    paragraphs = serializers.IntegerField()


class FacetValueSerializer(serializers.Serializer):
    value = serializers.CharField()
    label = serializers.CharField()
    count = serializers.IntegerField()
    chosen = serializers.BooleanField()


class SearchSerializer(serializers.Serializer):
    """What the search answers; facets by name: part, article, institution, law, programme."""

    query = serializers.CharField()
    interpretation = serializers.ListField(child=serializers.CharField())
    count = serializers.IntegerField()
    results = ResultSerializer(many=True)
    entries = EntryFoundSerializer(many=True)
    facets = serializers.DictField(child=FacetValueSerializer(many=True))
    suggestion = serializers.CharField(allow_null=True)


def _parameters():
    yield OpenApiParameter("q", str, description="What to look for, in the query language of the search page.")
    limit, page = ({"type": "integer", "minimum": 1, "maximum": most} for most in (MAX_PER_PAGE, 10**6))
    yield OpenApiParameter("limit", limit, description=f"{PER_PAGE} a page; {MAX_PER_PAGE} at most.")
    yield OpenApiParameter("page", page, description="Which page, from 1.")
    yield OpenApiParameter("sort", str, description=f"One of {', '.join(SORTS)}; the first if left out.")
    yield OpenApiParameter("names", str, description="0 looks for the words alone.")
    yield OpenApiParameter("exact", str, description="1 mends no misspelling.")
    yield OpenApiParameter("report", str, description="Symbol of the report; the default report if left out.")
    for name in FILTERS:
        yield OpenApiParameter(name, str, many=True, description=f"Only paragraphs of this {name}.")


class SearchView(APIView):
    """Full-text search over the paragraphs."""

    @extend_schema(
        operation_id="search",
        parameters=list(_parameters()),
        responses={200: SearchSerializer, **REFUSED, **MISSING},
    )
    def get(self, request):
        params = request.query_params
        limit = _whole(params, "limit", PER_PAGE, MAX_PER_PAGE)
        _whole(params, "page", 1, 10**6)
        symbol = params.get("report", "")
        if symbol and not report_of(symbol):
            raise NotFound("There is no report of that symbol.")
        results = search(SearchRequest.from_params(params, per_page=limit))
        return Response(_answer(results, request.build_absolute_uri))


def _whole(params, name, default, most):
    given = params.get(name)
    if given is None:
        return default
    if not (given.isascii() and given.isdigit() and len(given) < 9 and 1 <= int(given) <= most):
        raise ValidationError({name: [f"Give a whole number from 1 to {most}."]})
    return int(given)


def _answer(results: SearchResults, address) -> dict:
    return {
        "query": results.request.q,
        "interpretation": list(results.interpretation),
        "count": results.count,
        "results": _results(results, address),
        "entries": [
            {"type": thing.type, "slug": thing.slug, "name": thing.name, "url": address(thing.url),
             "paragraphs": thing.paragraphs}
            for thing in (*results.entries, *results.articles)
        ],
        "facets": {
            facet.name: [
                {"value": value.value, "label": value.label, "count": value.count, "chosen": value.chosen}
                for value in facet.values
            ]
            for facet in results.facets
        },
        "suggestion": results.suggestion or None,
    }  # fmt: skip


def _results(results, address):
    """The paragraphs; before them on the first page what a citation points at, where that is no paragraph."""
    found = []
    target = results.target
    if target and not target.missing and target.kind in KINDS_OF_RESULT[1:] and results.page == 1:
        found.append(
            {"type": target.kind, "number": target.number or None, "url": address(target.url), "score": 0.0,
             "snippet": target.label, "marks": [], "partial": False}
        )  # fmt: skip
    return [
        *found,
        *(
            {"type": "paragraph", "number": hit.number, "url": address(hit.url), "score": hit.score,
             "snippet": hit.snippet.text, "marks": [list(span) for span in hit.snippet.spans], "partial": hit.partial}
            for hit in results.hits
        ),
    ]  # fmt: skip
