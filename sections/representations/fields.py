"""The address of a page, which several descriptions share."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


@extend_schema_field(OpenApiTypes.URI)
class AddressField(serializers.Field):
    """The whole address of a path of the site, at the host that was asked."""

    def to_representation(self, path: str) -> str:
        return self.context["request"].build_absolute_uri(path)
