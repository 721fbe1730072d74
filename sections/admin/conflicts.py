"""Makes ready for the desk's templates what they show: fields to be posted again, choices, former and new words."""

from dataclasses import dataclass

from sections.text.diff import side_by_side
from sections.text.parts import TextPart

from .form_state import in_words, label


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One line of the page where an editor chooses: what it is about, the three values, and what is chosen."""

    key: str
    label: str
    opened: str
    theirs: tuple[TextPart, ...]
    mine: tuple[TextPart, ...]
    both: bool
    chosen: str


def conflict_rows(found, form, formsets, posted) -> list[ChoiceRow]:
    """The differences between two editors as lines to choose from."""
    groups = {formset.prefix: formset for formset in formsets}
    rows = []
    for each in found:
        formset = groups.get(each.group)
        model = form if formset is None else formset.empty_form
        if each.field:
            name = label(model, each.field)
            opened, now, mine = (in_words(model, each.field, value) for value in (each.opened, each.now, each.mine))
            words = name if formset is None else f"{_row_words(formset, each.row)}: {name.lower()}"
        else:
            nouns = formset.model._meta.verbose_name
            words = f"{nouns.capitalize()} “{_first(each.mine or each.now or each.opened)}”"
            opened, now, mine = (
                value if value is not None else "(removed)" for value in (each.opened, each.now, each.mine)
            )
            if each.opened is None:
                opened, mine = "(not there)", "(not there)" if each.mine is None else mine
        theirs, own = side_by_side(now, mine)
        chosen = posted.get(each.key, "" if each.both else "theirs")
        rows.append(ChoiceRow(each.key, words, opened, theirs, own, each.both, chosen))
    return rows


def hidden_fields(posted, without=()) -> list[tuple[str, str]]:
    """Names and values of a post, to be posted again."""
    return [(name, value) for name, values in posted.lists() for value in values if not name.startswith(tuple(without))]


def _row_words(formset, key):
    found = next((form.instance for form in formset.forms if str(form.instance.pk) == key), None)
    noun = formset.model._meta.verbose_name
    return f"{noun.capitalize()} “{found}”" if found is not None else noun.capitalize()


def _first(line):
    return (line or "").split(" · ")[0]
