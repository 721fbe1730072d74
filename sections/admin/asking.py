"""Actions on several records of a list: they ask first, with the number of records, examples and a reason."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from .conflicts import post_again
from .fields import ReasonForm
from .pages import desk_page
from .refusals import Refused, refusals

CONFIRMED = "_do"  # posted by the page that asks
EXAMPLES = 10
LONGEST = 120  # characters of an example


def ask_first(
    desk: ModelAdmin,
    request: HttpRequest,
    write: Callable[[str], str],
    *,
    title: str,
    lead: str,
    examples: list[str],
    button: str,
    form_class: type[forms.Form] = ReasonForm,
) -> HttpResponse | None:
    """The page that asks before an action on many records; None once they said yes and `write` was carried out.

    `write` is given the reason, or "" by a form without one, and returns what was done, in words.
    """
    status, form = 200, form_class(request.POST if CONFIRMED in request.POST else None)
    if form.is_valid():
        try:
            with refusals():
                words = write(form.cleaned_data.get("reason", ""))
            messages.success(request, words)
            return None
        except Refused as refused:
            form.add_error(None, refused.words)
            status = refused.status
    names = [Truncator(words).chars(LONGEST) for words in examples[:EXAMPLES]]
    if len(examples) > EXAMPLES:
        names.append(_("… and %s more") % (len(examples) - EXAMPLES))
    return desk_page(
        request,
        "admin/sections/action_form.html",
        status,
        title=title,
        opts=desk.opts,
        form=form,
        names=names,
        lead=lead,
        button=button,
        hidden=[*post_again(request.POST, (CONFIRMED, *form.fields)), (CONFIRMED, "1")],
    )
