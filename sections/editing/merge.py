"""Makes one entry of two, and gives names of one entry to another; links follow."""

from collections.abc import Iterable

from django.db.models import Q

from sections.models import Change, Entry, Mention, Name, Relation, ShortForm, changing, update_rows
from sections.models.text import Block

from .relink import apply_plans, names_by_report, plans_after, refresh_blocks, refuse_clashes


class CantMerge(Exception):
    """Says in words why two entries can't become one, or names can't be moved."""


def merge(stays: Entry, goes: Entry, reason: str = "", user=None) -> Change:
    """Gives all names, short forms, relations and links of one entry to the other, and removes it.

    What people decided on its links stays decided. Kind, description and years are those of the entry that stays.
    """
    if stays.pk == goes.pk:
        raise CantMerge("An entry can't be merged with itself. Choose two.")
    if stays.type != goes.type:
        raise CantMerge(f"{stays.name} is of the type {stays.type}, {goes.name} of the type {goes.type}.")
    with changing(Change.Kind.MERGE, reason, user) as change:
        stays, goes = Entry.objects.get(pk=stays.pk), Entry.objects.get(pk=goes.pk)
        before = names_by_report([stays.pk, goes.pk])
        mentions = list(Mention.objects.filter(entry=goes))
        for mention in mentions:
            mention.entry = stays
        update_rows(mentions, ["entry"])
        blocks = {mention.block_id for mention in mentions}
        replies = set(Block.objects.filter(pk__in=blocks).values_list("paragraph__section", flat=True))
        _give_names(stays, goes)
        _give_short_forms(stays, goes)
        _give_relations(stays, goes)
        goes.delete()
        apply_plans(plans_after(before, [stays.pk], replies))
        refresh_blocks(blocks)
    return change


def move_names(names: Iterable[Name], to: Entry, reason: str = "", user=None) -> Change:
    """Gives names to another entry; mentions that they made follow, but for those that a person decided on."""
    names = list(names)
    with changing(Change.Kind.MOVE, reason, user) as change:
        entries = {name.entry_id for name in names} | {to.pk}
        before = names_by_report(entries)
        for name in names:
            if to.names.filter(text=name.text, language=name.language).exists() or name.text == to.name:
                name.delete()
            else:
                name.entry = to
                name.save()
        refuse_clashes([to.pk])
        apply_plans(plans_after(before, entries))
        refresh_blocks(())
    return change


def _give_names(stays, goes):
    known = {(name.text, name.language) for name in stays.names.all()}
    for name in goes.names.all():
        if (name.text, name.language) in known or name.text == stays.name:
            name.delete()
        else:
            known.add((name.text, name.language))
            name.entry = stays
            name.save()
    if goes.name != stays.name and (goes.name, Name.Language.ENGLISH) not in known:
        Name.objects.create(entry=stays, text=goes.name)


def _give_short_forms(stays, goes):
    for form in goes.short_forms.all():
        own = ShortForm.objects.filter(entry=stays, report=form.report_id, text=form.text).first()
        if own is None:
            form.entry = stays
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
