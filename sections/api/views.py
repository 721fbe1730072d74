"""The API's addresses: each list and each single thing, of the report that the request names."""

from django.db.models import Count, Q
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import viewsets
from rest_framework.decorators import api_view
from rest_framework.exceptions import NotFound
from rest_framework.permissions import SAFE_METHODS

from sections.models import ConventionArticle, Entry, Paragraph, Report, Section, shown_links

from . import serializers
from .filters import EntryFilter, ParagraphFilter
from .paging import Paging

REPORT = OpenApiParameter("report", str, description="Symbol of the report; the default report if left out.")
MISSING = {404: {"type": "object", "properties": {"detail": {"type": "string"}}}}
REFUSED = {400: {"type": "object", "additionalProperties": {}}}


def described(listed, single, lookup):
    """The schema of a resource: its two shapes, the report parameter, and the ways a request can fail."""
    key = OpenApiParameter(lookup, int if lookup == "number" else str, OpenApiParameter.PATH)
    return extend_schema_view(
        list=extend_schema(parameters=[REPORT], responses={200: listed(many=True), **REFUSED, **MISSING}),
        retrieve=extend_schema(parameters=[REPORT, key], responses={200: single, **REFUSED, **MISSING}),
    )


class ReportViewSet(viewsets.ReadOnlyModelViewSet):
    """Common ground: one report, a short shape in lists and a full one for a single thing."""

    pagination_class = Paging
    list_serializer_class = None
    lookup_field = "number"
    lookup_value_converter = "int"

    @property
    def report(self):
        """The report that the request names; 404 in words when there is none of that symbol."""
        symbol = self.request.query_params.get("report", "")
        known = Report.objects.filter(symbol=symbol) if "\x00" not in symbol else Report.objects.none()
        report = known.first() if symbol else Report.objects.default()
        if report is None:
            raise NotFound("There is no report of that symbol." if symbol else "No report is loaded yet.")
        return report

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if request.method in SAFE_METHODS:
            self.chosen_report = self.report

    def get_serializer_class(self):
        return self.list_serializer_class if self.action == "list" else self.serializer_class

    def get_serializer_context(self):
        return {**super().get_serializer_context(), "report": getattr(self, "chosen_report", None)}

    def get_object(self):
        try:
            return super().get_object()
        except OverflowError as fault:  # a number that no database column holds
            raise NotFound() from fault


@described(serializers.ParagraphListSerializer, serializers.ParagraphSerializer, "number")
class ParagraphViewSet(ReportViewSet):
    """The report's paragraphs, each with its blocks, notes, mentions and articles."""

    queryset = Paragraph.objects.none()
    serializer_class = serializers.ParagraphSerializer
    list_serializer_class = serializers.ParagraphListSerializer
    filterset_class = ParagraphFilter

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        rows = Paragraph.objects.filter(report=self.chosen_report).with_text().order_by("number")
        return rows if self.action == "list" else rows.with_links().select_related("section__parent__parent__parent")


@described(serializers.ReplySerializer, serializers.ReplySerializer, "number")
class ReplyViewSet(ReportViewSet):
    """The replies to the list of issues, with the numbers of their paragraphs."""

    queryset = Section.objects.none()
    serializer_class = list_serializer_class = serializers.ReplySerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        replies = Section.objects.replies().filter(report=self.chosen_report).order_by("number")
        outline = ("report", "convention_part", "parent__parent__parent")
        return replies.select_related(*outline).prefetch_related("paragraphs")


class EntryViewSet(ReportViewSet):
    """A register: its entries with the number of paragraphs, and each with names, relations and paragraphs."""

    type = ""
    queryset = Entry.objects.none()
    serializer_class = serializers.EntrySerializer
    list_serializer_class = serializers.EntryListSerializer
    filterset_class = EntryFilter
    lookup_field = "slug"
    lookup_value_converter = "slug"

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        rows = Entry.objects.filter(type=self.type).with_counts(self.chosen_report).order_by("name", "slug")
        if self.action == "list":
            return rows
        return rows.prefetch_related(
            "names", "relations__target", "relations__paragraph", "inverse_relations__source",
            "inverse_relations__paragraph",
        )  # fmt: skip


@described(serializers.EntryListSerializer, serializers.EntrySerializer, "slug")
class InstitutionViewSet(EntryViewSet):
    """The institutions that the report names."""

    type = Entry.Type.INSTITUTION


@described(serializers.EntryListSerializer, serializers.EntrySerializer, "slug")
class LawViewSet(EntryViewSet):
    """The laws that the report names."""

    type = Entry.Type.LAW


@described(serializers.EntryListSerializer, serializers.EntrySerializer, "slug")
class ProgrammeViewSet(EntryViewSet):
    """The programmes that the report names."""

    type = Entry.Type.PROGRAMME


@described(serializers.ArticleListSerializer, serializers.ArticleSerializer, "number")
class ArticleViewSet(ReportViewSet):
    """The articles of the Convention, with the paragraphs that bear on them."""

    queryset = ConventionArticle.objects.none()
    serializer_class = serializers.ArticleSerializer
    list_serializer_class = serializers.ArticleListSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        shown = Q(article_links__paragraph__report=self.chosen_report) & shown_links("article_links")
        count = Count("article_links", filter=shown, distinct=True)
        return ConventionArticle.objects.select_related("part").annotate(paragraph_count=count).order_by("number")


@extend_schema(exclude=True)
@api_view(["GET"])
def nothing_here(request, **kwargs):
    """404 as JSON for every other address below the API's root."""
    raise NotFound("There is nothing at this address. /api/v1/schema/ lists what there is.")
