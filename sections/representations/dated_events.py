"""A date or period, and what happened then."""

from sections.models import DatedEvent

from .fields import PLACE, SpanSerializer


class DatedEventSerializer(SpanSerializer):
    """A date or period that the report prints, with its first and last day as 2017-05-19."""

    class Meta:
        model = DatedEvent
        fields = ["first", "last", "precision", "sense", "printed", "what", "understood", *PLACE]
