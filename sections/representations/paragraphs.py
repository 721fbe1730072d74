"""A paragraph: its blocks and footnotes, and what is laid over them; a reply, and a heading of the outline."""

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sections.models import ArticleLink, Block, Mention, Paragraph, ReplySubject, Section

from .fields import AddressField
from .figures import TableSerializer
from .registers import EntryLinkSerializer


class SectionSerializer(serializers.ModelSerializer):
    """A heading above a paragraph."""

    class Meta:
        model = Section
        fields = ["kind", "level", "label", "title", "number", "recovered"]


class SubjectField(serializers.DictField):
    """What the editors say a reply is about, by language; null where they have not said it."""

    child = serializers.CharField()

    def to_representation(self, subject: ReplySubject) -> dict[str, str]:
        return {"en": subject.text} | {code: texts["text"] for code, texts in sorted(subject.translations.items())}


class ReplySerializer(serializers.ModelSerializer):
    """A reply to a question of the list of issues; `part` is the report's own part, in Roman numerals."""

    subject = SubjectField(source="reply_subject", default=None, allow_null=True, read_only=True)

    url = AddressField(source="get_absolute_url", read_only=True)
    paragraphs = serializers.SerializerMethodField()
    part = serializers.SerializerMethodField()
    convention_part = serializers.CharField(source="convention_part.roman", default=None, allow_null=True)

    class Meta:
        model = Section
        fields = ["number", "url", "subject", "recovered", "evidence", "paragraphs", "part", "convention_part"]

    def get_paragraphs(self, section: Section) -> list[int]:
        return sorted(paragraph.number for paragraph in section.paragraphs.all())

    def get_part(self, section: Section) -> str | None:
        part = next((heading for heading in _sections_above(section) if heading.kind == Section.Kind.PART), None)
        return part.title.removeprefix("Part ").strip() if part else None


class BlockSerializer(serializers.Serializer):
    """A piece of a paragraph; a table has its parts besides its text."""

    type = serializers.CharField(source="kind")
    level = serializers.IntegerField()
    label = serializers.CharField()
    text = serializers.CharField()
    table = TableSerializer(read_only=True, default=None, allow_null=True)


class FootnoteSerializer(serializers.Serializer):
    """A note, with the block and the place in it that calls it."""

    number = serializers.IntegerField()
    text = serializers.CharField(source="body.text")
    block = serializers.IntegerField(source="block.position")
    offset = serializers.IntegerField()


class MentionSerializer(serializers.ModelSerializer):
    """A span that names an entry. `block` counts the paragraph's blocks from 0; in a footnote it is null.

    `within` are the words of the longer name that holds it, as "INM guidelines" holds "INM"; else it is null.
    """

    entry = EntryLinkSerializer()
    block = serializers.SerializerMethodField()
    footnote = serializers.SerializerMethodField()
    within = serializers.SerializerMethodField()

    class Meta:
        model = Mention
        fields = ["entry", "surface", "block", "footnote", "start", "end", "within", "basis", "rule", "review"]

    def get_block(self, mention: Mention) -> int | None:
        return None if mention.block.kind == "footnote" else mention.block.position

    def get_within(self, mention: Mention) -> str | None:
        return mention.longer or None

    def get_footnote(self, mention: Mention) -> int | None:
        return int(mention.block.label) if mention.block.kind == "footnote" else None


class ArticleOfParagraphSerializer(serializers.ModelSerializer):
    """An article that a paragraph bears on, and why."""

    number = serializers.IntegerField(source="article.number")

    class Meta:
        model = ArticleLink
        fields = ["number", "basis", "confidence", "reason", "review"]


class ParagraphListSerializer(serializers.ModelSerializer):
    """A paragraph in a list: its number, its reply and its text."""

    url = AddressField(source="get_absolute_url", read_only=True)
    reply = serializers.IntegerField(source="section.number", allow_null=True)
    text = serializers.SerializerMethodField()

    class Meta:
        model = Paragraph
        fields = ["number", "url", "reply", "text"]

    def get_text(self, paragraph: Paragraph) -> str:
        return "\n".join(f"{block.label} {block.text}".strip() for block in _body(paragraph))


class ParagraphSerializer(ParagraphListSerializer):
    """A paragraph with all that stands in it and all that is laid over it.

    The lists are made by `to_representation`, because `data` would keep the rows for as long as the answer.
    """

    sections = serializers.SerializerMethodField()
    blocks = serializers.SerializerMethodField()
    footnotes = serializers.SerializerMethodField()
    annexes = serializers.SerializerMethodField()
    mentions = serializers.SerializerMethodField()
    articles = ArticleOfParagraphSerializer(source="article_links", many=True, read_only=True)

    class Meta:
        model = Paragraph
        fields = [
            "number", "url", "reply", "sections", "text", "blocks", "footnotes", "annexes", "mentions", "articles",
        ]  # fmt: skip

    @extend_schema_field(SectionSerializer(many=True))
    def get_sections(self, paragraph: Paragraph) -> list[dict]:
        return SectionSerializer(many=True).to_representation(_sections_above(paragraph.section))

    @extend_schema_field(BlockSerializer(many=True))
    def get_blocks(self, paragraph: Paragraph) -> list[dict]:
        return BlockSerializer(many=True).to_representation(_body(paragraph))

    @extend_schema_field(FootnoteSerializer(many=True))
    def get_footnotes(self, paragraph: Paragraph) -> list[dict]:
        notes = [note for block in paragraph.blocks.all() for note in block.footnotes.all()]
        return FootnoteSerializer(many=True).to_representation(sorted(notes, key=lambda note: note.number))

    def get_annexes(self, paragraph: Paragraph) -> list[str]:
        references = (reference for block in paragraph.blocks.all() for reference in block.references.all())
        return list(dict.fromkeys(reference.target for reference in references if reference.kind == "annex"))

    @extend_schema_field(MentionSerializer(many=True))
    def get_mentions(self, paragraph: Paragraph) -> list[dict]:
        mentions = [mention for block in paragraph.blocks.all() for mention in block.mentions.all()]
        return MentionSerializer(many=True).to_representation(mentions)


def with_annotations(paragraphs: QuerySet[Paragraph]) -> QuerySet[Paragraph]:
    """Adds what `ParagraphSerializer` reads: the text, the headings, and the links that readers see."""
    mentions = Mention.objects.shown().with_longer().select_related("entry").order_by("start", "end")
    articles = ArticleLink.objects.shown().select_related("article").order_by("article__number")
    return (
        paragraphs.with_text()
        .select_related("section__parent__parent__parent")
        .prefetch_related(Prefetch("blocks__mentions", mentions), Prefetch("article_links", articles))
    )


def _body(paragraph: Paragraph) -> list[Block]:
    return [block for block in paragraph.blocks.all() if block.kind != Block.Kind.FOOTNOTE]


def _sections_above(section: Section | None) -> list[Section]:
    """The section and the sections that hold it, the outermost first; empty for None."""
    return [*_sections_above(section.parent), section] if section else []
