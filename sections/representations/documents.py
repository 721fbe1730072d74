"""The documents that belong to a report, and the text of the Convention where the operator of the site loaded it."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sections.models import ConventionText, RelatedDocument
from sections.models.convention import article_number
from sections.text.official import official_address


class RelatedDocumentSerializer(serializers.ModelSerializer):
    """A document that belongs to the report; `verified` says whether somebody has compared it with a source.

    `addresses` are the official ones by language: those it was issued in, English where that is not recorded.
    """

    addresses = serializers.SerializerMethodField()

    class Meta:
        model = RelatedDocument
        fields = ["kind", "symbol", "title", "date", "languages", "addresses", "verified", "evidence", "translations"]

    def get_addresses(self, document: RelatedDocument) -> dict[str, str]:
        languages = document.languages or ["en"]
        return {code: document.address or official_address(document.symbol, code) for code in languages}


class TextListSerializer(serializers.ModelSerializer):
    """A text of the Convention in a language."""

    class Meta:
        model = ConventionText
        fields = ["language", "source_name", "source_sha256", "loaded"]


class ProvisionSerializer(serializers.Serializer):
    """A piece of an article: "2", "a" or "i" with its depth 1, 2 or 3, or text without a label."""

    label = serializers.CharField()
    depth = serializers.IntegerField()
    text = serializers.CharField()


class ArticleTextSerializer(serializers.Serializer):
    """The text of an article; the title is empty where the treaty gives none."""

    number = serializers.IntegerField()
    title = serializers.CharField()
    provisions = ProvisionSerializer(many=True)


class TextSerializer(TextListSerializer):
    """A text of the Convention with all its articles."""

    articles = serializers.SerializerMethodField()

    class Meta:
        model = ConventionText
        fields = [*TextListSerializer.Meta.fields, "articles"]

    @extend_schema_field(ArticleTextSerializer(many=True))
    def get_articles(self, text: ConventionText) -> list[dict]:
        rows = [{"number": article_number(key), **article} for key, article in text.articles.items()]
        return ArticleTextSerializer(sorted(rows, key=lambda row: row["number"]), many=True).data
