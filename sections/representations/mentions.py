"""A mention of an entry, and an article of the Convention that a paragraph relates to."""

from rest_framework import serializers

from sections.models import ArticleLink, Mention

from .entries import EntryLinkSerializer


class MentionSerializer(serializers.ModelSerializer):
    """A span that names an entry. `block` counts the paragraph's blocks from 0; in a footnote it is null."""

    entry = EntryLinkSerializer()
    block = serializers.SerializerMethodField()
    footnote = serializers.SerializerMethodField()

    class Meta:
        model = Mention
        fields = ["entry", "surface", "block", "footnote", "start", "end", "basis", "rule", "review"]

    def get_block(self, mention: Mention) -> int | None:
        return None if mention.block.kind == "footnote" else mention.block.position

    def get_footnote(self, mention: Mention) -> int | None:
        return int(mention.block.label) if mention.block.kind == "footnote" else None


class ArticleOfParagraphSerializer(serializers.ModelSerializer):
    """An article that a paragraph bears on, and why."""

    number = serializers.IntegerField(source="article.number")

    class Meta:
        model = ArticleLink
        fields = ["number", "basis", "confidence", "reason", "review"]
