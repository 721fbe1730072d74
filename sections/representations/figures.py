"""A figure."""

from rest_framework import serializers

from sections.models import Figure

from .fields import PLACE, AddressField, SpanSerializer


class FigureSerializer(SpanSerializer):
    """A number that counts something, where it stands and what of; `value` is exact, `printed` the report's own."""

    value = serializers.DecimalField(max_digits=20, decimal_places=4, normalize_output=True)
    url = AddressField("block.paragraph")

    class Meta:
        model = Figure
        fields = [
            "value", "printed", "bound", "kind", "unit", "what", "period", "first_year", "last_year", *PLACE, "url",
        ]  # fmt: skip


class FigureRowSerializer(FigureSerializer):
    """A figure as a row of a file: without its address."""

    class Meta(FigureSerializer.Meta):
        fields = ["value", "printed", "bound", "unit", "kind", "what", "period", "first_year", "last_year", *PLACE]
