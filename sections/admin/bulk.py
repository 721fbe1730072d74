"""Actions on several records of a list: a page asks first, with count, examples and a reason, and says how to undo it.

What the page shows is what would happen: the action is carried out and rolled back. If it would do something else by
the time it is confirmed, the page is shown again.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sections.editing.action_effects import Touched, counted, rehearse
from sections.editing.merge_entries import CannotMerge
from sections.editing.relink import NameClash
from sections.editing.review import Outdated
from sections.models import Change

from .history.undo import CONFIRMED
from .pages import desk_page
from .saving.conflicts import post_again
from .saving.refusals import Refused, refusals

SEEN = "_seen"  # the digest of what the page said would happen
REFUSALS = (CannotMerge, NameClash, Outdated, Refused, ValidationError)

Write = Callable[..., Change]


def answers(request: HttpRequest) -> Any:
    """What the page of an action posts; None while the action is only chosen."""
    return request.POST if CONFIRMED in request.POST else None


def count_of(touched: Iterable[Touched]) -> int:
    """The number of records that are touched."""
    return sum(group.count for group in touched)


class AskingActions:
    """Mixin of a ModelAdmin whose actions ask once more before they write."""

    def ask(
        self,
        request: HttpRequest,
        form: forms.Form,
        write: Write,
        title: str,
        *,
        button: str = "",
        lead: str = "",
        names: Iterable[str] = (),
        choices: Iterable[tuple[str, list[Touched]]] = (),
        done: str = "",
    ) -> HttpResponse | None:
        """Writes what the form says and tells so; until it is valid and was seen, the page that asks for it.

        `write` gets the values of the form. `choices` are the effects of each that may be chosen, with a heading.
        """
        status, touched, refusal, is_done, choices = 200, [], "", False, list(choices)
        is_valid, seen = form.is_valid(), request.POST.get(SEEN)
        given = form.cleaned_data if is_valid else _untouched(form)

        def is_as_seen(touched: list[Touched]) -> bool:
            return is_valid and seen in (None, _digest(choices or [("", touched)]))

        try:
            with refusals():
                if given is not None:
                    touched, is_done = rehearse(lambda: write(**given), is_as_seen)
            if is_done:
                return messages.success(request, done or _done(touched))
        except REFUSALS as fault:
            refusal = " ".join(fault.messages) if isinstance(fault, ValidationError) else str(fault)
            status = getattr(fault, "status", status)
        if refusal and is_valid:
            form.add_error(None, refusal)
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
            choices=choices or ([("", touched)] if touched else []),
            count=count_of(touched),
            can_undo=True,
            refusal="" if is_valid else refusal,
            was_changed=bool(is_valid and seen and not refusal),
            hidden=[
                *post_again(request.POST, (CONFIRMED, SEEN, *form.fields)),
                (CONFIRMED, "1"),
                (SEEN, _digest(choices or [("", touched)]) if choices or touched else ""),
            ],
        )


def _untouched(form):
    """The values of a form of which nothing has to be chosen, before anything is."""
    if form.is_bound or any(field.required for field in form.fields.values()) or getattr(form, "needs_choice", False):
        return None
    return {name: field.initial or field.to_python(None) for name, field in form.fields.items()}


def _digest(choices):
    """Differs when something else would happen. The examples stand for their group."""
    groups = [group for _heading, touched in choices for group in touched]
    shown = [(group.count, group.counted, group.action, group.fields, group.examples) for group in groups]
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:32]


def _done(touched):
    if not touched:
        return _("Nothing had to be changed.")
    counts: Counter[tuple[type[Model], str]] = Counter()
    for group in touched:
        counts[group.model, group.action] += group.count
    parts = ({"records": counted(model, count), "action": action} for (model, action), count in counts.items())
    words = ", ".join(_("%(records)s %(action)s") % part for part in parts)
    return _("Done: %(counted)s. To undo this, open “My recent actions”.") % {"counted": words}
