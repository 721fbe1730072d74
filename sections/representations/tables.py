"""A table: its parts as printed, its numbers, and the checks of its totals."""

from decimal import Decimal

from django.conf import settings
from django.utils.translation import override
from rest_framework import serializers

from sections.figures import check_table
from sections.figures.tables import grid
from sections.models import Table
from sections.presenters.sums import outcome_sentence


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
        return [[None if number is None else plain_number(number) for number in row] for row in numbers]

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


def table_cells(table: Table) -> list[list[str]]:
    """The table's header and rows; a cell that holds a number as that exact number, any other as printed."""
    numbers = grid(table.header, table.rows)
    lines = [[label.strip() for label in table.header]]
    for label, values, row in zip(numbers.labels, numbers.rows, table.rows, strict=True):
        cells = zip(values, row[1:], strict=False)
        lines.append([label, *(cell.strip() if value is None else plain_number(value) for value, cell in cells)])
    return lines


def plain_number(value: Decimal) -> str:
    """A number without thousands separators and without trailing zeros: 1606581.68."""
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
