"""Filters of a list by a number that the editor types: of a paragraph, an article, or a year."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sections.models import ArticleLink
from sections.text.whole_numbers import whole_number


class NumberFilter(admin.SimpleListFilter):
    """A number; what is no whole number filters nothing. `condition` gives the rows of a number."""

    template = "admin/sections/number_filter.html"
    title: str | Promise
    parameter_name: str

    def condition(self, number: int) -> Q:
        """The condition on the rows of the list."""
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("", "")]

    def value(self) -> str | None:
        value = super().value()
        return None if whole_number(value or "", 999_999) is None else value

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        number = whole_number(self.value() or "", 999_999)
        return queryset if number is None else queryset.filter(self.condition(number))

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        """One choice for the template: the number, the address without it, and what else the address asks for."""
        asked = changelist.get_filters_params() | {"q": changelist.query, "o": changelist.params.get("o", "")}
        others = [(name, _last(value)) for name, value in asked.items() if name != self.parameter_name]
        yield {
            "value": self.value() or "",
            "others": [(name, value) for name, value in others if value],
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
        }


def _last(value):
    return value[-1] if isinstance(value, list) else value


class ParagraphNumberFilter(NumberFilter):
    title, parameter_name = _("paragraph"), "paragraph"

    def condition(self, number: int) -> Q:
        return Q(block__paragraph__number=number)


class ArticleNumberFilter(NumberFilter):
    """Rows in paragraphs that are linked to an article."""

    title, parameter_name = _("article"), "article"

    def condition(self, number: int) -> Q:
        links = ArticleLink.objects.shown().filter(article__number=number)
        return Q(block__paragraph__in=links.values("paragraph"))


class FigureYearFilter(NumberFilter):
    title, parameter_name = _("year"), "year"

    def condition(self, number: int) -> Q:
        return Q(first_year__lte=number, last_year__gte=number) | Q(first_year=number, last_year__isnull=True)


class DateYearFilter(NumberFilter):
    title, parameter_name = _("year"), "year"

    def condition(self, number: int) -> Q:
        return Q(first__year__lte=number, last__year__gte=number)
