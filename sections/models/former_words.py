"""What a row of history says in words, whatever was deleted since."""

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext


def in_words(row: Model) -> str:
    """A row as it was, with deleted records that it names as they were last; only its kind where nothing tells them."""
    try:
        return str(row)
    except ObjectDoesNotExist:
        _give_deleted(row)
    try:
        return str(row)
    except ObjectDoesNotExist:
        return gettext("%(record)s of a record that no longer exists") % {"record": row._meta.verbose_name}


def _give_deleted(row):
    """Gives a row the deleted records that it refers to, as history has them."""
    for field in row._meta.concrete_fields:
        model, key = field.related_model, getattr(row, field.attname)
        if key is not None and hasattr(model, "history") and not model._base_manager.filter(pk=key).exists():
            former = model.history.filter(id=key).order_by("-history_id").first()
            if former is not None:
                setattr(row, field.name, former.instance)
