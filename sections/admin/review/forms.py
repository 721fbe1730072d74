"""The forms of the review desk: which links to go through, and what is decided on one."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sections.editing.review import Decision
from sections.models import Basis, ConventionArticle, Entry, Mention, Report, Review
from sections.queries import review_queue as queue
from sections.text.whole_numbers import MOST, whole_number

KINDS = {
    "": gettext_lazy("names and articles"),
    "m": gettext_lazy("names only"),
    "a": gettext_lazy("articles only"),
}
STATES = {
    Review.UNREVIEWED: gettext_lazy("not yet reviewed"),
    Review.CONFIRMED: pgettext_lazy("links", "confirmed"),
    Review.REJECTED: pgettext_lazy("links", "rejected"),
}


class FilterForm(forms.Form):
    """Which links to go through; a value that is not offered counts as none.

    `query` holds the filters that are set, and `review_filter` the links that they leave.
    """

    kind = forms.ChoiceField(label=gettext_lazy("Links"), choices=KINDS.items(), required=False)
    entry = forms.TypedChoiceField(label=gettext_lazy("Entry"), coerce=int, required=False)
    report = forms.ChoiceField(label=gettext_lazy("Report"), required=False)
    paragraph = forms.IntegerField(label=gettext_lazy("Paragraph"), min_value=1, max_value=MOST, required=False)
    reply = forms.TypedChoiceField(label=gettext_lazy("Reply"), coerce=int, required=False)
    basis = forms.ChoiceField(
        label=gettext_lazy("Basis"), choices=[("", gettext_lazy("any basis")), *Basis.choices], required=False
    )
    review = forms.ChoiceField(label=gettext_lazy("State"), choices=STATES.items(), required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, auto_id="filter-%s")
        state = data.get("review") if data.get("review") in STATES else Review.UNREVIEWED
        entries = {entry.pk: f"{entry.name} ({entry.open})" for entry in queue.entries_to_review(state)}
        replies = {number: f"{number} ({count})" for number, count in queue.replies_to_review(state)}
        # What is chosen stays in the list when none of its links is left.
        entry, reply = (whole_number(data.get(name, "")) for name in ("entry", "reply"))
        if entry is not None and entry not in entries:
            entries |= {row.pk: f"{row.name} (0)" for row in Entry.objects.filter(pk=entry)}
        if reply is not None:
            replies.setdefault(reply, f"{reply} (0)")
        reports = Report.objects.order_by("symbol").values_list("symbol", flat=True)
        self.fields["entry"].choices = [("", _("any entry")), *entries.items()]
        self.fields["reply"].choices = [("", _("any reply")), *replies.items()]
        self.fields["report"].choices = [("", _("any report")), *((symbol, symbol) for symbol in reports)]
        self.is_valid()
        self.query = {name: value for name, value in self.cleaned_data.items() if value}
        self.review_filter = queue.ReviewFilter(**self.query)
        if len(reports) < 2:
            self.fields["report"].widget = forms.HiddenInput()

    @property
    def in_words(self) -> list[str]:
        """The filters that are set, each as "Reply: 12"."""
        chosen = []
        for name, value in self.query.items():
            options = dict(getattr(self.fields[name], "choices", ()))
            chosen.append(f"{self.fields[name].label}: {options.get(value, value)}")
        return chosen

    def address(self, link: queue.Link | None = None) -> str:
        """The address of the review desk with these filters, at a link or at the first."""
        return reverse("review", query=self.query | ({"item": queue.key_of(link)} if link else {}))


class DecisionForm(forms.Form):
    """A decision on a link, or on all mentions of one name that the page listed."""

    decision = forms.TypedChoiceField(choices=Decision.choices, coerce=Decision)
    seen = forms.CharField(max_length=40)
    scope = forms.ChoiceField(choices=[("one", "one"), ("same", "same")], required=False)
    same = forms.CharField(required=False)
    other = forms.CharField(max_length=400, required=False)
    reason = forms.CharField(max_length=500, required=False)

    def __init__(self, link: queue.Link, data: QueryDict) -> None:
        self.link = link
        super().__init__(data)

    def clean_same(self) -> list[int]:
        """The keys of the mentions of the same name that the page listed."""
        keys = [whole_number(key) for key in self.cleaned_data["same"].split(",") if key]
        if None in keys:
            raise ValidationError(_("The page was damaged in transit. Load it again."))
        return keys

    def clean(self) -> dict:
        """The decision, with the `keys` of the links it is on, and the record that is linked instead as `target`."""
        cleaned = super().clean()
        is_mention = isinstance(self.link, Mention)
        is_for_all = is_mention and cleaned.get("scope") == "same" and cleaned.get("same")
        cleaned["keys"] = cleaned["same"] if is_for_all else [self.link.pk]
        if cleaned.get("decision") == Decision.OTHER:
            find = entry_named if is_mention else article_numbered
            try:
                cleaned["target"] = find((cleaned.get("other") or "").strip())
            except ValidationError as fault:
                self.add_error("other", fault)
            if not is_mention and not cleaned.get("reason", "").strip():
                self.add_error("reason", _("Say in one sentence why the paragraph bears on the article."))
        return cleaned


def entry_named(words: str) -> Entry:
    """The one entry of that name, in any case; a type in brackets after the name tells two entries apart."""
    if not words:
        raise ValidationError(_("Say which entry is meant: type its name, or choose it from the list."))
    name, _bracket, type = words.removesuffix(")").rpartition(" (")
    for condition in (Q(type=type, name=name), Q(name__iexact=words), Q(names__text__iexact=words)):
        if entries := Entry.objects.filter(condition).distinct():
            break
    if len(entries) > 1:
        choices = get_text_list([f"{entry.name} ({entry.type})" for entry in entries])
        raise ValidationError(_("More than one entry has this name. Write %(choices)s.") % {"choices": choices})
    if not entries:
        raise ValidationError(
            _("No entry is named “%(words)s”. Choose one from the list, or add the entry first.") % {"words": words}
        )
    return entries[0]


def article_numbered(words: str) -> ConventionArticle:
    """The article whose number the words begin with: "22", "22 Expulsion"."""
    number = whole_number(words.split()[0].rstrip(".,:")) if words else None
    article = ConventionArticle.objects.filter(number=number).first()
    if article is None:
        raise ValidationError(_("Give the number of an article of the Convention, from the list."))
    return article
