"""Addresses as the world outside writes them, the languages of the site, and content that has a translation."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django import template
from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext

from sections.citing import whole_address
from sections.models.captions import said

register = template.Library()

PRINTED = re.compile(r"\d[\d,]*(?:\.\d+)?")

register.filter("said", said)


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the site: its tag in HTML, its own name, and in it this page, without and with what was asked."""

    tag: str
    name: str
    path: str
    address: str
    is_spoken: bool


@register.simple_tag(takes_context=True)
def absolute(context, path=None):
    """The whole address of a path (of this page when none is given), at the site's own name where it has one."""
    request = context["request"]
    return whole_address(request, request.path if path is None else path)


@register.simple_tag(takes_context=True)
def languages(context):
    """The languages of the site, English first, each with the address of this page in it."""
    request, spoken = context["request"], get_language()
    query = request.META.get("QUERY_STRING", "")
    ending = f"?{query}" if query else ""
    bare = request.path.removeprefix(_prefix(spoken))
    paths = {code: _prefix(code) + bare for code, _ in settings.LANGUAGES}
    return [
        Language(code.split("-")[0], name, paths[code], paths[code] + ending, code == spoken)
        for code, name in settings.LANGUAGES
    ]


@register.filter
def html_language(code: str) -> str:
    """A language code as HTML writes it: "en-gb" becomes "en-GB"."""
    language, _, region = code.partition("-")
    return f"{language}-{region.upper()}" if region else language


def _prefix(code):
    return "" if code == settings.LANGUAGE_CODE else f"/{code}"


@register.filter
def in_words(outcome) -> str:
    """What came of a sum, in the language of the reader."""
    return gettext(outcome.form) % {name: in_figures(value) for name, value in outcome.values}


@register.filter
def in_figures(value) -> str:
    """An exact number as the language writes it: 1,606,581.68 in English."""
    places = max(-value.as_tuple().exponent, 0)
    return number_format(value, places, force_grouping=True)


@register.filter
def in_signs(signs: str) -> str:
    """A sum in signs, such as "1,200 + 1 = 1,201" or "6 listed", with its numbers as the language writes them."""
    written = PRINTED.sub(lambda number: in_figures(Decimal(number[0].replace(",", ""))), signs)
    counted = written.removesuffix(" listed")
    return written if counted == written else gettext("%(count)s listed") % {"count": counted}
