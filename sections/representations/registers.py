"""An entry of a register, and an article of the Convention, with the paragraphs that name them or bear on them."""

from collections import defaultdict
from collections.abc import Iterable

from rest_framework import serializers

from sections.models import ConventionArticle, Entry, Name, Relation

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
    """An entry in its register; `paragraph_count` counts the report's paragraphs that name it."""

    url = AddressField(source="get_absolute_url", read_only=True)
    kind = serializers.CharField()
    paragraph_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = Entry
        fields = ["type", "slug", "name", "url", "kind", "description", "start_year", "end_year", "paragraph_count"]


class EntrySerializer(EntryListSerializer):
    """An entry with its names, its relations and, by basis, the paragraphs that name it."""

    names = NameSerializer(many=True)
    relations = serializers.SerializerMethodField()
    paragraphs = serializers.SerializerMethodField()

    class Meta:
        model = Entry
        fields = [*EntryListSerializer.Meta.fields, "names", "relations", "paragraphs"]

    def get_relations(self, entry: Entry) -> list[dict]:
        rows = sorted(entry.relations.all(), key=lambda row: (row.kind, row.target.name, row.target.slug))
        forward = [_relation(row, row.target, row.get_kind_display()) for row in rows]
        rows = sorted(entry.inverse_relations.all(), key=lambda row: (row.source.name, row.source.slug, row.kind))
        inverse = [_relation(row, row.source, row.get_inverse_display()) for row in rows]
        return forward + inverse

    def get_paragraphs(self, entry: Entry) -> dict[str, list[int]]:
        mentions = entry.mentions.shown().filter(block__paragraph__report=self.context["report"])
        return _numbers_by_basis(mentions.values_list("basis", "block__paragraph__number"))


class ArticleListSerializer(serializers.ModelSerializer):
    """An article of the Convention, under a short caption that is the site's own."""

    url = AddressField(source="get_absolute_url", read_only=True)
    part = serializers.CharField(source="part.roman")
    paragraph_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = ConventionArticle
        fields = ["number", "url", "part", "subject", "paragraph_count"]


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
    return {"kind": relation.kind, "words": words, "entry": EntryLinkSerializer(other).data, "paragraph": paragraph}


def _numbers_by_basis(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    """From pairs of a basis and a paragraph's number: the sorted numbers under each basis."""
    numbers = defaultdict(set)
    for basis, number in pairs:
        numbers[basis].add(number)
    return {basis: sorted(numbers[basis]) for basis in sorted(numbers)}
