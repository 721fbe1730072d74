"""What several descriptions share: the address of a page, paragraph numbers by basis."""

from collections import defaultdict
from collections.abc import Iterable

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


@extend_schema_field(OpenApiTypes.URI)
class AddressField(serializers.Field):
    """The whole address of a path of the site, at the host that was asked."""

    def to_representation(self, path: str) -> str:
        return self.context["request"].build_absolute_uri(path)


def numbers_by_basis(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    """From pairs of a basis and a paragraph's number: the sorted numbers under each basis."""
    numbers = defaultdict(set)
    for basis, number in pairs:
        numbers[basis].add(number)
    return {basis: sorted(numbers[basis]) for basis in sorted(numbers)}
