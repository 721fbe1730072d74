"""Actions on the list of entries: decide on their links, merge two, move names."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import pluralize
from django.utils.translation import gettext as _

from sections.editing.merge_entries import CannotMerge, merge, move_names
from sections.editing.relink import NameClash
from sections.editing.review import set_review
from sections.editing.touched import rehearse
from sections.models import Entry, Mention, Name, Relation, Review

from .choosers import words_of
from .conflicts import post_again
from .fields import LookupSelect, ReasonForm, RecordsField
from .pages import desk_page
from .previews import SEEN, digest_of, has_seen
from .refusals import Refused, refusals

CONFIRMED = "_do"  # posted by the page on which an action asks what it needs to know


class MergeForm(ReasonForm):
    """Which of two entries stays."""

    stays = forms.ModelChoiceField(
        label="Which entry stays",
        queryset=Entry.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        help_text="It keeps its name, address, kind, description and years, and receives the names, short forms, "
        "relations and links of the other entry, which is removed.",
    )
    field_order = ["stays", "reason"]


class MoveForm(ReasonForm):
    """Which names move to which entry."""

    names = RecordsField(label="Names to move", queryset=Name.objects.none(), widget=forms.CheckboxSelectMultiple)
    to = forms.ModelChoiceField(
        label="To", queryset=Entry.objects.none(), help_text="The entry that the names will mean."
    )
    field_order = ["names", "to", "reason"]

    def __init__(self, entries: QuerySet[Entry], type: str, *args: Any) -> None:
        super().__init__(*args)
        names = Name.objects.filter(entry__in=entries).select_related("entry")
        self.fields["names"].queryset = names.order_by("entry__name", "text")
        self.fields["names"].label_from_instance = lambda name: f"{name.text} ({name.entry.name})"
        self.fields["to"].queryset = Entry.objects.filter(type=type)
        self.fields["to"].label_from_instance = words_of
        self.fields["to"].widget = LookupSelect(Relation._meta.get_field("target"), admin.site)
        self.fields["to"].widget.choices = self.fields["to"].choices


class EntryActions:
    """Mixin of a ModelAdmin: actions that ask once more, with a reason, before they write."""

    actions = ["confirm_links", "reject_links", "merge_two", "move_names"]

    @admin.action(description="Confirm all links that are not yet reviewed", permissions=["change"])
    def confirm_links(self, request: HttpRequest, queryset: QuerySet[Entry]) -> HttpResponse | None:
        return self._decide(request, queryset, Review.CONFIRMED, "Confirm links")

    @admin.action(description="Reject all links that are not yet reviewed", permissions=["change"])
    def reject_links(self, request: HttpRequest, queryset: QuerySet[Entry]) -> HttpResponse | None:
        return self._decide(request, queryset, Review.REJECTED, "Reject links")

    @admin.action(description="Merge two entries", permissions=["change", "delete"])
    def merge_two(self, request: HttpRequest, queryset: QuerySet[Entry]) -> HttpResponse | None:
        entries = Entry.objects.filter(pk__in=queryset.values("pk"))
        if len(entries) != 2:
            return messages.warning(request, "Choose exactly two entries to merge.")

        def write(stays, reason):
            goes = next(entry for entry in entries if entry != stays)
            merge(stays, goes, reason, request.user)
            return f"{goes.name} is now part of {stays.name}."

        form = MergeForm(_answers(request))
        form.fields["stays"].queryset = entries
        names = [_with_counts(entry) for entry in entries]
        return self._ask(request, form, write, "Merge two entries", names, "Merge", "What belongs to each of the two:")

    @admin.action(description="Move names to another entry", permissions=["change"])
    def move_names(self, request: HttpRequest, queryset: QuerySet[Entry]) -> HttpResponse | None:
        def write(names, to, reason):
            move_names(names.all(), to, reason, request.user)
            words = ", ".join(name.text for name in names.all())
            return _("Moved to %(entry)s: %(names)s.") % {"entry": to.name, "names": words}

        entries = Entry.objects.filter(pk__in=queryset.values("pk"))
        form = MoveForm(entries, self.model.TYPE, _answers(request))
        shown = {"title": _("Move names"), "names": [entry.name for entry in entries]}
        if form.is_valid():
            act = partial(move_names, form.cleaned_data["names"].all(), form.cleaned_data["to"], "", request.user)
            try:
                with refusals():
                    touched = rehearse(act)
            except (NameClash, Refused):
                touched = []  # the attempt to write says why
            decisive = [(group.counted, group.action) for group in touched]
            if touched and not has_seen(request, decisive):
                shown |= {"touched": touched, "seen": digest_of(decisive)}
        return self._ask(request, form, write, **shown)

    def _decide(self, request, queryset, review, title):
        links = Mention.objects.filter(entry__in=queryset.values("pk"), review=Review.UNREVIEWED)
        keys = list(links.values_list("pk", flat=True))

        def write(reason):
            count = set_review(Mention, keys, review, reason, request.user)
            return f"{count} link{pluralize(count)} {review}."

        names = list(queryset.values_list("name", flat=True))
        count = len(keys)
        lead = f"{count} link{pluralize(count)} of these entries {pluralize(count, 'is,are')} not yet reviewed."
        return self._ask(request, ReasonForm(_answers(request)), write, title, names, lead=lead)

    def _ask(self, request, form, write, title, names, button="", lead="", touched=(), seen=""):
        """Writes what the form says and tells so; until it is valid and not refused, the page that asks for it.

        Where it is given what the action would touch, it shows that first; `seen` is then its digest.
        """
        status = 200
        if form.is_valid() and not touched:
            try:
                with refusals():
                    words = write(**form.cleaned_data)
                return messages.success(request, words)
            except (CannotMerge, NameClash, Refused) as refusal:
                form.add_error(None, str(refusal))
                status = getattr(refusal, "status", status)
        return desk_page(
            request,
            "admin/sections/action_form.html",
            status,
            title=title,
            opts=self.opts,
            form=form,
            names=names,
            lead=lead,
            button=button or title,
            touched=touched,
            hidden=[*post_again(request.POST, (CONFIRMED, SEEN, *form.fields)), (CONFIRMED, "1"), (SEEN, seen)],
        )


def _answers(request):
    """What the page of an action posts; None while the action is only chosen."""
    return request.POST if CONFIRMED in request.POST else None


def _with_counts(entry):
    """The entry with the numbers of what would move to another."""
    parts = (("link", entry.mentions), ("other name", entry.names), ("short form", entry.short_forms))
    counts = [(rows.count(), noun) for noun, rows in parts]
    return f"{entry.name}: {', '.join(f'{count} {noun}{pluralize(count)}' for count, noun in counts)}"
