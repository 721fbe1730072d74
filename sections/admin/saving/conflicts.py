"""Two editors on one record: what a form was opened with, and the page that asks the second editor field by field.

Each form carries the state in which it was opened. When the record has another state at the time of saving, the page
posts the form again: as hidden fields what needs no decision, and as radio buttons what the two editors want otherwise.
"""

import hashlib
from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet, ModelForm
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sections.text.parts import TextPart, side_by_side
from sections.text.three_way_merge import DELETE, State, merge

OPENED, CHOICES = "_opened", "_choices"
AS_TYPED = "_as_typed"  # posted by the script of the drafts: the form shall be shown with these values, not saved
SALT = "sections.admin.conflicts"

Forms = tuple[ModelForm, list[BaseInlineFormSet]]


class Choice(NamedTuple):
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


def sealed(content: State | list[Choice]) -> str:
    """A state or choices as signed text for a hidden field."""
    return signing.dumps(content, salt=SALT, compress=True)


def opened_state(sealed_text: str) -> str:
    """A short text that is the same for the same state; empty for what `sealed` did not make."""
    state = _unsealed(sealed_text)
    return "" if state is None else hashlib.sha256(repr(state).encode()).hexdigest()[:20]


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


def post_again(posted: QueryDict, without: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Names and values of a post for hidden fields, without those whose names begin so and without the token."""
    without = ("csrfmiddlewaretoken", OPENED, CHOICES, AS_TYPED, *without)
    return [(name, value) for name, values in posted.lists() if not name.startswith(without) for value in values]


def conflict(posted: QueryDict, stored_forms: Forms, bound_forms: Callable[[], Forms]) -> dict[str, Any] | None:
    """What the page of choices shows: `rows` of a choice and the chosen value, `hidden` fields, and `is_incomplete`.

    None when nobody else changed what the form shows, or to the same. `bound_forms` makes those that hold the post,
    which only a record that was changed needs.
    """
    offered = [Choice(*values) for values in _unsealed(posted.get(CHOICES, "")) or ()]
    is_incomplete = any(choice.name not in posted for choice in offered)
    if is_incomplete:
        rows = [(choice, posted.get(choice.name)) for choice in offered]
        inputs = dict(post_again(posted)) | {OPENED: posted.get(OPENED, "")}
    else:
        stored, opened = form_state(*stored_forms), _unsealed(posted.get(OPENED, "")) or {}
        if opened == stored:
            return None
        typed_forms = bound_forms()
        merged, differences = merge(opened, stored, form_state(*typed_forms))
        if not differences:
            return None
        choices = [_choice(difference, merged, *typed_forms) for difference in differences]
        rows = [(choice, None if choice.both else choice.their_value) for choice in choices]
        inputs = _inputs(merged, typed_forms[1], posted) | {OPENED: sealed(stored)}
    inputs[CHOICES] = sealed([choice for choice, _ in rows])
    asked = {choice.name for choice, _ in rows}
    hidden = [(name, value) for name, value in inputs.items() if name not in asked]
    return {"rows": rows, "hidden": hidden, "is_incomplete": is_incomplete}


def _choice(difference, merged, form, formsets):
    """What the second editor has to decide on where the two differ."""
    group, row, field = difference.group, difference.row, difference.field
    sides = (difference.opened, difference.theirs, difference.mine)
    name, label = field, ""
    if group:
        formset = next(formset for formset in formsets if formset.prefix == group)
        form = formset.empty_form
        name = f"{group}-{list(merged[group]).index(row)}-{field}"
        noun = capfirst(formset.model._meta.verbose_name)
        label = _("%(noun)s “%(name)s”") % {"noun": noun, "name": _title(form, merged[group][row])}
    if field == DELETE:
        absent = _("(not there)") if difference.opened is None else _("(removed)")
        in_words = [absent if side is None else _row_words(form, side) for side in sides]
        values = ["on" if side is None else "" for side in sides[1:]]
    else:
        label = f"{label}: {form[field].label.lower()}" if group else str(form[field].label)
        in_words = [_words(form, field, side) for side in sides]
        values = sides[1:]
    return Choice(name, label, *in_words, *values, difference.both)


def _inputs(merged, formsets, posted):
    """Names and values that post the merged state."""
    inputs = dict(post_again(posted, tuple(f"{formset.prefix}-" for formset in formsets))) | merged[""][""]
    for formset in formsets:
        rows = merged[formset.prefix]
        for place, (key, row) in enumerate(rows.items()):
            prefix = f"{formset.prefix}-{place}-"
            inputs |= {prefix + field: value for field, value in row.items()}
            if not key.startswith("+"):
                inputs[prefix + formset.model._meta.pk.name] = key
        inputs[f"{formset.prefix}-TOTAL_FORMS"] = len(rows)
        inputs[f"{formset.prefix}-INITIAL_FORMS"] = sum(not key.startswith("+") for key in rows)
    return inputs


def _unsealed(text):
    """What `sealed` was given, each choice as a list; None for any other text."""
    try:
        return signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None


def _values(form, without):
    return {name: _as_posted(form[name].value()) for name in form.fields if name not in without}


def _as_posted(value):
    """A value of a form field as a browser posts it."""
    if value is None or value is False:
        return ""
    return "on" if value is True else str(value).replace("\r\n", "\n").strip()


def _words(form, name, value):
    """The words of a choice, the name of a record, yes or no; else the value itself."""
    field = form.fields[name]
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(field, forms.ModelChoiceField):
        try:
            return str(field.to_python(value) or "")
        except ValidationError:
            return value
    return str(dict(getattr(field, "choices", ())).get(value, value)) if value else ""


def _row_words(form, row):
    """The filled fields of a row with their labels."""
    return " · ".join(f"{form[name].label}: {_words(form, name, value)}" for name, value in row.items() if value)


def _title(form, row):
    """The first value of a row."""
    return next((_words(form, name, value) for name, value in row.items() if value), "")
