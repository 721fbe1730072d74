"""Lists in pages: `limit` and `offset`, refused in words when they are not numbers."""

from django.views import View
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request

from sections.text.whole_numbers import MOST, whole_number


def number_parameter(request: Request, name: str, default: int, least: int = 1, most: int = MOST) -> int:
    """The whole number that a query parameter gives, `default` without one; 400 in words for anything else."""
    text = request.query_params.get(name)
    if text is None:
        return default
    number = whole_number(text, most)
    if number is None or number < least:
        limits = f"of {least} or more" if most == MOST else f"from {least} to {most}"
        raise ValidationError({name: [f"Give a whole number {limits}."]})
    return number


class Paging(LimitOffsetPagination):
    """`{count, next, previous, results}`; 100 a page unless asked otherwise, and never more than 1,000."""

    default_limit = 100
    max_limit = 1000

    def get_limit(self, request: Request) -> int:
        return min(number_parameter(request, self.limit_query_param, self.default_limit), self.max_limit)

    def get_offset(self, request: Request) -> int:
        return number_parameter(request, self.offset_query_param, 0, least=0)

    def get_schema_operation_parameters(self, view: View) -> list[dict]:
        parameters = super().get_schema_operation_parameters(view)
        for parameter in parameters:
            least = 1 if parameter["name"] == self.limit_query_param else 0
            parameter["schema"] = {"type": "integer", "minimum": least, "maximum": MOST}
        return parameters

    def get_paginated_response_schema(self, schema: dict) -> dict:
        return super().get_paginated_response_schema(schema) | {"required": ["count", "next", "previous", "results"]}
