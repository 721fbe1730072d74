"""Puts one row back as a row of history holds it, or takes it away."""

from django.db import IntegrityError, models, transaction

from sections.models import Basis, Block, Mention, Review


class NotPut(Exception):
    """Says in words why a row could not be put back."""


def as_stored(model: type[models.Model], key: int) -> models.Model | None:
    """The row as it is, or None."""
    return model._base_manager.filter(pk=key).first()


def take_away(model: type[models.Model], key: int) -> None:
    """Removes the row, if it is there."""
    if (stored := as_stored(model, key)) is not None:
        stored.delete()


def put(model: type[models.Model], former: models.Model, fields: list[str] | None = None) -> None:
    """Makes the row what the row of history holds, in the given fields or all.

    A row that is gone comes back whole, under its old key.
    """
    stored = as_stored(model, former.id)
    if stored is not None and not differing(stored, former):
        return
    row = former.instance if stored is None else stored
    for name in _names(former) if fields is None or stored is None else fields:
        setattr(row, name, getattr(former, name))
    _refuse_dangling(row)
    if model is Mention:
        _make_room(row)
    try:
        with transaction.atomic():
            row.save(force_insert=stored is None)
    except IntegrityError as fault:
        raise NotPut(f"{row}: another record has taken its place") from fault


def differing(stored: models.Model, former: models.Model) -> list[str]:
    """The names of the fields in which a row differs from a row of history."""
    return [name for name in _names(former) if getattr(stored, name) != getattr(former, name)]


def _names(former):
    return [field.attname for field in type(former).tracked_fields if not field.primary_key]


def _refuse_dangling(row):
    """A row can't point to what is there no more; what may be empty is emptied."""
    for field in row._meta.concrete_fields:
        key = getattr(row, field.attname)
        if not field.is_relation or key is None:
            continue
        if not field.remote_field.model._base_manager.filter(pk=key).exists():
            if not field.null:
                raise NotPut(f"{type(row)._meta.verbose_name.capitalize()}: its {field.verbose_name} is there no more")
            setattr(row, field.attname, None)


def _make_room(mention):
    """A link that a person decided on drives out those that names made; one that another person decided on stays."""
    block = Block.objects.get(pk=mention.block_id)
    if block.text[mention.start : mention.end] != mention.surface:
        raise NotPut(f"“{mention.surface}”: the words have changed their place")
    across = Mention.objects.filter(block=block, start__lt=mention.end, end__gt=mention.start).exclude(pk=mention.pk)
    for other in across:
        if other.review != Review.UNREVIEWED or other.basis == Basis.EDITOR:
            raise NotPut(f"“{mention.surface}” in {block.paragraph}: linked otherwise since then")
        other.delete()
