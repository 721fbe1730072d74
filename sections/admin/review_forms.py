"""What the review desk is asked: which links to go through, and what a person decided on one."""

from django import forms
from django.core.exceptions import ValidationError

from sections.editing.review import CONFIRM, OTHER, REJECT, UNLINK
from sections.models import ArticleLink, Basis, ConventionArticle, Entry, Mention, Name, Review
from sections.queries.review_queue import Wanted, entries_to_review, replies_to_review

LINKS = {"": "names and articles", "m": "names only", "a": "articles only"}
STATES = {Review.UNREVIEWED: "not yet reviewed", Review.CONFIRMED: "confirmed", Review.REJECTED: "rejected"}
BASES = {"": "any basis", **{basis.value: basis.label for basis in Basis}}


class FilterForm(forms.Form):
    """The filters; a value that is none is the same as an empty one."""

    kind = forms.ChoiceField(label="Links", choices=LINKS.items(), required=False)
    entry = forms.ChoiceField(label="Entry", required=False)
    reply = forms.ChoiceField(label="Reply", required=False)
    basis = forms.ChoiceField(label="Basis", choices=BASES.items(), required=False)
    review = forms.ChoiceField(label="State", choices=STATES.items(), required=False)

    def __init__(self, data):
        super().__init__(data, auto_id="filter-%s")
        state = data.get("review") if data.get("review") in STATES else Review.UNREVIEWED
        entries = [(str(entry.pk), f"{entry.name} ({entry.open})") for entry in entries_to_review(state)]
        replies = [(str(number), f"{number} ({count})") for number, count in replies_to_review(state)]
        self.fields["entry"].choices = [("", "any entry"), *self._with_chosen(entries, data.get("entry"), Entry)]
        self.fields["reply"].choices = [("", "any reply"), *self._with_chosen(replies, data.get("reply"), None)]
        self.initial["review"] = Review.UNREVIEWED

    def _with_chosen(self, choices, chosen, model):
        """The choices, and the chosen one even when no link of it is left."""
        if not chosen or not chosen.isdecimal() or len(chosen) > 15 or chosen in dict(choices):
            return choices
        named = model.objects.filter(pk=chosen).first() if model else chosen
        return [*choices, (chosen, f"{named} (0)")] if named else choices

    def wanted(self) -> Wanted:
        """What the filters ask for."""
        self.is_valid()
        given = self.cleaned_data
        numbers = {name: int(given[name]) if given.get(name) else None for name in ("entry", "reply")}
        words = {"kind": given.get("kind", ""), "basis": given.get("basis", "")}
        return Wanted(**words, **numbers, review=given.get("review") or Review.UNREVIEWED)


class DecisionForm(forms.Form):
    """A decision on a link, or on all mentions of one name."""

    decision = forms.ChoiceField(choices=[(each, each) for each in (CONFIRM, REJECT, UNLINK, OTHER)])
    seen = forms.CharField(max_length=40)
    scope = forms.ChoiceField(choices=[("one", "one"), ("same", "same")], required=False)
    same = forms.CharField(required=False)
    other = forms.CharField(max_length=400, required=False)
    reason = forms.CharField(max_length=500, required=False)

    def __init__(self, link: Mention | ArticleLink, data):
        self.link = link
        super().__init__(data)

    def clean_same(self):
        """The keys of the mentions of the same name that the page showed."""
        keys = [key for key in self.cleaned_data["same"].split(",") if key]
        if not all(key.isdecimal() and len(key) < 16 for key in keys):
            raise ValidationError("The page was damaged on its way. Load it again.")
        return [int(key) for key in keys]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("decision") == OTHER:
            words = (cleaned.get("other") or "").strip()
            find = entry_named if isinstance(self.link, Mention) else article_numbered
            try:
                cleaned["target"] = find(words)
            except ValidationError as fault:
                self.add_error("other", fault)
        return cleaned

    @property
    def keys(self):
        """The keys of the links to decide on."""
        given = self.cleaned_data
        return given["same"] if given.get("scope") == "same" and given["same"] else [self.link.pk]


def entry_named(words: str) -> Entry:
    """The one entry of that name, however it is written; a type in brackets behind it tells two apart."""
    if not words:
        raise ValidationError("Say which entry is meant: type its name, or choose it from the list.")
    name, _, type = words.removesuffix(")").rpartition(" (")
    found = Entry.objects.filter(type=type, name=name) if type in Entry.Type.values else Entry.objects.none()
    found = list(found) or list(Entry.objects.filter(name__iexact=words))
    if not found:
        keys = Name.objects.filter(text__iexact=words).values("entry")
        found = list(Entry.objects.filter(pk__in=keys))
    if len(found) > 1:
        choices = " or ".join(f"{entry.name} ({entry.type})" for entry in found)
        raise ValidationError(f"More than one entry has this name. Write {choices}.")
    if not found:
        raise ValidationError(f"No entry is named “{words}”. Choose one from the list, or make the entry first.")
    return found[0]


def article_numbered(words: str) -> ConventionArticle:
    """The article whose number the words begin with: "22", "22 Expulsion"."""
    number = words.split()[0].rstrip(".,:") if words else ""
    found = ConventionArticle.objects.filter(number=number).first() if number.isdecimal() and len(number) < 4 else None
    if found is None:
        raise ValidationError("Give the number of an article of the Convention, from the list.")
    return found


def suggestions(link: Mention | ArticleLink) -> list[str]:
    """What the field for another target offers: the names of all entries, or the articles."""
    if isinstance(link, ArticleLink):
        return [f"{article.number} {article.subject}" for article in ConventionArticle.objects.all()]
    entries = list(Entry.objects.order_by("name", "slug").values_list("name", "type"))
    names = [name for name, _ in entries]
    twice = {name for name in names if names.count(name) > 1}
    return [f"{name} ({type})" if name in twice else name for name, type in entries]
