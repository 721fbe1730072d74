"""Lists of the desk in the order of the registers, which no database gives: see queries.collation."""

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from sections.queries.collation import in_order


class NamesPaginator(Paginator):
    """Pages of a query whose texts are sorted as names."""

    def page(self, number: int | str) -> Page:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        last = first + self.per_page if first + self.per_page + self.orphans < self.count else self.count
        return self._get_page(in_order(self.object_list, slice(first, last)), number, self)


class NamesChangeList(ChangeList):
    """A list whose texts are sorted as names, also where it has one page only."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if isinstance(self.result_list, QuerySet) and not self.result_list.query.is_sliced:
            self.result_list = in_order(self.result_list)


class OrderOfNames:
    """Mixin of a ModelAdmin: its list, and the fields that look its records up, sort texts as names."""

    paginator = NamesPaginator

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return NamesChangeList
