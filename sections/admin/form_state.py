"""What a form of the desk shows and what was typed into it, as plain words that can be compared and posted again."""

from django.http import QueryDict

from sections.editing.merge3 import REMOVE, State


def shown(form, formsets) -> State:
    """The state of a form and its rows as the database fills them; both are unbound."""
    state = {"": {"": _values(form, lambda name: form[name].value())}}
    for formset in formsets:
        rows = {}
        for row in formset.initial_forms:
            rows[str(row.instance.pk)] = _values(row, lambda name, row=row: row[name].value())
        state[formset.prefix] = rows
    return state


def typed(form, formsets, posted: QueryDict) -> State:
    """The state of a form and its rows as they were posted; both are bound."""
    state = {"": {"": _values(form, lambda name: _posted(form, name, posted))}}
    for formset in formsets:
        rows = {}
        for place, row in enumerate(formset.forms):
            values = _values(row, lambda name, row=row: _posted(row, name, posted))
            if posted.get(row.add_prefix(REMOVE)):
                values[REMOVE] = "on"
            key = posted.get(row.add_prefix(row._meta.model._meta.pk.name), "")
            if key:
                rows[key] = values
            elif row.has_changed():
                rows[f"+{place}"] = values
        state[formset.prefix] = rows
    return state


def as_posted(state: State, posted: QueryDict, formsets) -> QueryDict:
    """What a browser would post for a state; what of the old post belongs to neither form nor rows is kept."""
    made = posted.copy()
    for formset in formsets:
        for name in [name for name in made if name.startswith(f"{formset.prefix}-")]:
            del made[name]
    _write(made, "", state[""][""])
    for formset in formsets:
        rows = state[formset.prefix]
        stored = [key for key in rows if not key.startswith("+")]
        made[f"{formset.prefix}-TOTAL_FORMS"] = str(len(rows))
        made[f"{formset.prefix}-INITIAL_FORMS"] = str(len(stored))
        made[f"{formset.prefix}-MIN_NUM_FORMS"], made[f"{formset.prefix}-MAX_NUM_FORMS"] = "0", "1000"
        order = [*stored, *(key for key in rows if key.startswith("+"))]
        for place, key in enumerate(order):
            prefix = f"{formset.prefix}-{place}-"
            made[f"{prefix}id"] = "" if key.startswith("+") else key
            made[f"{prefix}{formset.fk.name}"] = str(formset.instance.pk or "")
            _write(made, prefix, rows[key])
    return made


def in_words(form, name: str, value: str | None) -> str:
    """A posted value as the form's reader sees it: the words of a choice, yes or no."""
    if value is None:
        return ""
    field = form.fields.get(name)
    if field is None or not value:
        return value
    if hasattr(field, "queryset"):
        found = field.queryset.filter(pk=value).first() if value.isdigit() else None
        return str(found) if found is not None else value
    for key, words in getattr(field, "choices", ()):
        for inner, inner_words in words if isinstance(words, list | tuple) else [(key, words)]:
            if str(inner) == value:
                return str(inner_words)
    return "yes" if value == "on" else value


def label(form, name: str) -> str:
    """The label of a field as the form shows it."""
    return str(form[name].label) if name in form.fields else name


def _values(form, value_of):
    left_out = {form._meta.model._meta.pk.name, REMOVE, "why"}
    names = [name for name in form.fields if name not in left_out and not _is_parent(form, name)]
    return {name: as_text(value_of(name)) for name in names}


def _is_parent(form, name):
    return type(form.fields[name]).__name__ == "InlineForeignKeyField"


def _posted(form, name, posted):
    return form.fields[name].widget.value_from_datadict(posted, {}, form.add_prefix(name))


def _write(made, prefix, values):
    for name, value in values.items():
        if value:
            made[f"{prefix}{name}"] = value
        else:
            made.pop(f"{prefix}{name}", None)
            if name != REMOVE:
                made[f"{prefix}{name}"] = ""


def as_text(value) -> str:
    """A value of a form field as a browser posts it."""
    if value is None or value is False:
        return ""
    if value is True:
        return "on"
    return str(value).replace("\r\n", "\n").strip()
