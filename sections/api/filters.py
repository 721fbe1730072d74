"""What the API's lists can be narrowed by, besides the filters of `sections.filters`."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request
from rest_framework.viewsets import GenericViewSet

from sections.filters import NumberFilter, TextFilter
from sections.models import ArticleLink, Entry, Mention, Paragraph


class ParagraphFilter(django_filters.FilterSet):
    """Paragraphs of a reply, or that bear on an article, or that name an entry."""

    reply = NumberFilter("section__number")
    article = NumberFilter(method="on_article")
    institution = TextFilter(method="naming")
    law = TextFilter(method="naming")
    programme = TextFilter(method="naming")

    class Meta:
        model = Paragraph
        fields = []

    def on_article(self, rows: QuerySet, name: str, number: int) -> QuerySet:
        links = ArticleLink.objects.shown().filter(article__number=number)
        return rows.filter(pk__in=links.values("paragraph"))

    def naming(self, rows: QuerySet, type: str, slug: str) -> QuerySet:
        mentions = Mention.objects.shown().filter(entry__type=type, entry__slug=slug)
        return rows.filter(pk__in=mentions.values("block__paragraph"))


class EntryFilter(django_filters.FilterSet):
    """Entries of a kind."""

    kind = TextFilter("kind")

    class Meta:
        model = Entry
        fields = []


class ReportFilterBackend(DjangoFilterBackend):
    """Gives the filters of a page, which know their report, the report that the API's request names."""

    def get_filterset_kwargs(self, request: Request, queryset: QuerySet, view: GenericViewSet) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(request, queryset, view), "report": view.chosen_report}
