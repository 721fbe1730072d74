"""What the pages ask that move, merge and split entries."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sections.editing.merge_entries import FIELDS
from sections.models import Entry, Mention, Name, ShortForm
from sections.models.kinds import KINDS_BY_TYPE
from sections.presenters.registers import REGISTERS
from sections.queries.excerpts import excerpts

from ..fields import ReasonForm, RecordsField
from ..review.forms import entry_named

OTHER_HELP = gettext_lazy("Type its name or an acronym, or choose it from the list. It may be in any register.")


def register_choices(without: str = "") -> list[tuple[str, str]]:
    """The registers, each with its key."""
    return [(type, register.heading) for type, register in REGISTERS.items() if type != without]


def kind_choices(without: str = "") -> list[tuple[str, Any]]:
    """The kinds, under the headings of their registers; the key of each begins with that of the register."""
    groups = [
        (register.heading, [(f"{type}:{kind}", capfirst(words)) for kind, words in KINDS_BY_TYPE[type].items()])
        for type, register in REGISTERS.items()
        if type != without
    ]
    return [("", "---------"), *groups]


class OtherEntryField(forms.CharField):
    """Another entry, by any of its names."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"list": "entries", "class": "vTextField", "autocomplete": "off"})
        super().__init__(max_length=400, widget=widget, help_text=OTHER_HELP, **options)

    def clean(self, value: str) -> Entry | None:
        text = super().clean(value)
        return entry_named(text) if text else None


class RegisterForm(ReasonForm):
    """The register and the kind that an entry gets."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Register and kind"),
        help_text=gettext_lazy(
            "The entry keeps its names, short forms, relations, links and history. Its address changes, and the old "
            "address leads to the new one."
        ),
    )
    field_order = ["kind", "reason"]

    def __init__(self, entry: Entry, *args: Any) -> None:
        super().__init__(*args)
        self.fields["kind"].choices = kind_choices(without=entry.type)


class OtherForm(forms.Form):
    """The entry to merge with."""

    other = OtherEntryField(label=gettext_lazy("Merge with"))

    def __init__(self, entry: Entry, *args: Any) -> None:
        self.entry = entry
        super().__init__(*args)

    def clean_other(self) -> Entry:
        """Refuses the entry itself."""
        if self.cleaned_data["other"] == self.entry:
            raise ValidationError(_("This is the entry itself. Name another one."))
        return self.cleaned_data["other"]


class MergeForm(ReasonForm):
    """Which of two entries stays, and from which of them each field is taken."""

    stays = forms.TypedChoiceField(
        label=gettext_lazy("Register and address"),
        coerce=int,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("The entry with this address stays. The address of the other will lead to it."),
    )
    field_order = ["stays"]

    def __init__(self, entries: list[Entry], *args: Any) -> None:
        super().__init__(*args)
        self.entries = entries
        self.fields["stays"].choices = [(entry.pk, entry.get_absolute_url()) for entry in entries]
        self.fields["stays"].initial = entries[0].pk
        for field in FIELDS:
            shown = [_shown(entry, field.name) for entry in entries]
            if shown[0] == shown[1] or (field.name == "kind" and entries[0].type != entries[1].type):
                continue
            self.fields[field.name] = forms.TypedChoiceField(
                label=field.label,
                coerce=int,
                widget=forms.RadioSelect,
                choices=[(entry.pk, words or _("(empty)")) for entry, words in zip(entries, shown, strict=True)],
                initial=next((entry.pk for entry, words in zip(entries, shown, strict=True) if words), entries[0].pk),
            )
        self.order_fields(["stays", *(field.name for field in FIELDS), "reason"])

    @property
    def both(self) -> tuple[Entry, Entry]:
        """The entry that stays, and the one that goes."""
        first, second = self.entries
        return (first, second) if self.cleaned_data["stays"] == first.pk else (second, first)

    @property
    def taken(self) -> list[str]:
        """The fields that come from the entry that goes."""
        goes = self.both[1].pk
        return [field.name for field in FIELDS if self.cleaned_data.get(field.name) == goes]


class SplitForm(ReasonForm):
    """What goes to which other entry, which may be a new one."""

    names = RecordsField(
        label=gettext_lazy("Names that go"),
        queryset=Name.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    short_forms = RecordsField(
        label=gettext_lazy("Short forms that go"),
        queryset=ShortForm.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    mentions = RecordsField(
        label=gettext_lazy("Single links that go"),
        queryset=Mention.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Links follow their names by themselves. Choose here those that go without a name."),
    )
    to = OtherEntryField(label=gettext_lazy("To an entry that exists"), required=False)
    new_name = forms.CharField(
        label=gettext_lazy("Or to a new entry of this name"),
        max_length=400,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    new_kind = forms.ChoiceField(label=gettext_lazy("Register and kind of the new entry"), required=False)
    field_order = ["to", "new_name", "new_kind", "names", "short_forms", "mentions", "reason"]

    def __init__(self, entry: Entry, *args: Any) -> None:
        super().__init__(*args)
        self.entry = entry
        self.fields["new_kind"].choices = kind_choices()
        self.fields["names"].queryset = Name.objects.filter(entry=entry)
        self.fields["short_forms"].queryset = ShortForm.objects.filter(entry=entry).select_related("report")
        mentions = Mention.objects.shown().filter(entry=entry).in_order().select_related("block__paragraph__report")
        self.fields["mentions"].queryset = mentions
        words = excerpts((row.block_id, row.start, row.end) for row in mentions)
        self.fields["mentions"].label_from_instance = lambda row: _in_words(
            row, words.get((row.block_id, row.start, row.end))
        )
        for name in ("names", "short_forms", "mentions"):
            if not self.fields[name].queryset.exists():
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Refuses a split without anything that goes, and one without exactly one place to go."""
        given = super().clean()
        to, name = given.get("to"), given.get("new_name")
        if "to" not in self.errors and bool(to) == bool(name):
            self.add_error("new_name", _("Name either an entry that exists or a new one."))
        if to == self.entry:
            self.add_error("to", _("This is the entry itself. Name another one."))
        if name and not given.get("new_kind"):
            self.add_error("new_kind", _("Choose the register and the kind of the new entry."))
        if not any(given.get(part) for part in ("names", "short_forms", "mentions")) and not name:
            raise ValidationError(_("Choose at least one name, short form or link that goes."))
        return given


def _shown(entry, name):
    """A field of an entry in words."""
    if name == "kind":
        return capfirst(entry.kind_words)
    if name == "description":
        paragraph = entry.description_paragraph
        return f"{entry.description} ({paragraph})" if paragraph and entry.description else entry.description
    return str(getattr(entry, name) or "")


def _in_words(mention, excerpt):
    """A link with the words around it."""
    number = _("Paragraph %(number)s") % {"number": mention.block.paragraph.number}
    if excerpt is None:
        return number
    words = "".join(f"[{part.text}]" if part.marked else part.text for part in excerpt.passage.parts)
    return f"{number}: … {words} …"
