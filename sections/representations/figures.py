"""The report as data: figures and dates, which are spans of a block; tables with their numbers and checks; places."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.conf import settings
from django.utils.translation import override
from rest_framework import serializers

from sections.figures import check_table
from sections.figures.tables import grid
from sections.models import DatedEvent, Figure, Table
from sections.presenters.sums import outcome_sentence
from sections.queries.places import NamedPlace

from .fields import AddressField

PLACE = ["paragraph", "block", "start", "end", "basis", "review"]
PLACE_ROW = ("place", "kind", "within", "code", "paragraphs")


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
    """A date or period that the report prints, with its first and last day as 2017-05-19.

    `words` is the printed date with the word that says how it is meant: "before 1 January 2007".
    """

    words = serializers.SerializerMethodField()

    class Meta:
        model = DatedEvent
        fields = ["first", "last", "precision", "sense", "words", "printed", "what", "understood", *PLACE]

    def get_words(self, event: DatedEvent) -> str:
        with override(settings.LANGUAGE_CODE):  # data speaks one language
            return event.in_words


class TableSerializer(serializers.ModelSerializer):
    """The parts of a table as printed; `header` is a list of cells, `rows` a list of such lists."""

    header = serializers.ListField(child=serializers.CharField())
    rows = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))

    class Meta:
        model = Table
        fields = ["number", "title", "unit", "header", "rows", "source"]


class CheckedTableSerializer(TableSerializer):
    """A table with its paragraph, its exact numbers (null for a cell without one) and the outcome of each total."""

    paragraph = serializers.IntegerField(source="block.paragraph.number")
    values = serializers.SerializerMethodField()
    checks = serializers.SerializerMethodField()

    class Meta(TableSerializer.Meta):
        fields = ["number", "paragraph", "title", "unit", "source", "header", "rows", "values", "checks"]

    def get_values(self, table: Table) -> list[list[str | None]]:
        numbers = grid(table.header, table.rows).rows
        return [[None if number is None else _plain_number(number) for number in row] for row in numbers]

    def get_checks(self, table: Table) -> list[dict]:
        with override(settings.LANGUAGE_CODE):  # data speaks one language
            return [
                {
                    "side": check.side,
                    "label": check.label,
                    "agrees": check.outcome.agrees,
                    "words": outcome_sentence(check.outcome),
                }
                for check in check_table(table.header, table.rows)
            ]


def table_cells(table: Table) -> list[list[str | Decimal]]:
    """The table's header and rows; a cell that holds a number as that exact number, any other as printed."""
    numbers = grid(table.header, table.rows)
    lines: list[list[str | Decimal]] = [[label.strip() for label in table.header]]
    for label, values, row in zip(numbers.labels, numbers.rows, table.rows, strict=True):
        cells = zip(values, row[1:], strict=False)
        plain = [cell.strip() if value is None else Decimal(_plain_number(value)) for value, cell in cells]
        lines.append([label, *plain])
    return lines


def place_rows(places: Iterable[NamedPlace], within: str = "") -> Iterator[dict[str, str]]:
    """A row for each place that a paragraph names, each followed by the places within it."""
    for named in places:
        if named.paragraphs:
            yield {
                "place": named.place.name,
                "kind": named.place.kind,
                "within": within,
                "code": named.place.code,
                "paragraphs": " ".join(map(str, named.paragraphs)),
            }
        yield from place_rows(named.within, named.place.name)


def _plain_number(value: Decimal) -> str:
    """A number without thousands separators and without trailing zeros: 1606581.68."""
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
