"""Lists in pages: `limit` and `offset`, refused in words when they are no numbers."""

from rest_framework.exceptions import ValidationError
from rest_framework.pagination import LimitOffsetPagination


class Paging(LimitOffsetPagination):
    """`{count, next, previous, results}`; 100 a page unless asked, 1,000 at most."""

    default_limit = 100
    max_limit = 1000

    def get_limit(self, request):
        return self._number(request, self.limit_query_param, 1, self.max_limit, self.default_limit)

    def get_offset(self, request):
        return self._number(request, self.offset_query_param, 0, 10**9, 0)

    def _number(self, request, name, least, most, default):
        given = request.query_params.get(name)
        if given is None:
            return default
        if not (given.isascii() and given.isdigit() and len(given) < 12 and least <= int(given) <= most):
            raise ValidationError({name: [f"Give a whole number from {least} to {most}."]})
        return int(given)

    def get_paginated_response_schema(self, schema):
        made = super().get_paginated_response_schema(schema)
        made["required"] = ["count", "next", "previous", "results"]
        return made
