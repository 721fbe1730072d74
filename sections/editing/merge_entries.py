"""Merges two entries, and moves names from one entry to another; links follow."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sections.models import Change, Entry, Mention, Name, Relation, ShortForm, changing, delete_rows, update_rows
from sections.text.spans import apart

from .addresses import keep_address
from .relink import names_of, refuse_clashes, relink


class Field(NamedTuple):
    """Something of two entries of which one remains: its key, its label, and the columns that hold it."""

    name: str
    label: Promise
    columns: tuple[str, ...]


FIELDS = [
    Field("name", gettext_lazy("Name"), ("name",)),
    Field("kind", gettext_lazy("Kind"), ("kind",)),
    Field("description", gettext_lazy("In one line"), ("description", "description_paragraph")),
    Field("start_year", gettext_lazy("First year"), ("start_year",)),
    Field("end_year", gettext_lazy("Last year"), ("end_year",)),
]


class CannotMerge(Exception):
    """Says in words why two entries cannot be merged."""


def merge(
    stays: Entry,
    goes: Entry,
    reason: str = "",
    user: AbstractBaseUser | None = None,
    taken: Collection[str] = (),
) -> Change:
    """Gives all names, short forms, relations and links of the second entry to the first, and deletes the second.

    Decisions on its links stay. The fields of FIELDS that are `taken` become those of the entry that goes; the others,
    the register and the address are those of the entry that stays.
    """
    if stays.pk == goes.pk:
        raise CannotMerge(_("An entry cannot be merged with itself. Choose two entries."))
    with changing(Change.Kind.MERGE, reason, user) as change:
        stays, goes = Entry.objects.get(pk=stays.pk), Entry.objects.get(pk=goes.pk)
        entries = [stays.pk, goes.pk]
        before = names_of(entries)
        mentions = list(Mention.objects.filter(entry=goes))
        give_mentions(mentions, stays)
        main_names = [stays.name, goes.name]
        _take_fields(stays, goes, taken)
        for name in goes.names.all():
            give_name(name, stays)
        for text in main_names:
            if not _has_name(stays, text, Name.Language.ENGLISH):
                Name.objects.create(entry=stays, text=text)
        for form in goes.short_forms.all():
            give_short_form(form, stays)
        _give_relations(stays, goes)
        keep_address(goes, stays)
        goes.delete()
        relink(before, entries, {mention.block_id for mention in mentions})
    return change


def _take_fields(stays, goes, taken):
    """Gives the entry that stays the chosen fields of the other; a kind only within a register."""
    for field in FIELDS:
        if field.name in taken and not (field.name == "kind" and stays.type != goes.type):
            for name in field.columns:
                setattr(stays, name, getattr(goes, name))
    stays.full_clean()
    stays.save()


def move_names(names: Iterable[Name], to: Entry, reason: str = "", user: AbstractBaseUser | None = None) -> Change:
    """Gives names to another entry. Mentions found by these names follow, except those on which a person decided."""
    names = list(names)
    with changing(Change.Kind.MOVE, reason, user) as change:
        entries = {name.entry_id for name in names} | {to.pk}
        before = names_of(entries)
        for name in names:
            give_name(name, to)
        refuse_clashes([to.pk])
        relink(before, entries)
    return change


def give_mentions(mentions: list[Mention], stays: Entry) -> list[Mention]:
    """Gives mentions to the entry. Of two that then overlap, the longer one that readers see stays.

    Returns those of the mentions that stay.
    """
    of_both = defaultdict(list)
    for mention in Mention.objects.filter(entry=stays, block__in={mention.block_id for mention in mentions}):
        of_both[mention.block_id].append(mention)
    spare = {}
    for mention in mentions:
        for own in of_both[mention.block_id]:
            if own.span == mention.span or (own.is_shown and mention.is_shown and not apart(own.span, mention.span)):
                lesser = min(own, mention, key=lambda row: (row.is_shown, row.end - row.start, row.is_decided))
                spare[lesser.pk] = lesser
    delete_rows(list(spare.values()))
    moved = [mention for mention in mentions if mention.pk not in spare]
    for mention in moved:
        mention.entry = stays
    update_rows(moved, ["entry"])
    return moved


def give_name(name: Name, entry: Entry) -> None:
    """Moves a name to the entry, or deletes it if the entry already has it."""
    if _has_name(entry, name.text, name.language):
        name.delete()
    else:
        name.entry = entry
        name.save()


def _has_name(entry, text, language):
    return text == entry.name or entry.names.filter(text=text, language=language).exists()


def give_short_form(form: ShortForm, entry: Entry) -> None:
    """Moves a short form to the entry, or joins it with the same one that the entry has."""
    own = ShortForm.objects.filter(entry=entry, report=form.report_id, text=form.text).first()
    if own is None:
        form.entry = entry
        form.save()
    else:
        own.paragraphs = sorted({*own.paragraphs, *form.paragraphs})
        own.save()
        form.delete()


def _give_relations(stays, goes):
    for relation in Relation.objects.filter(Q(source=goes) | Q(target=goes)):
        ends = [stays.pk if key == goes.pk else key for key in (relation.source_id, relation.target_id)]
        same = Relation.objects.filter(source=ends[0], target=ends[1], kind=relation.kind).exclude(pk=relation.pk)
        if ends[0] == ends[1] or same.exists():
            relation.delete()
        else:
            relation.source_id, relation.target_id = ends
            relation.save()
