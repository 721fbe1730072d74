"""What the API says of paragraphs, replies, entries and articles."""

from collections import defaultdict

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sections.models import ArticleLink, ConventionArticle, Entry, Mention, Name, Paragraph, Section


@extend_schema_field(OpenApiTypes.URI)
class AddressField(serializers.Field):
    """The permanent address of an object's page."""

    def __init__(self, **kwargs):
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, row) -> str:
        return self.context["request"].build_absolute_uri(row.get_absolute_url())


class EntryLinkSerializer(serializers.ModelSerializer):
    """An entry as something else points to it."""

    class Meta:
        model = Entry
        fields = ["type", "slug", "name"]


class MentionSerializer(serializers.ModelSerializer):
    """A span that names an entry. `block` counts the paragraph's blocks from 0; in a footnote it is null."""

    entry = EntryLinkSerializer()
    block = serializers.SerializerMethodField()
    footnote = serializers.SerializerMethodField()

    class Meta:
        model = Mention
        fields = ["entry", "surface", "block", "footnote", "start", "end", "basis", "rule", "review"]

    def get_block(self, mention) -> int | None:
        return None if mention.block.kind == "footnote" else mention.block.position

    def get_footnote(self, mention) -> int | None:
        return int(mention.block.label) if mention.block.kind == "footnote" else None


class ArticleOfParagraphSerializer(serializers.ModelSerializer):
    """An article that a paragraph bears on, and why."""

    number = serializers.IntegerField(source="article.number")

    class Meta:
        model = ArticleLink
        fields = ["number", "basis", "confidence", "reason", "review"]


class BlockSerializer(serializers.Serializer):
    """A piece of a paragraph; a table has its parts besides its text."""

    type = serializers.CharField(source="kind")
    level = serializers.IntegerField()
    label = serializers.CharField()
    text = serializers.CharField()
    table = serializers.SerializerMethodField()

    def get_table(self, block) -> dict | None:
        if block.kind != "table":
            return None
        table = block.table
        return {name: getattr(table, name) for name in ("number", "title", "unit", "header", "rows", "source")}


class FootnoteSerializer(serializers.Serializer):
    """A note, with the block and the place in it that calls it."""

    number = serializers.IntegerField()
    text = serializers.CharField(source="body.text")
    block = serializers.IntegerField(source="block.position")
    offset = serializers.IntegerField()


class SectionSerializer(serializers.ModelSerializer):
    """A heading above a paragraph."""

    class Meta:
        model = Section
        fields = ["kind", "level", "label", "title", "number", "recovered"]


class ParagraphListSerializer(serializers.ModelSerializer):
    """A paragraph in a list: its number, its reply and its text."""

    url = AddressField()
    reply = serializers.IntegerField(source="section.number", allow_null=True)
    text = serializers.SerializerMethodField()

    class Meta:
        model = Paragraph
        fields = ["number", "url", "reply", "text"]

    def get_text(self, paragraph) -> str:
        return "\n".join(f"{block.label} {block.text}".strip() for block in _body(paragraph))


class ParagraphSerializer(ParagraphListSerializer):
    """A paragraph with all that stands in it and all that is laid over it."""

    sections = serializers.SerializerMethodField()
    blocks = serializers.SerializerMethodField()
    footnotes = serializers.SerializerMethodField()
    annexes = serializers.SerializerMethodField()
    mentions = serializers.SerializerMethodField()
    articles = serializers.SerializerMethodField()

    class Meta:
        model = Paragraph
        fields = [
            "number", "url", "reply", "sections", "text", "blocks", "footnotes", "annexes", "mentions", "articles",
        ]  # fmt: skip

    @extend_schema_field(SectionSerializer(many=True))
    def get_sections(self, paragraph):
        chain, section = [], paragraph.section
        while section is not None:
            chain.insert(0, section)
            section = section.parent
        return SectionSerializer(chain, many=True).data

    @extend_schema_field(BlockSerializer(many=True))
    def get_blocks(self, paragraph):
        return BlockSerializer(_body(paragraph), many=True).data

    @extend_schema_field(FootnoteSerializer(many=True))
    def get_footnotes(self, paragraph):
        notes = [note for block in paragraph.blocks.all() for note in block.footnotes.all()]
        return FootnoteSerializer(sorted(notes, key=lambda note: note.number), many=True).data

    def get_annexes(self, paragraph) -> list[str]:
        references = (reference for block in paragraph.blocks.all() for reference in block.references.all())
        return list(dict.fromkeys(reference.target for reference in references if reference.kind == "annex"))

    @extend_schema_field(MentionSerializer(many=True))
    def get_mentions(self, paragraph):
        shown = []
        for block in paragraph.blocks.all():
            for mention in sorted(block.mentions.all(), key=lambda mention: mention.start):
                if mention.is_shown:
                    mention.block = block
                    shown.append(mention)
        return MentionSerializer(shown, many=True).data

    @extend_schema_field(ArticleOfParagraphSerializer(many=True))
    def get_articles(self, paragraph):
        shown = [link for link in paragraph.article_links.all() if link.is_shown]
        shown.sort(key=lambda link: link.article.number)
        return ArticleOfParagraphSerializer(shown, many=True).data


class ReplySerializer(serializers.ModelSerializer):
    """A reply to a paragraph of the list of issues; `part` is the report's own part, in Roman numerals."""

    url = AddressField()
    paragraphs = serializers.SerializerMethodField()
    part = serializers.SerializerMethodField()
    convention_part = serializers.CharField(source="convention_part.roman", default=None, allow_null=True)

    class Meta:
        model = Section
        fields = ["number", "url", "recovered", "evidence", "paragraphs", "part", "convention_part"]

    def get_paragraphs(self, section) -> list[int]:
        return sorted(paragraph.number for paragraph in section.paragraphs.all())

    def get_part(self, section) -> str | None:
        while section is not None and section.kind != Section.Kind.PART:
            section = section.parent
        return section.title.removeprefix("Part ").strip() if section else None


class NameSerializer(serializers.ModelSerializer):
    class Meta:
        model = Name
        fields = ["text", "language", "form", "in_report"]


class EntryListSerializer(serializers.ModelSerializer):
    """An entry in its register; `paragraph_count` counts the report's paragraphs that name it."""

    url = AddressField()
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

    def get_relations(self, entry) -> list[dict]:
        rows = sorted(entry.relations.all(), key=lambda row: (row.kind, row.target.name, row.target.slug))
        forth = [_relation(row, row.target, row.get_kind_display()) for row in rows]
        rows = sorted(entry.inverse_relations.all(), key=lambda row: (row.source.name, row.source.slug, row.kind))
        back = [_relation(row, row.source, row.get_inverse_display()) for row in rows]
        return forth + back

    def get_paragraphs(self, entry) -> dict[str, list[int]]:
        report = self.context["report"]
        mentions = entry.mentions.shown().filter(block__paragraph__report=report)
        return _by_basis(mentions.values_list("basis", "block__paragraph__number"))


class ArticleListSerializer(serializers.ModelSerializer):
    """An article of the Convention, under a short caption that is the site's own."""

    url = AddressField()
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

    def get_paragraphs(self, article) -> dict[str, list[int]]:
        links = article.article_links.shown().filter(paragraph__report=self.context["report"])
        return _by_basis(links.values_list("basis", "paragraph__number"))


def _body(paragraph):
    return [block for block in paragraph.blocks.all() if block.kind != "footnote"]


def _relation(row, other, words):
    paragraph = row.paragraph.number if row.paragraph else None
    return {"kind": row.kind, "words": words, "entry": EntryLinkSerializer(other).data, "paragraph": paragraph}


def _by_basis(pairs):
    numbers = defaultdict(set)
    for basis, number in pairs:
        numbers[basis].add(number)
    return {basis: sorted(found) for basis, found in sorted(numbers.items())}
