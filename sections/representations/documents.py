"""The documents that belong to a report."""

from rest_framework import serializers

from sections.models import RelatedDocument
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
