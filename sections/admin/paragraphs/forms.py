"""The forms of the desk's page of a paragraph: decisions on all its links, and words that are linked by hand."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sections.editing.paragraph_links import Link
from sections.editing.review import state_of
from sections.linking.tokens import find_words
from sections.models import Block, Entry, Review
from sections.queries.review_queue import key_of
from sections.text.whole_numbers import MOST, whole_number

from ..fields import REASON_HELP
from ..review.forms import entry_named

LONGEST = 500  # characters of the words of a link
CHOICES = [
    (Review.CONFIRMED, gettext_lazy("Confirm")),
    (Review.REJECTED, gettext_lazy("Reject")),
    (Review.UNREVIEWED, gettext_lazy("Not reviewed")),
]


class ReasonField(forms.CharField):
    """The reason of a change; of several lines on the screen, so that Enter sends nothing."""

    def __init__(self) -> None:
        widget = forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})
        super().__init__(
            label=gettext_lazy("Why"), max_length=500, required=False, widget=widget, help_text=REASON_HELP
        )


class DecisionsForm(forms.Form):
    """A decision on each link of a paragraph; `proposed` is chosen beforehand for links that nobody has reviewed."""

    def __init__(self, links: Iterable[Link], data: QueryDict | None = None, proposed: str = "") -> None:
        super().__init__(data, auto_id="decide-%s")
        self.links = list(links)
        for link in self.links:
            review = proposed if proposed and link.review == Review.UNREVIEWED else link.review
            self.fields[f"review-{key_of(link)}"] = forms.ChoiceField(
                label=str(link), choices=CHOICES, widget=forms.RadioSelect, required=False, initial=review
            )
            seen = forms.CharField(widget=forms.HiddenInput, required=False, initial=state_of(link), max_length=60)
            self.fields[f"seen-{key_of(link)}"] = seen
        self.fields["reason"] = ReasonField()

    @property
    def rows(self) -> list[tuple[Link, forms.BoundField, forms.BoundField]]:
        """The links, each with its choice and the state in which the page showed it."""
        return [(link, self[f"review-{key_of(link)}"], self[f"seen-{key_of(link)}"]) for link in self.links]

    def decisions(self) -> list[tuple[Link, str, str]]:
        """The links whose choice is not the state that the page showed: link, that state, and the review chosen."""
        changed = []
        for link in self.links:
            seen, review = (self.cleaned_data[f"{name}-{key_of(link)}"] for name in ("seen", "review"))
            if seen and review and seen.rpartition("-")[2] != review:
                changed.append((link, seen, review))
        return changed


class WordsForm(forms.Form):
    """Words of a paragraph and the entry that they mean; gives `block`, `span` and `entry`."""

    words = forms.CharField(label=gettext_lazy("Words as printed"), max_length=LONGEST)
    which = forms.IntegerField(
        label=gettext_lazy("Which occurrence"),
        min_value=1,
        max_value=MOST,
        required=False,
        help_text=gettext_lazy("Only where the words stand in the paragraph more than once: 1 for the first place."),
    )
    place = forms.CharField(required=False, widget=forms.HiddenInput, max_length=60)
    entry = forms.CharField(
        label=gettext_lazy("Entry"),
        max_length=400,
        widget=forms.TextInput(attrs={"list": "entries", "autocomplete": "off", "class": "vTextField"}),
        help_text=gettext_lazy("Its name, another name or its acronym. Choose from the list."),
    )

    def __init__(
        self, blocks: list[Block], data: QueryDict | None = None, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial, auto_id="words-%s")
        self.blocks = blocks
        self.fields["words"].widget.attrs["class"] = "vTextField"
        self.fields["reason"] = ReasonField()

    def clean_entry(self) -> Entry:
        return entry_named(self.cleaned_data["entry"].strip())

    def clean(self) -> dict[str, Any]:
        """Finds the place of the words: where they were selected, else the occurrence that is named."""
        given = super().clean()
        if "words" in given and "which" in given:
            given["block"], given["span"] = self._selected(given) or self._occurrence(given)
        return given

    def _selected(self, given):
        """The place that a script noted, if these words stand there."""
        numbers = [whole_number(part) for part in (given.get("place") or "").split("-")]
        if len(numbers) != 3 or None in numbers:
            return None
        key, start, end = numbers
        block = next((block for block in self.blocks if block.pk == key), None)
        stands = (
            block is not None and block.text[start:end] == given["words"] and find_words(given["words"], block.text)
        )
        return (block, (start, end)) if stands else None

    def _occurrence(self, given):
        places = [(block, span) for block in self.blocks for span in find_words(given["words"], block.text)]
        which = given["which"]
        if not places:
            fault = ("words", _("These words do not stand in the paragraph. Type them exactly as they are printed."))
        elif which is None and len(places) > 1:
            fault = (
                "which",
                _("The words stand there %(count)s times. Say which place you mean.") % {"count": len(places)},
            )
        elif which is not None and which > len(places):
            fault = ("which", _("The words stand there only %(count)s times.") % {"count": len(places)})
        else:
            return places[(which or 1) - 1]
        self.add_error(*fault)
        return None, None


def entry_choices() -> list[str]:
    """What the field for an entry offers: every name, with the type where two entries have the same one."""
    rows = list(Entry.objects.order_by("name", "slug").values_list("name", "type"))
    names = [name for name, _type in rows]
    twice = {name for name in names if names.count(name) > 1}
    return [f"{name} ({type})" if name in twice else name for name, type in rows]


def occurrence(blocks: list[Block], block: Block, words: str, start: int) -> int:
    """Which of the places of the words this one is, counted from 1."""
    places = [(each.pk, span[0]) for each in blocks for span in find_words(words, each.text)]
    return places.index((block.pk, start)) + 1 if (block.pk, start) in places else 1
