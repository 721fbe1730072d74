"""Finds the figures, dates and places of a stored report and adds those that are missing."""

from dataclasses import dataclass

from django.db import transaction

from sections.figures.dates import dates
from sections.figures.kinds import DEFAULT_KIND
from sections.figures.numbers import numbers
from sections.figures.places import Gazetteer
from sections.models import Basis, Block, DatedEvent, Figure, Place, PlaceMention, Report
from sections.models.content_version import rows_changed


@dataclass(frozen=True, slots=True)
class Added:
    """How many figures, dates and places were added."""

    figures: int
    dates: int
    places: int


@transaction.atomic
def add_figures(report: Report) -> Added:
    """Adds what the finders find and the database does not have at that place yet; changes and removes nothing.

    Days without a year are taken to be of the year in which the report was received, or left out.
    """
    blocks = list(Block.objects.filter(paragraph__report=report).order_by("paragraph__number", "position"))
    year = report.date_received.year if report.date_received else None
    places = {place.slug: place for place in Place.objects.all()}
    gazetteer = Gazetteer({slug: place.names for slug, place in places.items()})
    rows = {Figure: [], DatedEvent: [], PlaceMention: []}
    for block in blocks:
        if block.kind != Block.Kind.TABLE:
            rows[Figure] += [_figure(block, number) for number in numbers(block.text, year)]
        rows[DatedEvent] += [_dated(block, date, year) for date in dates(block.text, year)]
        rows[PlaceMention] += [
            PlaceMention(block=block, **_span(name), place=places[name.place]) for name in gazetteer.find(block.text)
        ]
    return Added(*(_add_missing(model, report, new_rows) for model, new_rows in rows.items()))


def _span(span):
    return {"start": span.start, "end": span.end, "surface": span.surface[:200], "basis": Basis.TEXT}


def _figure(block, number):
    years = dates(number.period)
    return Figure(
        block=block, **_span(number), value=number.value, bound=number.bound, kind=number.kind or DEFAULT_KIND,
        unit=number.unit or "things", what=number.what[:300], period=number.period[:80],
        first_year=years[0].first.year if years else None, last_year=years[0].last.year if years else None,
    )  # fmt: skip


def _dated(block, date, year):
    around = block.text[max(date.start - 80, 0) : date.end + 120].split()
    understood = "" if date.year_printed else f"Taken to be {date.first.year}: the last year that the text names"
    if understood and date.first.year == year:
        understood += ", or that in which the report was received"
    return DatedEvent(
        block=block, **_span(date), first=date.first, last=date.last, precision=date.precision,
        sense=date.sense.value, what=" ".join(around)[:300], understood=understood,
    )  # fmt: skip


def _add_missing(model, report, rows):
    stored = set(model.objects.of(report).values_list("block", "start"))
    missing = [row for row in rows if (row.block_id, row.start) not in stored]
    if missing:
        model.objects.bulk_create(missing)
        rows_changed(model)
    return len(missing)
