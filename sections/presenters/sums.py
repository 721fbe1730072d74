"""What comes of a checked sum, in a sentence in the reader's language."""

import re
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from sections.figures import Outcome

PRINTED = re.compile(r"\d[\d,]*(?:\.\d+)?")
SENTENCES = {
    "incomplete": _("Cannot be checked: a number is missing, or the whole is zero."),
    "agrees": _("Matches the printed %(printed)s."),
    "shares-agree": _("Matches: together the shares make up the whole."),
    "share-agrees": _("Matches the printed %(printed)s%%."),
    "share-cut": _("Truncated, not rounded: %(printed)s%% printed, %(worked)s%% if rounded."),
    "sum-more": _("Differs: the parts add up to %(worked)s; %(printed)s is printed (%(apart)s more)."),
    "sum-less": _("Differs: the parts add up to %(worked)s; %(printed)s is printed (%(apart)s less)."),
    "count-more": _("Differs: the list has %(worked)s items; %(printed)s is printed (%(apart)s more)."),
    "count-less": _("Differs: the list has %(worked)s items; %(printed)s is printed (%(apart)s less)."),
    "same-more": _("Differs: elsewhere the report gives %(worked)s; here it gives %(printed)s (%(apart)s more)."),
    "same-less": _("Differs: elsewhere the report gives %(worked)s; here it gives %(printed)s (%(apart)s less)."),
    "shares-more": _("Differs: together the shares are %(apart)s percentage points more than the whole."),
    "shares-less": _("Differs: together the shares are %(apart)s percentage points less than the whole."),
    "share-more": _("Differs: %(worked)s%% calculated, %(printed)s%% printed (%(apart)s percentage points more)."),
    "share-less": _("Differs: %(worked)s%% calculated, %(printed)s%% printed (%(apart)s percentage points less)."),
}


def outcome_sentence(outcome: Outcome) -> str:
    """The outcome in a sentence, its numbers written as the language writes them."""
    return gettext(SENTENCES[outcome.message]) % {name: localised(value) for name, value in outcome.values.items()}


def in_signs(signs: str) -> str:
    """A sum in signs, such as "1,200 + 1 = 1,201" or "6 listed", with its numbers as the language writes them."""
    written = PRINTED.sub(lambda number: localised(Decimal(number[0].replace(",", ""))), signs)
    count = written.removesuffix(" listed")
    return written if count == written else gettext("%(count)s listed") % {"count": count}


def localised(value: Decimal) -> str:
    """An exact number as the language writes it: 1,606,581.68 in English."""
    places = max(-value.as_tuple().exponent, 0)
    return number_format(value, places, force_grouping=True)
