"""Draws random samples for people to check, and keeps what they say."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from sections.models import Report, Sample, SampleItem, changing, content_changed
from sections.queries.samples import drawn

MOST = 200  # items of a sample


def draw_sample(report: Report, kind: str, size: int, checked_by: str) -> Sample | None:
    """A new sample with its items; None where the report holds nothing of the kind."""
    with changing():  # one after the other, so that each has a number of its own
        items, population = drawn(report, kind, size)
        if not items:
            return None
        last = report.samples.aggregate(last=Max("number"))["last"] or 0
        sample = Sample(report=report, number=last + 1, kind=kind, population=population, checked_by=checked_by)
        sample.save()
        SampleItem.objects.bulk_create(
            SampleItem(sample=sample, position=position, paragraph=number, item=words)
            for position, (number, words) in enumerate(items, 1)
        )
    return sample


def keep_answers(items: Iterable[SampleItem]) -> int:
    """Stores the answers and notes of these items, each as checked today; returns their number."""
    items = list(items)
    for item in items:
        item.checked_on = timezone.localdate() if item.answer else None
    with transaction.atomic():
        SampleItem.objects.bulk_update(items, ["answer", "note", "checked_on"])
        if items:
            content_changed()
    return len(items)
