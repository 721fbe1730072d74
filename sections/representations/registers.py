"""An entry of a register, and an article of the Convention, with the paragraphs that name them or bear on them."""

from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import override
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sections.models import ArticleLink, ConventionArticle, Coverage, Entry, Name, Relation, Report, Silence
from sections.queries.convention import coverage_of
from sections.queries.dates import dates_of_entry

from .fields import AddressField


class EntryLinkSerializer(serializers.ModelSerializer):
    """An entry as something else points to it."""

    class Meta:
        model = Entry
        fields = ["type", "slug", "name"]


class NameSerializer(serializers.ModelSerializer):
    class Meta:
        model = Name
        fields = ["text", "language", "form", "in_report"]


class EntryListSerializer(serializers.ModelSerializer):
    """An entry in its register; `paragraph_count` counts the report's paragraphs that name it.

    `nested_count` counts further paragraphs, which name it only within longer names: "INM guidelines" names the INM.
    """

    url = AddressField(source="get_absolute_url", read_only=True)
    kind = serializers.CharField()
    paragraph_count = serializers.IntegerField(read_only=True)
    nested_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = Entry
        fields = [
            "type", "slug", "name", "url", "kind", "description", "start_year", "end_year", "paragraph_count",
            "nested_count",
        ]  # fmt: skip


class DateOfEntrySerializer(serializers.Serializer):
    """A date of an entry with how it is meant ("until 2012"), what happened then, and the paragraph that says so."""

    words = serializers.CharField()
    what = serializers.CharField()
    paragraph = serializers.IntegerField()


class EntrySerializer(EntryListSerializer):
    """An entry with its names, its relations, its dates and, by basis, the paragraphs that name it.

    `nested_paragraphs` are those that name it only within longer names.
    """

    names = NameSerializer(many=True)
    relations = serializers.SerializerMethodField()
    dates = serializers.SerializerMethodField()
    paragraphs = serializers.SerializerMethodField()
    nested_paragraphs = serializers.SerializerMethodField()

    class Meta:
        model = Entry
        fields = [*EntryListSerializer.Meta.fields, "names", "relations", "dates", "paragraphs", "nested_paragraphs"]

    @extend_schema_field(DateOfEntrySerializer(many=True))
    def get_dates(self, entry: Entry) -> list[dict]:
        with override(settings.LANGUAGE_CODE):  # data speaks one language
            rows = dates_of_entry(self.context["report"], entry)
        return [{"words": words, "what": what, "paragraph": paragraph.number} for words, what, paragraph in rows]

    def get_relations(self, entry: Entry) -> list[dict]:
        rows = sorted(entry.relations.all(), key=lambda row: (row.kind, row.target.name, row.target.slug))
        forward = [_relation(row, row.target, row.get_kind_display()) for row in rows]
        rows = sorted(entry.inverse_relations.all(), key=lambda row: (row.source.name, row.source.slug, row.kind))
        inverse = [_relation(row, row.source, row.get_inverse_display()) for row in rows]
        return forward + inverse

    def get_paragraphs(self, entry: Entry) -> dict[str, list[int]]:
        return _numbers_by_basis((basis, number) for basis, number, longer in self._mentions(entry) if not longer)

    def get_nested_paragraphs(self, entry: Entry) -> list[int]:
        own = {number for _, number, longer in self._mentions(entry) if not longer}
        return sorted({number for _, number, _ in self._mentions(entry)} - own)

    def _mentions(self, entry):
        """Basis, number of the paragraph, and longer name of each mention of the entry; read once."""
        if not hasattr(entry, "named_in"):
            here = entry.mentions.shown().filter(block__paragraph__report=self.context["report"])
            entry.named_in = list(here.with_longer().values_list("basis", "block__paragraph__number", "longer"))
        return entry.named_in


class SilenceSerializer(serializers.ModelSerializer):
    """Who read the report for an article and found it silent, and when."""

    class Meta:
        model = Silence
        fields = ["read_by", "read_on", "note"]


class ArticleListSerializer(serializers.ModelSerializer):
    """An article of the Convention, under a short caption that is the site's own.

    `coverage` says what is known of the report on it: `linked`, `found_silent` by the person named in `silence`, or
    `not_yet_read`. That no paragraph is linked says nothing about the State.
    """

    url = AddressField(source="get_absolute_url", read_only=True)
    part = serializers.CharField(source="part.roman")
    paragraph_count = serializers.IntegerField(read_only=True)
    coverage = serializers.SerializerMethodField()
    silence = serializers.SerializerMethodField()

    class Meta:
        model = ConventionArticle
        fields = ["number", "url", "part", "subject", "paragraph_count", "coverage", "silence"]

    @extend_schema_field(serializers.ChoiceField(choices=Coverage.choices))
    def get_coverage(self, article: ConventionArticle) -> str:
        return coverage_of(article.paragraph_count, next(iter(article.found_silent), None)).value

    @extend_schema_field(SilenceSerializer(allow_null=True))
    def get_silence(self, article: ConventionArticle) -> dict | None:
        return next((SilenceSerializer(row).data for row in article.found_silent), None)


def with_coverage(articles: QuerySet[ConventionArticle], report: Report | None) -> QuerySet[ConventionArticle]:
    """Adds what `ArticleListSerializer` reads of the report: numbers of paragraphs, and who found it silent."""
    links = ArticleLink.objects.shown().filter(paragraph__report=report, article=OuterRef("pk"))
    counts = links.order_by().values("article").annotate(count=Count("pk")).values("count")
    silences = Prefetch("silences", Silence.objects.filter(report=report), to_attr="found_silent")
    counted = articles.annotate(paragraph_count=Coalesce(Subquery(counts), 0))
    return counted.select_related("part").prefetch_related(silences).order_by("number")


class ArticleSerializer(ArticleListSerializer):
    """An article with, by basis, the paragraphs that bear on it."""

    paragraphs = serializers.SerializerMethodField()

    class Meta:
        model = ConventionArticle
        fields = [*ArticleListSerializer.Meta.fields, "paragraphs"]

    def get_paragraphs(self, article: ConventionArticle) -> dict[str, list[int]]:
        links = article.article_links.shown().filter(paragraph__report=self.context["report"])
        return _numbers_by_basis(links.values_list("basis", "paragraph__number"))


def _relation(relation: Relation, other: Entry, words: str) -> dict:
    paragraph = relation.paragraph.number if relation.paragraph else None
    return {
        "kind": relation.kind,
        "words": words,
        "entry": EntryLinkSerializer().to_representation(other),
        "paragraph": paragraph,
    }


def _numbers_by_basis(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    """From pairs of a basis and a paragraph's number: the sorted numbers under each basis."""
    numbers = defaultdict(set)
    for basis, number in pairs:
        numbers[basis].add(number)
    return {basis: sorted(numbers[basis]) for basis in sorted(numbers)}
