"""Lists in pages: `limit` and `offset`, refused in words when they are not numbers; far into a list, `after` a row.

A database walks over all the rows before an offset. So offsets end at MOST_OFFSET, and the links in `next` then say
after which row they go on, by the values that the list is ordered by.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from operator import attrgetter
from typing import Any

from django.core.exceptions import FieldError
from django.core.exceptions import ValidationError as InvalidValue
from django.db.models import Q, QuerySet
from django.views import View
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request
from rest_framework.utils.urls import remove_query_param, replace_query_param

from sections.text.whole_numbers import MOST, whole_number

MOST_OFFSET = 10_000
PAGING = ("limit", "offset", "after")  # the parameters that choose a page
OFFSET = "How many rows come before the page."
UNREADABLE = "Give a value of after only as a link in next has it."


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
    """`{count, next, previous, results}`; 100 a page unless asked otherwise, and 1,000 at most."""

    default_limit = 100
    max_limit = 1000
    after_query_param = "after"
    has_more = False

    def get_limit(self, request: Request) -> int:
        return number_parameter(request, self.limit_query_param, self.default_limit, most=self.max_limit)

    def get_offset(self, request: Request) -> int:
        """The offset; 400 in words for one so far into the list that the database would have to walk there."""
        offset = number_parameter(request, self.offset_query_param, 0, least=0)
        if offset > MOST_OFFSET:
            message = f"Give an offset of at most {MOST_OFFSET}. To read on from there, follow the links in next."
            raise ValidationError({self.offset_query_param: [message]})
        return offset

    def paginate_queryset(self, queryset: QuerySet, request: Request, view: View | None = None) -> list:
        """The rows of the page that the request asks for."""
        self.request, self.after = request, request.query_params.get(self.after_query_param)
        self.order = queryset.query.order_by
        if self.after is None:
            rows = super().paginate_queryset(queryset, request, view)
            self.last = rows[-1] if rows else None
            return rows
        self.limit, self.offset, self.count = self.get_limit(request), 0, self.get_count(queryset)
        rows = self._rows_after(queryset)
        self.has_more, rows = len(rows) > self.limit, rows[: self.limit]
        self.last = rows[-1] if rows else None
        return rows

    def get_next_link(self) -> str | None:
        """The address of the next page: by offset near the beginning of the list, else after the last row."""
        if self.after is None and self.offset + self.limit <= MOST_OFFSET:
            return super().get_next_link()
        if self.last is None or not (self.has_more or (self.after is None and self.offset + self.limit < self.count)):
            return None
        url = remove_query_param(self.request.build_absolute_uri(), self.offset_query_param)
        url = replace_query_param(url, self.limit_query_param, self.limit)
        return replace_query_param(url, self.after_query_param, self._text_of(self.last))

    def get_previous_link(self) -> str | None:
        """The address of the page before; none where the page begins after a row."""
        return super().get_previous_link() if self.after is None else None

    def _text_of(self, row):
        """The values of a row by which the list is ordered, as text."""
        values = [attrgetter(name.lstrip("-").replace("__", "."))(row) for name in self.order]
        return urlsafe_b64encode(json.dumps(values, default=str).encode()).decode().rstrip("=")

    def _rows_after(self, queryset):
        try:
            values = json.loads(urlsafe_b64decode(self.after + "=" * (-len(self.after) % 4)))
            if not isinstance(values, list) or len(values) != len(self.order):
                raise ValueError("another number of values")
            if any(not _is_plain(value) for value in values):
                raise ValueError("no plain values")
            return list(queryset.filter(_beyond(self.order, values))[: self.limit + 1])
        except (ValueError, TypeError, OverflowError, FieldError, InvalidValue) as fault:
            raise ValidationError({self.after_query_param: [UNREADABLE]}) from fault

    def get_schema_operation_parameters(self, view: View) -> list[dict]:
        """The limit and the offset; `after` is no parameter to be made up, but part of the links in `next`."""
        parameters = super().get_schema_operation_parameters(view)
        for parameter in parameters:
            is_limit = parameter["name"] == self.limit_query_param
            most = self.max_limit if is_limit else MOST_OFFSET
            parameter["schema"] = {"type": "integer", "minimum": int(is_limit), "maximum": most}
            if not is_limit:
                parameter["description"] = f"{OFFSET} {MOST_OFFSET} at most; from there, follow the links in `next`."
        return parameters

    def get_paginated_response_schema(self, schema: dict) -> dict:
        return super().get_paginated_response_schema(schema) | {"required": ["count", "next", "previous", "results"]}


def _is_plain(value):
    """Whether a value is a text or a number that a database can compare."""
    return "\x00" not in value if isinstance(value, str) else isinstance(value, int | float) and abs(value) <= MOST


def _beyond(order: tuple[str, ...], values: list[Any]) -> Q:
    """The condition that a row comes after these values in the order, compared field by field."""
    condition, names = Q(), [name.lstrip("-") for name in order]
    for place, name in enumerate(names):
        same = dict(zip(names[:place], values[:place], strict=True))
        condition |= Q(**same, **{f"{name}__{'lt' if order[place][0] == '-' else 'gt'}": values[place]})
    return condition
