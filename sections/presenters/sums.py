"""What comes of a checked sum, in a sentence in the reader's language."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from sections.figures import Outcome

SENTENCES = {
    "agrees": _("Agrees with %(printed)s."),
    "shares-agree": _("Agrees: together the shares make up the whole."),
    "share-agrees": _("Agrees with %(printed)s %%."),
    "share-cut": _(
        "Agrees if decimals are cut off: rounded it would be %(worked)s %%; the report prints %(printed)s %%."
    ),
    "sum-more": _("Does not add up: the parts total %(worked)s; the report prints %(printed)s (%(apart)s more)."),
    "sum-less": _("Does not add up: the parts total %(worked)s; the report prints %(printed)s (%(apart)s less)."),
    "count-more": _("Does not agree: the list has %(worked)s items; the report prints %(printed)s (%(apart)s more)."),
    "count-less": _("Does not agree: the list has %(worked)s items; the report prints %(printed)s (%(apart)s less)."),
    "same-more": _(
        "Does not agree: elsewhere the report prints %(worked)s; here it prints %(printed)s (%(apart)s more)."
    ),
    "same-less": _(
        "Does not agree: elsewhere the report prints %(worked)s; here it prints %(printed)s (%(apart)s less)."
    ),
    "shares-more": _("Does not add up: together the shares are %(apart)s percentage points more than the whole."),
    "shares-less": _("Does not add up: together the shares are %(apart)s percentage points less than the whole."),
    "share-more": _(
        "Does not agree: the share is %(worked)s %%; the report prints %(printed)s %% "
        "(%(apart)s percentage points more)."
    ),
    "share-less": _(
        "Does not agree: the share is %(worked)s %%; the report prints %(printed)s %% "
        "(%(apart)s percentage points less)."
    ),
}


def outcome_sentence(outcome: Outcome) -> str:
    """The outcome in a sentence, its numbers written as the language writes them."""
    return gettext(SENTENCES[outcome.message]) % {name: localised(value) for name, value in outcome.values.items()}


def localised(value: Decimal) -> str:
    """An exact number as the language writes it: 1,606,581.68 in English."""
    places = max(-value.as_tuple().exponent, 0)
    return number_format(value, places, force_grouping=True)
