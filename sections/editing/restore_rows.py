"""Gives many rows their former values at once: few statements for each model, however many rows.

The history records them, and the search index follows.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sections.models import (
    ArticleLink,
    BackReference,
    Block,
    Mention,
    Paragraph,
    Subjects,
    create_rows,
    delete_rows,
    tracked_models,
    update_rows,
)
from sections.models.figures import Span
from sections.models.history import FormerRow
from sections.search.service import refresh

OF_PARAGRAPHS = (ArticleLink, Subjects)  # what the index holds of a paragraph beside the mentions of its blocks
Wanted = tuple[FormerRow, list[str]]  # a row of history, and the columns whose values it gives back


def remove_rows(rows: Iterable[Model]) -> None:
    """Deletes rows, those that belong to others first."""
    by_model = _by_model((type(row)._meta.concrete_model, row) for row in rows)
    for model, of_model in reversed(by_model.items()):
        if model._meta.related_objects:
            for row in of_model:
                row.delete()
        else:
            delete_rows(of_model)
            _refresh(of_model)


def restore_rows(wanted: Iterable[Wanted]) -> list[str]:
    """Gives rows the former values of the named columns; a deleted row gets all of them, and its old key.

    Returns in words which rows could not be restored, and why.
    """
    left_out: list[str] = []
    for model, of_model in _by_model((former.instance_type, (former, columns)) for former, columns in wanted).items():
        rows = _restored(model, of_model)
        _without(rows, _lacking(model, rows), left_out)
        if model is Mention:
            _without(rows, _without_room(rows), left_out)
        elif issubclass(model, Span | BackReference):
            _without(rows, _without_words(rows), left_out)
        _store(rows, left_out)
        _refresh([row for row, _columns in rows])
    return left_out


def stored_rows(rows: Iterable[FormerRow]) -> dict[tuple[type[Model], int], Model]:
    """The rows as they are stored now, by model and key; those that are gone are left out."""
    by_model = _by_model((former.instance_type, former.id) for former in rows)
    return {
        (model, key): row for model, keys in by_model.items() for key, row in model._base_manager.in_bulk(keys).items()
    }


def _by_model(pairs):
    """What is paired with each model, in the order in which rows of the models can be created."""
    groups = defaultdict(list)
    for model, value in pairs:
        groups[model].append(value)
    return {model: groups[model] for model in tracked_models() if model in groups}


def _restored(model, wanted):
    """The rows that differ from what is wanted, with their new values; each with its columns, or None if it is gone."""
    stored = model._base_manager.in_bulk([former.id for former, _columns in wanted])
    rows = []
    for former, columns in wanted:
        row = stored.get(former.id)
        if row is not None and not set(columns) & set(former.differing(row)):
            continue
        new = row is None
        row = former.instance if new else row
        for name in columns:
            setattr(row, name, getattr(former, name))
        rows.append((row, None if new else columns))
    return rows


def _without(rows, faults, left_out):
    """Leaves out the rows with these keys, and says why."""
    left_out += faults.values()
    rows[:] = [pair for pair in rows if pair[0].pk not in faults]


def _lacking(model, rows):
    """Empties references to what no longer exists; in words which rows cannot be without them, by key."""
    faults = {}
    for column in model._meta.concrete_fields:
        if not column.is_relation:
            continue
        keys = {getattr(row, column.attname) for row, _columns in rows} - {None}
        missing = keys - set(column.related_model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
        for row, _columns in rows if missing else ():
            if getattr(row, column.attname) not in missing:
                continue
            setattr(row, column.attname, None)
            if not column.null:
                noun = capfirst(model._meta.verbose_name)
                faults[row.pk] = _("%(record)s: the %(field)s it refers to no longer exists") % {
                    "record": noun, "field": column.verbose_name,
                }  # fmt: skip
    return faults


def _without_room(rows):
    """A mention that is restored replaces overlapping ones that were found automatically, but no other decision."""
    blocks = Block.objects.select_related("paragraph__report").in_bulk({row.block_id for row, _columns in rows})
    own = {row.pk for row, _columns in rows}
    others = defaultdict(list)
    for other in Mention.objects.filter(block__in=blocks).exclude(pk__in=own):
        others[other.block_id].append(other)
    faults, replaced = {}, {}
    for row, _columns in rows:
        block = blocks[row.block_id]
        overlapping = [other for other in others[row.block_id] if other.bars(row.span, row.entry_id)]
        if block.text[row.start : row.end] != row.surface:
            faults[row.pk] = _("“%(words)s”: the text has changed since then") % {"words": row.surface}
        elif any(other.is_decided for other in overlapping):
            faults[row.pk] = _("“%(words)s” in %(paragraph)s: it has been linked to another entry since then") % {
                "words": row.surface, "paragraph": block.paragraph,
            }  # fmt: skip
        else:
            replaced |= {other.pk: other for other in overlapping}
    delete_rows(list(replaced.values()))
    return faults


def _without_words(rows):
    """In words, by key, which figures, dates and places cannot be restored: their words no longer stand there."""
    texts = dict(Block.objects.filter(pk__in={row.block_id for row, _columns in rows}).values_list("pk", "text"))
    words = _("“%(words)s”: the text has changed since then")
    return {
        row.pk: words % {"words": row.surface}
        for row, _columns in rows
        if texts.get(row.block_id, "")[row.start : row.end] != row.surface
    }


def _store(rows, left_out):
    """Stores rows together; where the database refuses, one by one, and says of each why it was left out."""
    new = [row for row, columns in rows if columns is None]
    changed = [(row, columns) for row, columns in rows if columns is not None]
    try:
        with transaction.atomic():
            create_rows(new)
            update_rows(
                [row for row, _columns in changed],
                _names({name for _row, columns in changed for name in columns}, rows),
            )
        return
    except IntegrityError:
        pass
    for row, columns in rows:
        try:
            with transaction.atomic():
                if columns is None:
                    create_rows([row])
                else:
                    update_rows([row], _names(columns, rows))
        except IntegrityError:
            left_out.append(_("%(record)s: another record has taken its place") % {"record": row})


def _names(columns, rows):
    """The names of the fields that are stored in these columns."""
    fields = rows[0][0]._meta.concrete_fields if rows else ()
    return [field.name for field in fields if field.attname in columns]


def _refresh(rows):
    """The index holds links to articles and subjects; the caller brings mentions in line with the names."""
    if rows and isinstance(rows[0], OF_PARAGRAPHS):
        refresh(Paragraph.objects.filter(pk__in={row.paragraph_id for row in rows}))
