"""The beginning of the API: its resources with their addresses."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from sections.models import Report

from .parameters import refuse_unknown
from .views import REFUSED, REPORT, report_named

# By name the route of each list.
RESOURCES = {
    "reports": "api-reports",
    "paragraphs": "api-paragraph-list",
    "replies": "api-reply-list",
    "institutions": "api-institution-list",
    "laws": "api-law-list",
    "programmes": "api-programme-list",
    "convention/articles": "api-article-list",
    "convention/texts": "api-convention-text-list",
    "figures": "api-figures",
    "dates": "api-dates",
    "documents": "api-documents",
    "search": "api-search",
}
RootSerializer = inline_serializer(
    "Root",
    {
        "report": serializers.CharField(allow_null=True),
        "documentation": serializers.URLField(),
        "schema": serializers.URLField(),
        "resources": serializers.DictField(child=serializers.URLField()),
    },
)


class RootView(APIView):
    """The resources of the API by name, each with its address; of the report that is asked for."""

    @extend_schema(operation_id="root", parameters=[REPORT], responses={200: RootSerializer, **REFUSED})
    def get(self, request: Request) -> Response:
        refuse_unknown(request, {"report"})
        asked = request.query_params.get("report", "")
        report = report_named(asked) if asked else Report.objects.default()

        def address(route: str, query: str = "") -> str:
            return request.build_absolute_uri(reverse(route) + query)

        query = f"?report={report.symbol}" if asked and report else ""
        content: dict[str, Any] = {
            "report": report and report.symbol,
            "documentation": address("api-docs"),
            "schema": address("api-schema"),
            "resources": {
                name: address(route, "" if name == "reports" else query) for name, route in RESOURCES.items()
            },
        }
        return Response(content)
