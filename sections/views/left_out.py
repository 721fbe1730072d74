"""What of an address a page leaves out, in sentences: filters that it does not have, and values that name nothing."""

from collections.abc import Iterable, Mapping

from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext

LONGEST = 60  # characters of what was typed that are shown
MOST = 5  # sentences
OF_LISTS = ("page",)  # parameters of lists that are no filters


def left_out(
    request: HttpRequest, known: Iterable[str], values: Mapping[str, Iterable[str]] | None = None
) -> list[str]:
    """A sentence for each parameter that is not `known`, and for each whose value is none of its `values`."""
    known, values = {*known, *(values or ())}, values or {}
    sentences = [_no_filter(name) for name in request.GET if name not in known]
    for name, allowed in values.items():
        value = request.GET.get(name, "")
        if value and value not in set(map(str, allowed)):
            sentences.append(_no_value(name, value))
    return sentences[:MOST]


def left_out_of_form(request: HttpRequest, form: Form, hidden: Iterable[str] = ()) -> list[str]:
    """The same of a page whose filters are a form, which says itself what is wrong with the fields that it shows.

    `hidden` are those that it does not show.
    """
    faults = [_no_value(name, request.GET.get(name, "")) for name in form.errors if name in set(hidden)]
    return [*left_out(request, [*form.fields, *OF_LISTS]), *faults][:MOST]


def _no_filter(name):
    return gettext("This page has no filter “%(name)s”. This filter was left out.") % {"name": _short(name)}


def _no_value(name, value):
    form = gettext("“%(value)s” is not a value of the filter “%(name)s”. This filter was left out.")
    return form % {"name": name, "value": _short(value)}


def _short(text):
    text = "".join(letter if letter.isprintable() else " " for letter in text)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
