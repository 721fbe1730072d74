"""The API's search: the same service as the search page, as JSON."""

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from sections.presenters.search_counts import without_nested
from sections.representations.fields import AddressField
from sections.search.service import (
    FILTERS,
    MATCHES,
    MAX_PER_PAGE,
    PER_PAGE,
    SORTS,
    SearchRequest,
    SearchResults,
    search,
    unfit_filters,
)

from .paging import number_parameter
from .parameters import LONGEST_VALUE, refuse, refuse_other_values, refuse_unknown
from .views import REFUSED, report_named

KINDS_OF_RESULT = ("paragraph", "report", "reply", "annex", "footnote", "table", "article", "part")
MAX_PAGE = 10**6
SWITCH = ("0", "1")


class ResultSerializer(serializers.Serializer):
    """A paragraph, or the thing that a citation points at; `marks` are places in the snippet, counted from 0.

    `report` is the symbol of its report, null for an article or a part of the Convention in a search of all reports.
    """

    type = serializers.ChoiceField(choices=KINDS_OF_RESULT)
    number = serializers.IntegerField(allow_null=True)
    report = serializers.CharField(allow_null=True)
    state_party = serializers.CharField(allow_null=True)
    url = AddressField()
    score = serializers.FloatField()
    snippet = serializers.CharField()
    marks = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    match = serializers.ChoiceField(choices=MATCHES)
    partial = serializers.BooleanField()


class EntryFoundSerializer(serializers.Serializer):
    """An entry or article that the query names, and in how many paragraphs it is mentioned or linked.

    `nested_count` counts further paragraphs, which mention the entry only within longer names.
    """

    type = serializers.CharField()
    slug = serializers.CharField()
    name = serializers.CharField()
    url = AddressField()
    paragraphs = serializers.IntegerField()
    nested_count = serializers.IntegerField()


class FacetValueSerializer(serializers.Serializer):
    value = serializers.CharField()
    label = serializers.CharField()
    count = serializers.IntegerField()
    chosen = serializers.BooleanField()


class SearchSerializer(serializers.Serializer):
    """What the search answers. `count` hits in all, of which `full` meet the whole query and come first.

    Of these, `by_names` do so only in other words or by other names than those typed; `match` says it of each result.

    Facets by name: part, article, reply, institution, law, programme, place, year, has (figures, table or annex); in
    all reports report instead of what only one report has: those with the most hits, 100 at most.
    """

    query = serializers.CharField(source="request.q")
    interpretation = serializers.ListField(child=serializers.CharField())
    count = serializers.IntegerField()
    full = serializers.IntegerField()
    by_names = serializers.IntegerField()
    results = serializers.SerializerMethodField()
    entries = serializers.SerializerMethodField()
    facets = serializers.SerializerMethodField()
    suggestion = serializers.SerializerMethodField()

    @extend_schema_field(ResultSerializer(many=True))
    def get_results(self, results: SearchResults) -> list[dict]:
        """The hits; before them on the first page what a citation points at, unless that is a paragraph."""
        rows = [
            {"type": "paragraph", "number": hit.number, "report": hit.report.symbol,
             "state_party": hit.report.state_party, "url": hit.url, "score": hit.score,
             "snippet": hit.snippet.text, "marks": hit.snippet.spans, "match": hit.match, "partial": hit.partial}
            for hit in results.hits
        ]  # fmt: skip
        target = results.target
        if target and not target.missing and target.kind in KINDS_OF_RESULT[1:] and results.page == 1:
            row = {"type": target.kind, "number": target.number or None, "url": target.url, "snippet": target.label}
            row |= {"report": target.report or None, "state_party": self._state_party(results)}
            rows.insert(0, {**row, "score": 0.0, "marks": [], "match": "citation", "partial": False})
        return ResultSerializer(rows, many=True, context=self.context).data

    def _state_party(self, results):
        """The State party of the report that the citation's target is of."""
        named = results.target.report
        own = results.report if results.report and results.report.symbol == named else None
        own = own or next((hit.report for hit in results.hits if hit.report.symbol == named), None)
        return own and own.state_party

    @extend_schema_field(EntryFoundSerializer(many=True))
    def get_entries(self, results: SearchResults) -> list[dict]:
        rows = [self._found(item, without_nested(item, results.report)) for item in results.entries]
        rows += [self._found(item, item) for item in results.articles]
        return EntryFoundSerializer(rows, many=True, context=self.context).data

    def _found(self, item, own):
        counts = {"paragraphs": own.paragraphs, "nested_count": item.paragraphs - own.paragraphs}
        return {"type": item.type, "slug": item.slug, "name": item.name, "url": item.url, **counts}

    @extend_schema_field(serializers.DictField(child=FacetValueSerializer(many=True)))
    def get_facets(self, results: SearchResults) -> dict[str, list[dict]]:
        return {facet.name: FacetValueSerializer(facet.values, many=True).data for facet in results.facets}

    def get_suggestion(self, results: SearchResults) -> str | None:
        return results.suggestion or None


LIMIT, PAGE = ({"type": "integer", "minimum": 1, "maximum": most} for most in (MAX_PER_PAGE, MAX_PAGE))
ORDER, ON_OR_OFF = ({"type": "string", "enum": ["", *values]} for values in (SORTS, SWITCH))
PARAMETERS = [
    OpenApiParameter("q", str, description="What to look for, in the query language of the search page."),
    OpenApiParameter("limit", LIMIT, description=f"{PER_PAGE} a page; {MAX_PER_PAGE} at most."),
    OpenApiParameter("page", PAGE, description="Which page, from 1."),
    OpenApiParameter("sort", ORDER, description=f"One of {', '.join(SORTS)}; the first if left out."),
    OpenApiParameter("names", ON_OR_OFF, description="0 looks for the words alone."),
    OpenApiParameter("exact", ON_OR_OFF, description="1 corrects no misspelling."),
    OpenApiParameter("literal", ON_OR_OFF, description="1 searches for the words of a citation."),
    OpenApiParameter("report", str, description="Symbol of the report, or all; the default report if left out."),
    *(OpenApiParameter(name, str, many=True, description=f"Only paragraphs of this {name}.") for name in FILTERS),
]


class SearchView(APIView):
    """Full-text search over the paragraphs."""

    counts_as = "search"  # for `reportsite.rate_limits`

    @extend_schema(operation_id="search", parameters=PARAMETERS, responses={200: SearchSerializer, **REFUSED})
    def get(self, request: Request) -> Response:
        refuse_unknown(request, (parameter.name for parameter in PARAMETERS))
        limit = number_parameter(request, "limit", PER_PAGE, most=MAX_PER_PAGE)
        number_parameter(request, "page", 1, most=MAX_PAGE)
        asked = SearchRequest.from_params(request.query_params, per_page=limit)
        if asked.report and not asked.is_in_all_reports:
            report_named(request.query_params["report"])
        refuse_other_values(request, {"sort": SORTS, "names": SWITCH, "exact": SWITCH, "literal": SWITCH})
        unfit = [(name, f"There is no {name} {value[:LONGEST_VALUE]}.") for name, value in unfit_filters(asked)]
        refuse(unfit)
        results = search(asked)
        return Response(SearchSerializer(results, context={"request": request}).data)
