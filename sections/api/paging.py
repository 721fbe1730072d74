"""Lists in pages: `limit` and `offset`, refused in words when they are no numbers."""

from rest_framework.exceptions import ValidationError
from rest_framework.pagination import LimitOffsetPagination


class Paging(LimitOffsetPagination):
    """`{count, next, previous, results}`; 100 a page unless asked otherwise, and never more than 1,000."""

    default_limit = 100
    max_limit = 1000

    def get_limit(self, request):
        return min(self._number(request, self.limit_query_param, 1, self.default_limit), self.max_limit)

    def get_offset(self, request):
        return self._number(request, self.offset_query_param, 0, 0)

    def _number(self, request, name, least, default):
        given = request.query_params.get(name)
        if given is None:
            return default
        if not (given.isascii() and given.isdigit() and len(given) < 10 and int(given) >= least):
            raise ValidationError({name: [f"Give a whole number of {least} or more."]})
        return int(given)

    def get_schema_operation_parameters(self, view):
        described = super().get_schema_operation_parameters(view)
        for parameter in described:
            least = 1 if parameter["name"] == self.limit_query_param else 0
            parameter["schema"] = {"type": "integer", "minimum": least, "maximum": 999_999_999}
        return described

    def get_paginated_response_schema(self, schema):
        made = super().get_paginated_response_schema(schema)
        made["required"] = ["count", "next", "previous", "results"]
        return made
