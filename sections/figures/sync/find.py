"""Finds the figures, dates and places of a stored report and adds those that are missing."""

from dataclasses import dataclass

from django.db import transaction

from sections.figures.dates import dates
from sections.figures.kinds import DEFAULT_KIND
from sections.figures.numbers import numbers
from sections.figures.places import Gazetteer
from sections.models import Basis, Block, DatedEvent, Figure, Place, PlaceMention, Report
from sections.models.versions import rows_changed


@dataclass(frozen=True, slots=True)
class Found:
    """How many figures, dates and places were added."""

    figures: int
    dates: int
    places: int


@transaction.atomic
def add_figures(report: Report) -> Found:
    """Adds what the finders find and the database doesn't hold at that place yet; changes and removes nothing.

    Days without a year are taken to be of the year in which the report was received, or left out.
    """
    blocks = list(Block.objects.filter(paragraph__report=report).order_by("paragraph__number", "position"))
    year = report.date_received.year if report.date_received else None
    places = {place.slug: place for place in Place.objects.all()}
    gazetteer = Gazetteer({slug: place.names for slug, place in places.items()})
    rows = {Figure: [], DatedEvent: [], PlaceMention: []}
    for block in blocks:
        if block.kind != Block.Kind.TABLE:
            rows[Figure] += [_figure(block, found) for found in numbers(block.text, year)]
        rows[DatedEvent] += [_dated(block, found, year) for found in dates(block.text, year)]
        rows[PlaceMention] += [
            PlaceMention(block=block, **_span(found), place=places[found.place]) for found in gazetteer.find(block.text)
        ]
    return Found(*(_add_missing(model, report, found) for model, found in rows.items()))


def _span(found):
    return {"start": found.start, "end": found.end, "surface": found.surface[:200], "basis": Basis.TEXT}


def _figure(block, found):
    years = dates(found.period)
    return Figure(
        block=block, **_span(found), value=found.value, bound=found.bound, kind=found.kind or DEFAULT_KIND,
        unit=found.unit or "things", what=found.what[:300], period=found.period[:80],
        first_year=years[0].first.year if years else None, last_year=years[0].last.year if years else None,
    )  # fmt: skip


def _dated(block, found, year):
    around = block.text[max(found.start - 80, 0) : found.end + 120].split()
    understood = "" if found.year_printed else f"Taken to be {found.first.year}: the last year that the text names"
    if understood and found.first.year == year:
        understood += ", or that in which the report was received"
    return DatedEvent(
        block=block, **_span(found), first=found.first, last=found.last, precision=found.precision,
        sense=found.sense.value, what=" ".join(around)[:300], understood=understood,
    )  # fmt: skip


def _add_missing(model, report, rows):
    held = set(model.objects.of(report).values_list("block", "start"))
    missing = [row for row in rows if (row.block_id, row.start) not in held]
    if missing:
        model.objects.bulk_create(missing)
        rows_changed(model)
    return len(missing)
