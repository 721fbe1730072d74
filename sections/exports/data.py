"""Figures, dates, places and tables as plain rows, and those rows as CSV and as JSON."""

import csv
import json
from collections.abc import Iterable
from decimal import Decimal
from io import StringIO

from django.conf import settings
from django.utils.translation import override

from sections.figures import check_table
from sections.figures.tables import grid
from sections.models import DatedEvent, Figure, Table
from sections.presenters.sums import outcome_sentence
from sections.queries.places import Named


def figure_rows(figures: Iterable[Figure]) -> list[dict]:
    """A row for each figure; values are exact numbers as text."""
    return [
        {
            "value": plain(row.value),
            "printed": row.surface,
            "bound": row.bound,
            "unit": row.unit,
            "kind": row.kind,
            "what": row.what,
            "period": row.period,
            "first_year": row.first_year,
            "last_year": row.last_year,
            **_place(row),
        }
        for row in figures
    ]


def date_rows(dates: Iterable[DatedEvent]) -> list[dict]:
    """A row for each date or period, with its first and last day."""
    return [
        {
            "first": row.first.isoformat(),
            "last": row.last.isoformat(),
            "precision": row.precision,
            "sense": row.sense,
            "printed": row.surface,
            "what": row.what,
            "understood": row.understood,
            **_place(row),
        }
        for row in dates
    ]


def place_rows(named: Iterable[Named], within: str = "") -> list[dict]:
    """A row for each place that is named, with the numbers of its paragraphs; places within it follow it."""
    rows = []
    for row in named:
        if row.paragraphs:
            rows.append(
                {
                    "place": row.place.name,
                    "kind": row.place.kind,
                    "within": within,
                    "code": row.place.code,
                    "paragraphs": " ".join(map(str, row.paragraphs)),
                }
            )
        rows += place_rows(row.within, row.place.name)
    return rows


def table_rows(table: Table) -> list[list]:
    """The table's header and rows; cells that hold a number as that exact number, others as printed."""
    read = grid(table.header, table.rows)
    lines = [[label.strip() for label in table.header]]
    for label, values, row in zip(read.labels, read.rows, table.rows, strict=True):
        cells = [
            plain(value) if value is not None else cell.strip() for value, cell in zip(values, row[1:], strict=False)
        ]
        lines.append([label, *cells])
    return lines


def table_json(table: Table) -> dict:
    """The table as printed, its numbers, and the outcome of each total that it prints."""
    with override(settings.LANGUAGE_CODE):
        checks = [
            {
                "side": check.side,
                "label": check.label,
                "agrees": check.outcome.agrees,
                "words": outcome_sentence(check.outcome),
            }
            for check in check_table(table.header, table.rows)
        ]
    return {
        "number": table.number,
        "paragraph": table.block.paragraph.number,
        "title": table.title,
        "unit": table.unit,
        "source": table.source,
        "header": table.header,
        "rows": table.rows,
        "values": [
            [None if value is None else plain(value) for value in row] for row in grid(table.header, table.rows).rows
        ],
        "checks": checks,
    }


def plain(value: Decimal) -> str:
    """A number without separators and without noughts at its end: 1606581.68."""
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def as_csv(rows: list[dict] | list[list]) -> str:
    """Rows as CSV; the keys of dictionaries make its first line."""
    out = StringIO()
    if rows and isinstance(rows[0], dict):
        rows = [list(rows[0]), *(list(row.values()) for row in rows)]
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def as_json(content) -> str:
    """The content as JSON that people can read too."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _place(row):
    return {
        "paragraph": row.block.paragraph.number,
        "block": row.block.position,
        "start": row.start,
        "end": row.end,
        "basis": row.basis,
        "review": row.review,
    }
