"""What the API says of the figures in a report."""

import django_filters
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers

from sections.models import Figure
from sections.models.kinds import FIGURE_KINDS
from sections.queries import figures

from .filters import TextFilter
from .views import MISSING, REFUSED, REPORT, ReportViewSet


class FigureSerializer(serializers.ModelSerializer):
    """A number that counts something, where it stands and what of; `value` is exact, `printed` the report's own."""

    value = serializers.DecimalField(max_digits=20, decimal_places=4, normalize_output=True)
    printed = serializers.CharField(source="surface")
    paragraph = serializers.IntegerField(source="block.paragraph.number")
    block = serializers.IntegerField(source="block.position")
    url = serializers.SerializerMethodField()

    class Meta:
        model = Figure
        fields = [
            "value", "printed", "bound", "kind", "unit", "what", "period", "first_year", "last_year",
            "paragraph", "block", "start", "end", "basis", "review", "url",
        ]  # fmt: skip

    def get_url(self, figure) -> str:
        return self.context["request"].build_absolute_uri(figure.block.paragraph.get_absolute_url())


class FigureFilter(django_filters.FilterSet):
    """Figures of a kind, a year or a paragraph, or whose words hold a text."""

    kind = django_filters.ChoiceFilter(choices=list(FIGURE_KINDS.items()))
    year = django_filters.NumberFilter(method="of_year", min_value=1, max_value=9999, decimal_places=0)
    paragraph = django_filters.NumberFilter(
        "block__paragraph__number", min_value=1, max_value=100_000, decimal_places=0
    )
    text = TextFilter(method="with_text")

    class Meta:
        model = Figure
        fields = []

    def of_year(self, rows, name, year):
        return rows.filter(first_year__lte=year, last_year__gte=year)

    def with_text(self, rows, name, text):
        report = self.request.parser_context["view"].chosen_report
        return rows.filter(pk__in=figures.matching(report, text))


NARROWING = [
    OpenApiParameter("kind", str, enum=["", *FIGURE_KINDS]),
    OpenApiParameter("paragraph", {"type": "integer", "minimum": 1, "maximum": 100_000}),
    OpenApiParameter("year", {"type": "integer", "minimum": 1, "maximum": 9999}),
]


@extend_schema_view(
    list=extend_schema(
        parameters=[REPORT, *NARROWING], responses={200: FigureSerializer(many=True), **REFUSED, **MISSING}
    )
)
class FigureViewSet(ReportViewSet):
    """The figures in the report's text and tables."""

    queryset = Figure.objects.none()
    serializer_class = list_serializer_class = FigureSerializer
    filterset_class = FigureFilter

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return figures.figures(self.chosen_report)
