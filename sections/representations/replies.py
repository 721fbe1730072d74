"""A reply, and a heading of the outline."""

from rest_framework import serializers

from sections.models import Section

from .fields import AddressField


class SectionSerializer(serializers.ModelSerializer):
    """A heading above a paragraph."""

    class Meta:
        model = Section
        fields = ["kind", "level", "label", "title", "number", "recovered"]


class ReplySerializer(serializers.ModelSerializer):
    """A reply to a paragraph of the list of issues; `part` is the report's own part, in Roman numerals."""

    url = AddressField(source="get_absolute_url", read_only=True)
    paragraphs = serializers.SerializerMethodField()
    part = serializers.SerializerMethodField()
    convention_part = serializers.CharField(source="convention_part.roman", default=None, allow_null=True)

    class Meta:
        model = Section
        fields = ["number", "url", "recovered", "evidence", "paragraphs", "part", "convention_part"]

    def get_paragraphs(self, section: Section) -> list[int]:
        return sorted(paragraph.number for paragraph in section.paragraphs.all())

    def get_part(self, section: Section) -> str | None:
        part = next((heading for heading in sections_above(section) if heading.kind == Section.Kind.PART), None)
        return part.title.removeprefix("Part ").strip() if part else None


def sections_above(section: Section | None) -> list[Section]:
    """The section and the sections that hold it, the outermost first; empty for None."""
    return [*sections_above(section.parent), section] if section else []
