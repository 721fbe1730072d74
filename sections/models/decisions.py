"""What people decided on figures, dates, places, facts and captions, and how it survives loading.

A person decides by reviewing a figure, a date or a place, and by changing a field of any of these records at the desk.
"""

from django.db import models
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver

from .convention import Convention, ConventionArticle, ConventionPart
from .documents import RelatedDocument
from .figures import Addend, CheckedSum, DatedEvent, Figure, Place, PlaceMention, Span
from .history import Change
from .links import files_decide
from .notes import BackReference
from .replies import ReplySubject
from .report import Report
from .review import Review

SPANS: tuple[type[Span], ...] = (Figure, DatedEvent, PlaceMention)
REVIEWED = (*SPANS, CheckedSum)
RECORDS = (
    BackReference, Convention, ConventionArticle, ConventionPart, Place, RelatedDocument, ReplySubject, Report,
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


def deleted_by_hand(model: type[Span] | type[CheckedSum], holders: list[int]) -> set[tuple[int, int]]:
    """The places of the model's rows that people deleted last in these blocks, or of sums in these paragraphs.

    A place is the key of the block with a start, or of the paragraph with a position.
    """
    deleted = set()
    rows = model.history.filter(**{f"{model.NATURAL_KEY[0]}__in": holders})
    for row in rows.select_related("change").order_by("history_id"):
        place = _place(model, row)
        if row.history_type == "-" and row.change is not None and row.change.is_by_hand:
            deleted.add(place)
        else:
            deleted.discard(place)
    return deleted


def _place(model, row):
    holder, number = model.NATURAL_KEY
    return getattr(row, f"{holder}_id"), getattr(row, number)


def keep_decisions(sender: type[models.Model], instance: models.Model, raw: bool = False, **kwargs: object) -> None:
    """Before a record of a fixture is stored, by whatever command: gives it what people decided on the stored one.

    A figure, a date, a place or a sum that they deleted comes back as rejected, so that readers do not see it again.
    """
    is_reviewed = sender in REVIEWED
    if not raw or (files_decide() and (not is_reviewed or instance.is_decided)):
        return
    stored = sender._base_manager.filter(pk=instance.pk).first() if instance.pk else None
    if stored is None:
        if is_reviewed:
            place = _place(sender, instance)
            if place in deleted_by_hand(sender, [place[0]]):
                instance.review = Review.REJECTED
        return
    columns = changed_by_hand(stored)
    if sender in SPANS and stored.is_decided:
        columns |= {*sender.MEANING, "end", "surface", "basis", "review"}
    for name in columns:
        setattr(instance, name, getattr(stored, name))


@receiver(post_save, sender=Addend)
def keep_addends(sender: type[Addend], instance: Addend, created: bool, raw: bool = False, **kwargs: object) -> None:
    """After an addend of a fixture is stored: removes it where people chose the addends of that sum."""
    if not (raw and created) or files_decide():
        return
    by_hand = Addend.history.filter(checked_sum=instance.checked_sum_id, change__isnull=False)
    if by_hand.exclude(change__kind__in=Change.BY_SOFTWARE).exists():
        of_files = Addend.objects.filter(pk=instance.pk)
        of_files._raw_delete(of_files.db)  # no history: it was never there


for model in (*REVIEWED, *RECORDS):
    receiver(pre_save, sender=model)(keep_decisions)
