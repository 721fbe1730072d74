"""Keeps the figures, dates and places of a stored report in step with its text."""

import re
from collections import defaultdict

from django.db import transaction
from django.db.models import F

from sections.models import Basis, Block, CheckedSum, DatedEvent, Figure, Place, PlaceMention, Report, deleted_by_hand
from sections.models.content_version import rows_changed

from .dates import dates
from .kinds import DEFAULT_KIND
from .numbers import numbers
from .places import Gazetteer

MODELS = (Figure, DatedEvent, PlaceMention)
BATCH = 400  # rows per statement
OUT_OF_THE_WAY = 1_000_000_000  # added to old places, so that new ones never clash with them


@transaction.atomic
def add_figures(report: Report) -> list[int]:
    """Adds what is found and the database does not have at that place yet; changes and removes nothing.

    What an editor deleted is not added again.

    Returns how many figures, dates and places were added. Days without a year are taken to be of the year in which the
    report was received, or left out.
    """
    year = report.date_received.year if report.date_received else None
    places = {place.slug: place for place in Place.objects.all()}
    gazetteer = Gazetteer({slug: place.names for slug, place in places.items()})
    rows = {model: [] for model in MODELS}
    for block in Block.objects.filter(paragraph__report=report).order_by("paragraph__number", "position"):
        if block.kind != Block.Kind.TABLE:
            rows[Figure] += [_figure(block, number) for number in numbers(block.text, year)]
        rows[DatedEvent] += [_dated(block, date, year) for date in dates(block.text, year)]
        rows[PlaceMention] += [
            PlaceMention(block=block, **_span(name), place=places[name.place]) for name in gazetteer.find(block.text)
        ]
    return [_add_missing(model, report, new_rows) for model, new_rows in rows.items()]


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
        sense=date.sense, what=" ".join(around)[:300], understood=understood,
    )  # fmt: skip


def _add_missing(model, report, rows):
    stored = set(model.objects.of(report).values_list("block", "start"))
    stored |= deleted_by_hand(model, list({row.block_id for row in rows}))
    missing = [row for row in rows if (row.block_id, row.start) not in stored]
    if missing:
        model.objects.bulk_create(missing)
        rows_changed(model)
    return len(missing)


def remember(report: Report) -> dict:
    """The spans of a report before its text is replaced, and its sums, each with the number of its addends."""
    spans = {
        (model, row.pk): (row.paragraph.number, row.surface, row.is_decided or row.basis == Basis.EDITOR)
        for model in MODELS
        for row in model.objects.of(report).with_places()
    }
    sums = CheckedSum.objects.filter(paragraph__report=report).select_related("paragraph").prefetch_related("addends")
    return {"spans": spans, "sums": {row.pk: (len(row.addends.all()), row) for row in sums}}


def settle(report: Report, before: dict) -> list[str]:
    """Lays the spans over the new text and removes those whose words are gone, with the sums that they belong to.

    Returns a line for each lost span that an editor put in or decided on, and for each such sum.
    """
    for model in MODELS:
        _settle_all(model, report)
    left = {(model, key) for model in MODELS for key in model.objects.of(report).values_list("pk", flat=True)}
    for row in CheckedSum.objects.filter(pk__in=before["sums"]).prefetch_related("addends"):
        if len(row.addends.all()) != before["sums"][row.pk][0]:
            row.delete()
    lost = [span for place, span in before["spans"].items() if place not in left]
    lines = [f"paragraph {number}, “{surface}”: the words are gone" for number, surface, by_editor in lost if by_editor]
    left_sums = set(CheckedSum.objects.filter(pk__in=before["sums"]).values_list("pk", flat=True))
    lost_sums = [row for key, (_count, row) in before["sums"].items() if key not in left_sums and row.is_decided]
    return lines + [f"paragraph {row.paragraph.number}, “{row}”: a figure of this sum is gone" for row in lost_sums]


def _settle_all(model, report):
    rows = list(model.objects.of(report).with_places().in_order())
    blocks = defaultdict(list)
    for block in Block.objects.filter(paragraph__report=report).order_by("position"):
        blocks[block.paragraph_id].append(block)
    taken, gone, laid = defaultdict(list), [], []
    for row in rows:
        here, at = blocks[row.block.paragraph_id], (row.block.position, row.start)
        occupied = taken[row.block.paragraph_id]
        place = _nearest(row.surface, at, [block.text for block in here], occupied)
        if place is None:
            gone.append(row.pk)
            continue
        row.block, row.start, row.end = here[place[0]], place[1], place[1] + len(row.surface)
        occupied.append((place[0], row.start, row.end))
        laid.append(row)
    model.objects.filter(pk__in=gone).delete()
    model.objects.of(report).update(start=F("start") + OUT_OF_THE_WAY, end=F("end") + OUT_OF_THE_WAY)
    model.objects.bulk_update(laid, ["block", "start", "end"], batch_size=BATCH)  # the import records its changes
    rows_changed(model)


def _nearest(words, at, texts, taken):
    """Index and start of the words nearest to where they stood, as words or numbers of their own; None if nowhere."""
    alone = re.compile(rf"(?<![\w,.]){re.escape(words)}(?!\w|[,.]\d)")
    places = [
        (abs(index - at[0]), abs(match.start() - at[1]), index, match.start())
        for index, text in enumerate(texts)
        for match in alone.finditer(text)
        if not any(index == other and match.start() < stop and match.end() > begin for other, begin, stop in taken)
    ]
    return min(places)[2:] if places else None
