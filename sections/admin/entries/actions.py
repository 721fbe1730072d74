"""Actions on the list of entries: decide on their links, merge two, move names."""

from contextlib import suppress
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sections.editing.action_effects import rehearse
from sections.editing.merge_entries import CannotMerge, merge, move_names
from sections.editing.relink import NameClash
from sections.editing.review import decided
from sections.models import Change, Entry, Mention, Name, Relation, Review

from ..bulk import AskingActions, answers
from ..choosers import words_of
from ..fields import LookupSelect, ReasonForm, RecordsField
from ..saving.refusals import Refused, refusals


class MergeForm(ReasonForm):
    """Which of two entries stays."""

    stays = forms.ModelChoiceField(
        label=_("Which entry stays"),
        queryset=Entry.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        help_text=_(
            "It keeps its name, address, kind, description and years, and receives the names, short forms, "
            "relations and links of the other entry, which is removed."
        ),
    )
    field_order = ["stays", "reason"]


class MoveForm(ReasonForm):
    """Which names move to which entry."""

    names = RecordsField(label=_("Names to move"), queryset=Name.objects.none(), widget=forms.CheckboxSelectMultiple)
    to = forms.ModelChoiceField(
        label=_("To"), queryset=Entry.objects.none(), help_text=_("The entry that the names will mean.")
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


class EntryActions(AskingActions):
    """Mixin of a ModelAdmin: actions that ask once more, with a reason, before they write."""

    actions = ["confirm_links", "reject_links", "reset_links", "merge_two", "move_names"]

    @admin.action(description=_("Confirm all links that are not yet reviewed"), permissions=["change"])
    def confirm_links(self, request: HttpRequest, queryset: QuerySet[Entry]) -> HttpResponse | None:
        return self._decide(request, queryset, Review.CONFIRMED, _("Confirm links"))

    @admin.action(description=_("Reject all links that are not yet reviewed"), permissions=["change"])
    def reject_links(self, request: HttpRequest, queryset: QuerySet[Entry]) -> HttpResponse | None:
        return self._decide(request, queryset, Review.REJECTED, _("Reject links"))

    @admin.action(description=_("Set all reviewed links to “not yet reviewed”"), permissions=["change"])
    def reset_links(self, request: HttpRequest, queryset: QuerySet[Entry]) -> HttpResponse | None:
        return self._decide(request, queryset, Review.UNREVIEWED, _("Set to “not yet reviewed”"))

    @admin.action(description=_("Merge two entries"), permissions=["change", "delete"])
    def merge_two(self, request: HttpRequest, queryset: QuerySet[Entry]) -> HttpResponse | None:
        entries = list(Entry.objects.filter(pk__in=queryset.values("pk")))
        if len(entries) != 2:
            return messages.warning(request, _("Choose exactly two entries to merge."))

        def write(stays: Entry, reason: str = "") -> Change:
            goes = next(entry for entry in entries if entry != stays)
            return merge(stays, goes, reason, request.user)

        form = MergeForm(answers(request))
        form.fields["stays"].queryset = Entry.objects.filter(pk__in=[entry.pk for entry in entries])
        choices = self._merges(entries, write)
        return self.ask(
            request,
            form,
            write,
            _("Merge two entries"),
            button=_("Merge"),
            lead=_("What belongs to each of the two:"),
            names=[_with_counts(entry) for entry in entries],
            choices=choices,
            done=_("Merged: %(names)s. To undo it, open “My recent actions”.")
            % {"names": " + ".join(entry.name for entry in entries)},
        )

    @admin.action(description=_("Move names to another entry"), permissions=["change"])
    def move_names(self, request: HttpRequest, queryset: QuerySet[Entry]) -> HttpResponse | None:
        def write(names: QuerySet[Name], to: Entry, reason: str) -> Change:
            return move_names(names, to, reason, request.user)

        entries = Entry.objects.filter(pk__in=queryset.values("pk"))
        form = MoveForm(entries, self.model.TYPE, answers(request))
        names = [entry.name for entry in entries]
        return self.ask(request, form, write, _("Move names"), names=names)

    def _merges(self, entries, write):
        """What merging would touch, for each of the two that may stay without being refused."""
        choices = []
        for stays in entries:
            with suppress(CannotMerge, NameClash, Refused), refusals():
                touched, _is_done = rehearse(lambda stays=stays: write(stays))
                choices.append((_("If “%(name)s” stays") % {"name": stays.name}, touched))
        return choices

    def _decide(self, request, queryset, review, title):
        is_reset = review == Review.UNREVIEWED
        unreviewed = Q(review=Review.UNREVIEWED)
        links = Mention.objects.filter(~unreviewed if is_reset else unreviewed, entry__in=queryset.values("pk"))
        keys = list(links.values_list("pk", flat=True))

        def write(reason: str) -> Change:
            return decided(Mention, keys, review, reason, request.user)

        if is_reset:
            lead = ngettext(
                "%(count)s link of these entries is reviewed.",
                "%(count)s links of these entries are reviewed.",
                len(keys),
            )
        else:
            lead = ngettext(
                "%(count)s link of these entries is not yet reviewed.",
                "%(count)s links of these entries are not yet reviewed.",
                len(keys),
            )
        names = list(queryset.values_list("name", flat=True))
        return self.ask(
            request, ReasonForm(answers(request)), write, title, names=names, lead=lead % {"count": len(keys)}
        )


def _with_counts(entry):
    """The entry with the numbers of what would move to another."""
    links, names, forms = entry.mentions.count(), entry.names.count(), entry.short_forms.count()
    counts = [
        ngettext("%(count)s link", "%(count)s links", links) % {"count": links},
        ngettext("%(count)s other name", "%(count)s other names", names) % {"count": names},
        ngettext("%(count)s short form", "%(count)s short forms", forms) % {"count": forms},
    ]
    return f"{entry.name}: {', '.join(counts)}"
