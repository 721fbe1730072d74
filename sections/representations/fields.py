"""What several descriptions share: the address of a page, paragraph numbers by basis."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


@extend_schema_field(OpenApiTypes.URI)
class AddressField(serializers.Field):
    """The permanent address of an object's page, at the host that was asked."""

    def __init__(self, source: str = "*", **options: Any) -> None:
        super().__init__(source=source, read_only=True, **options)

    def to_representation(self, value: Model) -> str:
        return self.context["request"].build_absolute_uri(value.get_absolute_url())


def numbers_by_basis(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    """From pairs of a basis and a paragraph's number: the sorted numbers under each basis."""
    numbers = defaultdict(set)
    for basis, number in pairs:
        numbers[basis].add(number)
    return {basis: sorted(numbers[basis]) for basis in sorted(numbers)}
