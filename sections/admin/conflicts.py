"""Two editors on one record: what a form was opened with, and the page that asks the second editor field by field.

Each form carries the state in which it was opened. When the record has another state at the time of saving, the page
posts the form again: as hidden fields what needs no decision, and as radio buttons what the two editors want otherwise.
"""

from collections.abc import Iterator
from dataclasses import astuple, dataclass

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet, ModelForm
from django.http import QueryDict
from django.utils.text import capfirst

from sections.text.parts import TextPart, side_by_side
from sections.text.three_way_merge import DELETE, Difference, Row, State

OPENED, CHOICES = "_opened", "_choices"
SALT = "sections.admin.conflicts"


@dataclass(frozen=True, slots=True)
class Choice:
    """One decision of the second editor: the form field `name`, the values of both sides, and these in words.

    `both` tells that both editors made a change; otherwise only the other one did.
    """

    name: str
    label: str
    opened: str
    theirs: str
    mine: str
    their_value: str
    my_value: str
    both: bool

    @property
    def sides(self) -> tuple[tuple[TextPart, ...], tuple[TextPart, ...]]:
        """Theirs and mine in pieces, with the words marked that differ."""
        return side_by_side(self.theirs, self.mine)


def sealed(content: State | list | None) -> str:
    """A state or choices as signed text for a hidden field."""
    return signing.dumps(content, salt=SALT, compress=True)


def unsealed(text: str) -> State | list | None:
    """What `sealed` was given; None for any other text."""
    try:
        return signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None


def form_state(form: ModelForm, formsets: list[BaseInlineFormSet]) -> State:
    """The state of a form and its rows: as posted where they are bound, else as stored."""
    state = {"": {"": _values(form, ("why",))}}
    for formset in formsets:
        key_name = formset.model._meta.pk.name
        rows = state[formset.prefix] = {}
        for place, row in enumerate(formset.forms):
            key = _as_posted(row[key_name].value())
            if key or (row.is_bound and row.has_changed()):
                rows[key or f"+{place}"] = values = _values(row, (key_name, formset.fk.name, DELETE))
                if row.is_bound and DELETE in row.fields and row[DELETE].value():
                    values[DELETE] = "on"
    return state


def choices(
    differences: list[Difference], merged: State, form: ModelForm, formsets: list[BaseInlineFormSet]
) -> list[Choice]:
    """What the second editor has to decide on, in the order of the form."""
    names = _prefixes(merged, formsets)
    groups = {formset.prefix: formset for formset in formsets}
    asked = []
    for difference in differences:
        formset = groups.get(difference.group)
        words = _FormWords(formset.empty_form if formset else form)
        name = names[difference.group, difference.row] + difference.field
        sides = (difference.opened, difference.theirs, difference.mine)
        noun = capfirst(formset.model._meta.verbose_name) if formset else ""
        if difference.field == DELETE:
            label = f"{noun} “{words.title(difference.mine or difference.theirs or difference.opened)}”"
            absent = "(not there)" if difference.opened is None else "(removed)"
            in_words = [words.row(side, absent) for side in sides]
            values = ("on" if difference.theirs is None else "", "on" if difference.mine is None else "")
        else:
            label = words.label(difference.field)
            if formset:
                label = f"{noun} “{words.title(merged[difference.group][difference.row])}”: {label.lower()}"
            in_words = [words.value(difference.field, side) for side in sides]
            values = sides[1:]
        asked.append(Choice(name, label, *in_words, *values, difference.both))
    return asked


def hidden_inputs(
    merged: State, asked: list[Choice], formsets: list[BaseInlineFormSet], posted: QueryDict
) -> Iterator[tuple[str, str]]:
    """Names and values that post the merged state again, but for what the choices post."""
    asked_names = {choice.name for choice in asked}
    own = tuple(f"{formset.prefix}-" for formset in formsets)
    yield from ((name, value) for name, value in post_again(posted, own) if name not in merged[""][""])
    for (group, key), prefix in _prefixes(merged, formsets).items():
        for field, value in merged[group][key].items():
            if prefix + field not in asked_names:
                yield prefix + field, value
    for formset in formsets:
        rows = merged[formset.prefix]
        stored = [key for key in rows if not key.startswith("+")]
        for place, key in enumerate(stored):
            yield f"{formset.prefix}-{place}-{formset.model._meta.pk.name}", key
        yield f"{formset.prefix}-TOTAL_FORMS", str(len(rows))
        yield f"{formset.prefix}-INITIAL_FORMS", str(len(stored))


def post_again(posted: QueryDict, without: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Names and values of a post for hidden fields, without those whose names begin so and without the token."""
    without = ("csrfmiddlewaretoken", OPENED, CHOICES, *without)
    return [(name, value) for name, values in posted.lists() if not name.startswith(without) for value in values]


def unanswered(posted: QueryDict) -> list[Choice]:
    """The choices that a page offered, if the post leaves one of them out."""
    offered = [Choice(*values) for values in unsealed(posted.get(CHOICES, "")) or ()]
    return offered if any(choice.name not in posted for choice in offered) else []


def sealed_choices(asked: list[Choice]) -> str:
    """The choices that a page offers, for its hidden field."""
    return sealed([astuple(choice) for choice in asked])


def _prefixes(state, formsets):
    """For each row of a state, by group and key, how the names of its form fields begin."""
    prefixes = {("", ""): ""}
    for formset in formsets:
        for place, key in enumerate(state[formset.prefix]):
            prefixes[formset.prefix, key] = f"{formset.prefix}-{place}-"
    return prefixes


def _values(form, without):
    return {name: _as_posted(form[name].value()) for name in form.fields if name not in without}


def _as_posted(value):
    """A value of a form field as a browser posts it."""
    if value is None or value is False:
        return ""
    return "on" if value is True else str(value).replace("\r\n", "\n").strip()


@dataclass
class _FormWords:
    """A form that puts posted values into words."""

    form: ModelForm

    def label(self, name):
        return str(self.form[name].label)

    def value(self, name, value):
        """The words of a choice, the name of a record, yes or no; else the value itself."""
        field = self.form.fields[name]
        if isinstance(field, forms.BooleanField):
            return "yes" if value else "no"
        if isinstance(field, forms.ModelChoiceField):
            try:
                return str(field.to_python(value) or "")
            except ValidationError:
                return value
        return str(dict(getattr(field, "choices", ())).get(value, value)) if value else ""

    def row(self, row: Row | None, absent):
        """The filled fields of a row with their labels."""
        if row is None:
            return absent
        return " · ".join(f"{self.label(name)}: {self.value(name, row[name])}" for name in row if row[name])

    def title(self, row: Row):
        """The first value of a row."""
        return next((self.value(name, value) for name, value in row.items() if value), "")
