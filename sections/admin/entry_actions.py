"""What can be done with several entries at once from their list: decide on links, merge two, move names."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AutocompleteSelect
from django.template.response import TemplateResponse

from sections.editing.merge import CannotMerge, merge, move_names
from sections.editing.relink import NameClash
from sections.editing.review import set_review
from sections.models import Entry, Mention, Name, Relation, Review

from .conflicts import hidden_fields


class ReasonForm(forms.Form):
    """Why, as every form of the desk asks."""

    reason = forms.CharField(
        label="Why", max_length=500, required=False, help_text="One sentence. Readers see it on the page of changes."
    )


class MergeForm(ReasonForm):
    """Which of two entries stays."""

    stays = forms.ModelChoiceField(
        label="Which entry stays",
        queryset=Entry.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        help_text="Its name, address, kind, description and years stay as they are. It is given the other's names, "
        "short forms, relations and links, and the other is removed.",
    )
    field_order = ["stays", "reason"]

    def __init__(self, entries, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stays"].queryset = entries


class MoveForm(ReasonForm):
    """Which names go to which entry."""

    names = forms.ModelMultipleChoiceField(
        label="Names to move", queryset=Name.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    to = forms.ModelChoiceField(label="To", queryset=Entry.objects.none(), help_text="The entry that they shall mean.")
    field_order = ["names", "to", "reason"]

    def __init__(self, entries, type, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = Name.objects.filter(entry__in=entries).select_related("entry")
        self.fields["names"].queryset = names.order_by("entry__name", "text")
        self.fields["names"].label_from_instance = lambda name: f"{name.text} ({name.entry.name})"
        self.fields["to"].queryset = Entry.objects.filter(type=type)
        self.fields["to"].widget = AutocompleteSelect(Relation._meta.get_field("target"), admin.site)
        self.fields["to"].widget.choices = self.fields["to"].choices


class EntryActs:
    """The actions of a list of entries; each asks once more, with a reason, before it writes."""

    actions = ["confirm_links", "reject_links", "merge_two", "move_names"]

    @admin.action(description="Confirm all links that are not yet reviewed", permissions=["change"])
    def confirm_links(self, request, queryset):
        return self._decide(request, queryset, Review.CONFIRMED, "Confirm links")

    @admin.action(description="Reject all links that are not yet reviewed", permissions=["change"])
    def reject_links(self, request, queryset):
        return self._decide(request, queryset, Review.REJECTED, "Reject links")

    @admin.action(description="Merge two entries", permissions=["change", "delete"])
    def merge_two(self, request, queryset):
        entries = Entry.objects.filter(pk__in=queryset.values("pk"))
        if len(entries) != 2:
            self.say(request, "Choose exactly two entries to merge.", messages.WARNING)
            return None
        form = MergeForm(entries, request.POST if "_do" in request.POST else None)
        if form.is_valid():
            stays = form.cleaned_data["stays"]
            goes = next(entry for entry in entries if entry != stays)
            try:
                merge(stays, goes, form.cleaned_data["reason"], request.user)
            except (CannotMerge, NameClash) as fault:
                form.add_error(None, str(fault))
            else:
                self.say(request, f"{goes.name} is now part of {stays.name}.")
                return None
        names = [_in_words(entry) for entry in entries]
        return self._ask(request, form, "Merge two entries", names, "Merge", "What each of the two holds:")

    @admin.action(description="Move names to another entry", permissions=["change"])
    def move_names(self, request, queryset):
        entries = Entry.objects.filter(pk__in=queryset.values("pk"))
        form = MoveForm(entries, self.model.TYPE, request.POST if "_do" in request.POST else None)
        if form.is_valid():
            names, to = list(form.cleaned_data["names"]), form.cleaned_data["to"]
            try:
                move_names(names, to, form.cleaned_data["reason"], request.user)
            except (CannotMerge, NameClash) as fault:
                form.add_error(None, str(fault))
            else:
                self.say(request, f"{', '.join(name.text for name in names)}: now of {to.name}.")
                return None
        return self._ask(request, form, "Move names", [entry.name for entry in entries], "Move them")

    def _decide(self, request, queryset, review, title):
        keys = list(queryset.values_list("pk", flat=True))
        links = Mention.objects.filter(entry__in=keys, review=Review.UNREVIEWED)
        form = ReasonForm(request.POST if "_do" in request.POST else None)
        if form.is_valid():
            count = set_review(
                Mention, links.values_list("pk", flat=True), review, form.cleaned_data["reason"], request.user
            )
            self.say(request, f"{count} link{'' if count == 1 else 's'} {review.label.split(' by ')[0]}.")
            return None
        names = list(queryset.values_list("name", flat=True))
        lead = f"{links.count()} links of these entries are not yet reviewed."
        return self._ask(request, form, title, names, title, lead)

    def _ask(self, request, form, title, names, button, lead=""):
        """The page on which an action asks what it needs to know."""
        own = tuple(form.fields)
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "form": form,
            "names": names,
            "lead": lead,
            "button": button,
            "hidden": hidden_fields(request.POST, without=("csrf", "_do", *own)),
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/sections/act.html", context)


def _in_words(entry):
    """The entry with what would go over to another."""
    counts = (("link", entry.mentions), ("other name", entry.names), ("short form", entry.short_forms))
    told = [f"{rows.count()} {noun}{'' if rows.count() == 1 else 's'}" for noun, rows in counts]
    return f"{entry.name}: {', '.join(told)}"
