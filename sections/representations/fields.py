"""What several descriptions share: the address of a page, the place of a span, paragraph numbers by basis."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

PLACE = ["paragraph", "block", "start", "end", "basis", "review"]


@extend_schema_field(OpenApiTypes.URI)
class AddressField(serializers.Field):
    """The permanent address of an object's page, at the host that was asked."""

    def __init__(self, source: str = "*", **options: Any) -> None:
        super().__init__(source=source, read_only=True, **options)

    def to_representation(self, value: Model) -> str:
        return self.context["request"].build_absolute_uri(value.get_absolute_url())


class SpanSerializer(serializers.ModelSerializer):
    """Words of a block as printed, and their place; `block` counts the paragraph's blocks from 0."""

    printed = serializers.CharField(source="surface")
    paragraph = serializers.IntegerField(source="block.paragraph.number")
    block = serializers.IntegerField(source="block.position")


def numbers_by_basis(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    """From pairs of a basis and a paragraph's number: the sorted numbers under each basis."""
    numbers = defaultdict(set)
    for basis, number in pairs:
        numbers[basis].add(number)
    return {basis: sorted(numbers[basis]) for basis in sorted(numbers)}
