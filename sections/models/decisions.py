"""What people decided on figures, dates, places, facts and captions, and how it survives loading.

A person decides by reviewing a figure, a date or a place, and by changing a field of any of these records at the desk.
"""

from django.db import models
from django.db.models.signals import pre_save
from django.dispatch import receiver

from .convention import Convention, ConventionArticle, ConventionPart
from .documents import RelatedDocument
from .figures import CheckedSum, DatedEvent, Figure, Place, PlaceMention, Span
from .links import files_decide
from .notes import BackReference
from .replies import ReplySubject
from .report import Report
from .review import Review

SPANS: tuple[type[Span], ...] = (Figure, DatedEvent, PlaceMention)
RECORDS = (
    BackReference, CheckedSum, Convention, ConventionArticle, ConventionPart, Place, RelatedDocument, ReplySubject,
    Report,
)  # fmt: skip


def changed_by_hand(row: models.Model) -> set[str]:
    """The names of the columns of a stored row whose present values people gave it at the desk."""
    by_hand: set[str] = set()
    before = None
    for former in type(row).history.filter(id=row.pk).select_related("change").order_by("history_id"):
        columns = set(former.differing(before) if before else former.columns())
        is_by_hand = former.change is not None and former.change.is_by_hand
        by_hand = by_hand | columns if is_by_hand else by_hand - columns
        before = former
    return by_hand


def deleted_by_hand(model: type[Span], blocks: list[int]) -> set[tuple[int, int]]:
    """The places, as keys of blocks and starts, of the model's rows that people deleted last in these blocks."""
    deleted = set()
    rows = model.history.filter(block_id__in=blocks).select_related("change").order_by("history_id")
    for row in rows:
        place = row.block_id, row.start
        if row.history_type == "-" and row.change is not None and row.change.is_by_hand:
            deleted.add(place)
        else:
            deleted.discard(place)
    return deleted


def keep_decisions(sender: type[models.Model], instance: models.Model, raw: bool = False, **kwargs: object) -> None:
    """Before a record of a fixture is stored, by whatever command: gives it what people decided on the stored one.

    A figure, a date or a place that they deleted comes back as rejected, so that readers do not see it again.
    """
    is_span = sender in SPANS
    if not raw or (files_decide() and (not is_span or instance.is_decided)):
        return
    stored = sender._base_manager.filter(pk=instance.pk).first() if instance.pk else None
    if stored is None:
        if is_span and (instance.block_id, instance.start) in deleted_by_hand(sender, [instance.block_id]):
            instance.review = Review.REJECTED
        return
    columns = changed_by_hand(stored)
    if is_span and stored.is_decided:
        columns |= {*sender.MEANING, "end", "surface", "basis", "review"}
    for name in columns:
        setattr(instance, name, getattr(stored, name))


for model in (*SPANS, *RECORDS):
    receiver(pre_save, sender=model)(keep_decisions)
