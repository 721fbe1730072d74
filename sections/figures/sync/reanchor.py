"""Keeps figures, dates and places at their words when the text of a report is replaced."""

import re

from django.db.models import F

from sections.models import Basis, Block, CheckedSum, DatedEvent, Figure, PlaceMention, Report

MODELS = (Figure, DatedEvent, PlaceMention)
OUT_OF_THE_WAY = 1_000_000_000  # added to old places, so that new ones never clash with them


def remember(report: Report) -> dict:
    """The spans of a report before its text is replaced, and how many figures each of its sums adds up."""
    spans = {
        (model, row.pk): (row.paragraph.number, row.surface, row.basis == Basis.EDITOR)
        for model in MODELS
        for row in model.objects.of(report).with_places()
    }
    sums = CheckedSum.objects.filter(paragraph__report=report).prefetch_related("addends")
    return {"spans": spans, "sums": {row.pk: len(row.addends.all()) for row in sums}}


def settle(report: Report, before: dict) -> list[str]:
    """Lays the spans over the new text and removes those whose words are gone, with the sums that they belong to.

    Returns a line for each lost span that an editor put in.
    """
    for model in MODELS:
        _settle_all(model, report)
    left = {(model, key) for model in MODELS for key in model.objects.of(report).values_list("pk", flat=True)}
    for row in CheckedSum.objects.filter(pk__in=before["sums"]).prefetch_related("addends"):
        if len(row.addends.all()) != before["sums"][row.pk]:
            row.delete()
    lost = [span for place, span in before["spans"].items() if place not in left]
    return [f"paragraph {number}, “{surface}”: the words are gone" for number, surface, by_editor in lost if by_editor]


def _settle_all(model, report):
    rows = list(model.objects.of(report).with_places().in_order())
    blocks = {}
    for block in Block.objects.filter(paragraph__report=report).order_by("position"):
        blocks.setdefault(block.paragraph_id, []).append(block)
    model.objects.of(report).update(start=F("start") + OUT_OF_THE_WAY, end=F("end") + OUT_OF_THE_WAY)
    taken, gone = {}, []
    for row in rows:
        here, at = blocks[row.block.paragraph_id], (row.block.position, row.start)
        occupied = taken.setdefault(row.block.paragraph_id, [])
        place = _nearest(row.surface, at, [block.text for block in here], occupied)
        if place is None:
            gone.append(row.pk)
            continue
        row.block, row.start, row.end = here[place[0]], place[1], place[1] + len(row.surface)
        occupied.append((place[0], row.start, row.end))
        row.save(update_fields=["block", "start", "end"])
    model.objects.filter(pk__in=gone).delete()


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
