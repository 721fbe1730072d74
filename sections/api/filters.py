"""What the API's lists can be narrowed by."""

import django_filters
from django import forms
from drf_spectacular.utils import extend_schema_field

from sections.models import ArticleLink, Entry, Mention, Paragraph


@extend_schema_field({"type": "integer", "minimum": 1, "maximum": 100_000})
class NumberFilter(django_filters.NumberFilter):
    """A whole number of a paragraph, reply or article."""

    field_class = forms.IntegerField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, min_value=1, max_value=100_000, **kwargs)


@extend_schema_field({"type": "string", "pattern": r"^[^\x00]*$"})
class TextFilter(django_filters.CharFilter):
    """Words without the character NUL, which no database keeps."""


class ParagraphFilter(django_filters.FilterSet):
    """Paragraphs of a reply, or that bear on an article, or that name an entry."""

    reply = NumberFilter("section__number")
    article = NumberFilter(method="bearing_on")
    institution = TextFilter(method="naming")
    law = TextFilter(method="naming")
    programme = TextFilter(method="naming")

    class Meta:
        model = Paragraph
        fields = []

    def bearing_on(self, rows, name, number):
        links = ArticleLink.objects.shown().filter(article__number=number)
        return rows.filter(pk__in=links.values("paragraph"))

    def naming(self, rows, type, slug):
        mentions = Mention.objects.shown().filter(entry__type=type, entry__slug=slug)
        return rows.filter(pk__in=mentions.values("block__paragraph"))


class EntryFilter(django_filters.FilterSet):
    """Entries of a kind."""

    kind = TextFilter("kind")

    class Meta:
        model = Entry
        fields = []
