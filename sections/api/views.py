"""The API's addresses: each list and each single thing, of the report that the request names."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Model, Q, QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import viewsets
from rest_framework.decorators import api_view
from rest_framework.exceptions import NotFound
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from sections.filters import FigureFilter
from sections.models import ConventionArticle, Entry, Figure, Paragraph, Report, Section, shown_links
from sections.queries import figures
from sections.representations.articles import ArticleListSerializer, ArticleSerializer
from sections.representations.entries import EntryListSerializer, EntrySerializer
from sections.representations.figures import FigureSerializer
from sections.representations.paragraphs import ParagraphListSerializer, ParagraphSerializer, with_annotations
from sections.representations.replies import ReplySerializer

from .filters import EntryFilter, ParagraphFilter, ReportFilterBackend
from .paging import Paging

REPORT = OpenApiParameter("report", str, description="Symbol of the report; the default report if left out.")
MISSING = {404: {"type": "object", "properties": {"detail": {"type": "string"}}}}
REFUSED = {400: {"type": "object", "additionalProperties": {}}}


def described(listed: type[Serializer], single: type[Serializer] | None = None, key: type = int) -> Callable:
    """The schema of a resource: its shapes, the report parameter, and the ways in which a request can fail."""
    failures = {**REFUSED, **MISSING}
    schemas = {"list": extend_schema(parameters=[REPORT], responses={200: listed(many=True), **failures})}
    if single:
        lookup = OpenApiParameter("number" if key is int else "slug", key, OpenApiParameter.PATH)
        schemas["retrieve"] = extend_schema(parameters=[REPORT, lookup], responses={200: single, **failures})
    return extend_schema_view(**schemas)


def report_named(symbol: str) -> Report:
    """The report with that symbol, the default report for an empty one; 404 in words when there is none."""
    known = Report.objects.filter(symbol=symbol) if "\x00" not in symbol else Report.objects.none()
    report = known.first() if symbol else Report.objects.default()
    if report is None:
        raise NotFound("There is no report of that symbol." if symbol else "No report is loaded yet.")
    return report


class ReportViewSet(viewsets.ReadOnlyModelViewSet):
    """Common ground: one report, a short shape in lists and a full one for a single thing."""

    model: type[Model]
    pagination_class = Paging
    list_serializer_class: type[Serializer] | None = None
    lookup_field = "number"
    lookup_value_converter = "int"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method in SAFE_METHODS:
            self.chosen_report = report_named(request.query_params.get("report", ""))

    def get_serializer_class(self) -> type[Serializer]:
        return self.list_serializer_class if self.action == "list" else self.serializer_class

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "report": getattr(self, "chosen_report", None)}

    def get_queryset(self) -> QuerySet:
        if getattr(self, "swagger_fake_view", False):  # the schema is made without a request
            return self.model._default_manager.none()
        return self.rows(self.chosen_report)

    def rows(self, report: Report) -> QuerySet:
        """What the addresses give of a report, in order."""
        raise NotImplementedError


@described(ParagraphListSerializer, ParagraphSerializer)
class ParagraphViewSet(ReportViewSet):
    """The report's paragraphs, each with its blocks, notes, mentions and articles."""

    model = Paragraph
    serializer_class, list_serializer_class = ParagraphSerializer, ParagraphListSerializer
    filterset_class = ParagraphFilter

    def rows(self, report: Report) -> QuerySet:
        paragraphs = Paragraph.objects.filter(report=report).order_by("number")
        return paragraphs.with_text() if self.action == "list" else with_annotations(paragraphs)


@described(ReplySerializer, ReplySerializer)
class ReplyViewSet(ReportViewSet):
    """The replies to the list of issues, with the numbers of their paragraphs."""

    model = Section
    serializer_class = list_serializer_class = ReplySerializer

    def rows(self, report: Report) -> QuerySet:
        replies = Section.objects.replies().filter(report=report).order_by("number")
        outline = ("report", "convention_part", "parent__parent__parent")
        return replies.select_related(*outline).prefetch_related("paragraphs")


class EntryViewSet(ReportViewSet):
    """A register: its entries with the number of paragraphs, and each with names, relations and paragraphs."""

    model = Entry
    type = ""
    serializer_class, list_serializer_class = EntrySerializer, EntryListSerializer
    filterset_class = EntryFilter
    lookup_field = "slug"
    lookup_value_converter = "slug"

    def rows(self, report: Report) -> QuerySet:
        entries = Entry.objects.filter(type=self.type).with_counts(report).order_by("name", "slug")
        if self.action == "list":
            return entries
        return entries.prefetch_related(
            "names", "relations__target", "relations__paragraph", "inverse_relations__source",
            "inverse_relations__paragraph",
        )  # fmt: skip


@described(EntryListSerializer, EntrySerializer, str)
class InstitutionViewSet(EntryViewSet):
    """The institutions that the report names."""

    type = Entry.Type.INSTITUTION


@described(EntryListSerializer, EntrySerializer, str)
class LawViewSet(EntryViewSet):
    """The laws that the report names."""

    type = Entry.Type.LAW


@described(EntryListSerializer, EntrySerializer, str)
class ProgrammeViewSet(EntryViewSet):
    """The programmes that the report names."""

    type = Entry.Type.PROGRAMME


@described(ArticleListSerializer, ArticleSerializer)
class ArticleViewSet(ReportViewSet):
    """The articles of the Convention, with the paragraphs that bear on them."""

    model = ConventionArticle
    serializer_class, list_serializer_class = ArticleSerializer, ArticleListSerializer

    def rows(self, report: Report) -> QuerySet:
        shown = Q(article_links__paragraph__report=report) & shown_links("article_links")
        count = Count("article_links", filter=shown, distinct=True)
        return ConventionArticle.objects.select_related("part").annotate(paragraph_count=count).order_by("number")


@described(FigureSerializer)
class FigureViewSet(ReportViewSet):
    """The figures in the report's text and tables."""

    model = Figure
    serializer_class = list_serializer_class = FigureSerializer
    filter_backends = [ReportFilterBackend]
    filterset_class = FigureFilter

    def rows(self, report: Report) -> QuerySet:
        return figures.figures(report)


@extend_schema(exclude=True)
@api_view(["GET"])
def nothing_here(request: Request, **kwargs: Any) -> Response:
    """404 as JSON for every other address below the API's root."""
    raise NotFound("There is nothing at this address. /api/v1/schema/ lists what there is.")
