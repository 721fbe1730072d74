"""The API's addresses: each list and each single thing, of the report that the request names."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve
from django.utils.http import escape_leading_slashes
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.decorators import api_view
from rest_framework.exceptions import NotFound
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from sections.filters import FigureFilter
from sections.models import ConventionArticle, ConventionText, Entry, Paragraph, RelatedDocument, Report, Section
from sections.presenters.registers import moved_address
from sections.queries import figures
from sections.queries.dates import dated_events
from sections.representations.documents import RelatedDocumentSerializer, TextListSerializer, TextSerializer
from sections.representations.figures import DatedEventSerializer, FigureSerializer
from sections.representations.paragraphs import (
    ParagraphListSerializer,
    ParagraphSerializer,
    ReplySerializer,
    with_annotations,
)
from sections.representations.registers import (
    ArticleListSerializer,
    ArticleSerializer,
    EntryListSerializer,
    EntrySerializer,
    with_coverage,
)
from sections.representations.whole_report import HeldReportSerializer

from .filters import InstitutionFilter, LawFilter, ParagraphFilter, ProgrammeFilter
from .paging import PAGING, Paging
from .parameters import refuse_unknown
from .problems import problem_schema

REPORT = OpenApiParameter("report", str, description="Symbol of the report; the default report if left out.")
REFUSED = problem_schema(400, 404, 405, 429, 503)


class ResourceSchema(AutoSchema):
    """The schema of a resource: its own, and the ways in which a request can fail."""

    def get_response_serializers(self) -> dict[int, Any]:
        return {200: super().get_response_serializers(), **REFUSED}


class ReportSchema(ResourceSchema):
    """The same of a resource that is of one report, which a parameter names."""

    def get_override_parameters(self) -> list[OpenApiParameter]:
        return [REPORT]


def report_named(symbol: str) -> Report:
    """The report with that symbol, the default report for an empty one; 404 in words when there is none."""
    known = Report.objects.filter(symbol=symbol) if "\x00" not in symbol else Report.objects.none()
    report = known.first() if symbol else Report.objects.default()
    if report is None:
        raise NotFound("There is no report of that symbol." if symbol else "No report is loaded yet.")
    return report


class ReportViewSet(viewsets.ReadOnlyModelViewSet):
    """Common ground: one report, and where lists have a short shape, `list_serializer_class` for it."""

    schema = ReportSchema()
    pagination_class = Paging
    list_serializer_class: type[Serializer] | None = None
    lookup_field = "number"
    lookup_value_converter = "int"
    chosen_report: Report | None = None  # none while the schema is made, which is made without a request

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method in SAFE_METHODS:
            refuse_unknown(request, self.known_parameters)
            self.chosen_report = report_named(request.query_params.get("report", ""))

    @property
    def known_parameters(self) -> set[str]:
        """The names of the parameters that the resource reads: a list also those of its pages and filters."""
        if self.action != "list":
            return {REPORT.name}
        filters = getattr(self, "filterset_class", None)
        return {REPORT.name, *PAGING, *(filters.base_filters if filters else ())}

    def get_serializer_class(self) -> type[Serializer]:
        return (self.action == "list" and self.list_serializer_class) or self.serializer_class

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "report": self.chosen_report}


class ParagraphViewSet(ReportViewSet):
    """The report's paragraphs, each with its blocks, notes, mentions and articles."""

    serializer_class, list_serializer_class = ParagraphSerializer, ParagraphListSerializer
    filterset_class = ParagraphFilter

    def get_queryset(self) -> QuerySet:
        paragraphs = Paragraph.objects.filter(report=self.chosen_report).order_by("number")
        return paragraphs.with_text() if self.action == "list" else with_annotations(paragraphs)


class ReplyViewSet(ReportViewSet):
    """The replies to the list of issues, with their subjects and the numbers of their paragraphs."""

    serializer_class = ReplySerializer

    def get_queryset(self) -> QuerySet:
        replies = Section.objects.replies().filter(report=self.chosen_report).order_by("number")
        outline = ("report", "reply_subject", "convention_part", "parent__parent__parent")
        return replies.select_related(*outline).prefetch_related("paragraphs")


class DocumentViewSet(ReportViewSet):
    """The documents that belong to the report: list of issues, summary records, concluding observations."""

    serializer_class = RelatedDocumentSerializer

    def get_queryset(self) -> QuerySet:
        return RelatedDocument.objects.filter(report=self.chosen_report).order_by("kind", "symbol")


class EntryViewSet(ReportViewSet):
    """A register: its entries with the number of paragraphs, and each with names, relations and paragraphs."""

    type = ""
    serializer_class, list_serializer_class = EntrySerializer, EntryListSerializer
    lookup_field = "slug"
    lookup_value_converter = "slug"

    def get_queryset(self) -> QuerySet:
        entries = Entry.objects.filter(type=self.type).with_counts(self.chosen_report).order_by("name", "slug")
        if self.action == "list":
            return entries
        return entries.prefetch_related(
            "names", "relations__target", "relations__paragraph", "inverse_relations__source",
            "inverse_relations__paragraph",
        )  # fmt: skip

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """The entry; from a former address a permanent redirect to where it is now."""
        try:
            return super().retrieve(request, *args, **kwargs)
        except Http404:
            if (address := moved_address(request.resolver_match, self.type, self.kwargs["slug"])) is None:
                raise
            query = request.META.get("QUERY_STRING", "")
            return redirect(f"{address}?{query}" if query else address, permanent=True)


class InstitutionViewSet(EntryViewSet):
    """The institutions that the report names."""

    type = Entry.Type.INSTITUTION
    filterset_class = InstitutionFilter


class LawViewSet(EntryViewSet):
    """The laws that the report names."""

    type = Entry.Type.LAW
    filterset_class = LawFilter


class ProgrammeViewSet(EntryViewSet):
    """The programmes that the report names."""

    type = Entry.Type.PROGRAMME
    filterset_class = ProgrammeFilter


class ArticleViewSet(ReportViewSet):
    """The articles of the Convention, with the paragraphs linked to them, or who found the report silent on them."""

    serializer_class, list_serializer_class = ArticleSerializer, ArticleListSerializer

    def get_queryset(self) -> QuerySet:
        return with_coverage(ConventionArticle.objects.all(), self.chosen_report)


class TextViewSet(ReportViewSet):
    """The official text of the Convention, in the languages in which the operator of the site loaded it."""

    serializer_class, list_serializer_class = TextSerializer, TextListSerializer
    lookup_field = "language"
    lookup_value_converter = "slug"

    def get_queryset(self) -> QuerySet:
        return ConventionText.objects.order_by("language")


class FigureViewSet(ReportViewSet):
    """The figures in the report's text and tables."""

    serializer_class = FigureSerializer
    filterset_class = FigureFilter

    def get_queryset(self) -> QuerySet:
        return figures.figures(self.chosen_report)


class DateViewSet(ReportViewSet):
    """The dates and periods in the report's text and tables, in chronological order."""

    serializer_class = DatedEventSerializer

    def get_queryset(self) -> QuerySet:
        return dated_events(self.chosen_report)


class ReportListViewSet(viewsets.ReadOnlyModelViewSet):
    """The reports that are held here; every other resource is of one of them."""

    schema = ResourceSchema()
    pagination_class = Paging
    filter_backends = []
    serializer_class = HeldReportSerializer

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method in SAFE_METHODS:
            refuse_unknown(request, PAGING)

    def get_queryset(self) -> QuerySet:
        return Report.objects.order_by("symbol")


@extend_schema(exclude=True)
@api_view(["GET"])
def nothing_here(request: Request, **kwargs: Any) -> HttpResponse:
    """404 as JSON for every other address below the API's root; one that lacks only the final slash leads on."""
    if not request.path.endswith("/") and resolve(f"{request.path_info}/").view_name != "api-nothing":
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{escape_leading_slashes(request.path)}/{f'?{query}' if query else ''}", permanent=True)
    raise NotFound("There is nothing at this address. /api/v1/ lists what there is.")
