"""Spans of a block that say something: a figure; a date or period, and what happened then."""

from rest_framework import serializers

from sections.models import DatedEvent, Figure

from .fields import AddressField

PLACE = ["paragraph", "block", "start", "end", "basis", "review"]


class SpanSerializer(serializers.ModelSerializer):
    """Words of a block as printed, and their place; `block` counts the paragraph's blocks from 0."""

    printed = serializers.CharField(source="surface")
    paragraph = serializers.IntegerField(source="block.paragraph.number")
    block = serializers.IntegerField(source="block.position")


class FigureSerializer(SpanSerializer):
    """A number that counts something, where it stands and what of; `value` is exact, `printed` the report's own."""

    value = serializers.DecimalField(max_digits=20, decimal_places=4, normalize_output=True)
    url = AddressField(source="block.paragraph.get_absolute_url", read_only=True)

    class Meta:
        model = Figure
        fields = [
            "value", "printed", "bound", "kind", "unit", "what", "period", "first_year", "last_year", *PLACE, "url",
        ]  # fmt: skip


class FigureRowSerializer(FigureSerializer):
    """A figure as a row of a file: without its address."""

    class Meta(FigureSerializer.Meta):
        fields = ["value", "printed", "bound", "unit", "kind", "what", "period", "first_year", "last_year", *PLACE]


class DatedEventSerializer(SpanSerializer):
    """A date or period that the report prints, with its first and last day as 2017-05-19."""

    class Meta:
        model = DatedEvent
        fields = ["first", "last", "precision", "sense", "printed", "what", "understood", *PLACE]
