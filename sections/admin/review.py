"""The review desk: one link after the other, with its paragraph, for a person to say whether it is right."""

from collections import Counter

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from sections.editing.revert import CannotUndo, undo
from sections.editing.review import NO_LINK, Decision, Outdated, decide_links, state_of
from sections.markup import marked
from sections.models import Basis, Change, ConventionArticle, Entry, Mention, Review
from sections.queries import review_queue as queue
from sections.text.whole_numbers import whole_number

from .pages import desk_page, desk_view
from .refusals import Refused, refusals

PERMISSION = "sections.review_links"
UNDO = "undo_change"  # in the session: the key of the last decision, which can be undone, and of its link
KINDS = {"": "names and articles", "m": "names only", "a": "articles only"}
STATES = {Review.UNREVIEWED: "not yet reviewed", Review.CONFIRMED: "confirmed", Review.REJECTED: "rejected"}


class FilterForm(forms.Form):
    """Which links to go through; a value that is not offered counts as none.

    `query` holds the filters that are set, and `review_filter` the links that they leave.
    """

    kind = forms.ChoiceField(label="Links", choices=KINDS.items(), required=False)
    entry = forms.TypedChoiceField(label="Entry", coerce=int, required=False)
    reply = forms.TypedChoiceField(label="Reply", coerce=int, required=False)
    basis = forms.ChoiceField(label="Basis", choices=[("", "any basis"), *Basis.choices], required=False)
    review = forms.ChoiceField(label="State", choices=STATES.items(), required=False)

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
        self.fields["entry"].choices = [("", "any entry"), *entries.items()]
        self.fields["reply"].choices = [("", "any reply"), *replies.items()]
        self.is_valid()
        self.query = {name: value for name, value in self.cleaned_data.items() if value}
        self.review_filter = queue.ReviewFilter(**self.query)

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
            raise ValidationError("The page was damaged in transit. Load it again.")
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
        return cleaned


def entry_named(words: str) -> Entry:
    """The one entry of that name, in any case; a type in brackets after the name tells two entries apart."""
    if not words:
        raise ValidationError("Say which entry is meant: type its name, or choose it from the list.")
    name, _, type = words.removesuffix(")").rpartition(" (")
    for condition in (Q(type=type, name=name), Q(name__iexact=words), Q(names__text__iexact=words)):
        if entries := Entry.objects.filter(condition).distinct():
            break
    if len(entries) > 1:
        choices = " or ".join(f"{entry.name} ({entry.type})" for entry in entries)
        raise ValidationError(f"More than one entry has this name. Write {choices}.")
    if not entries:
        raise ValidationError(f"No entry is named “{words}”. Choose one from the list, or add the entry first.")
    return entries[0]


def article_numbered(words: str) -> ConventionArticle:
    """The article whose number the words begin with: "22", "22 Expulsion"."""
    number = whole_number(words.split()[0].rstrip(".,:")) if words else None
    article = ConventionArticle.objects.filter(number=number).first()
    if article is None:
        raise ValidationError("Give the number of an article of the Convention, from the list.")
    return article


@desk_view(PERMISSION)
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """The link that the address names, or the first of those that the filters leave."""
    return _page(request, FilterForm(request.GET), queue.link_by_key(request.GET.get("item", "")))


@desk_view(PERMISSION)
@require_POST
def decide(request: HttpRequest, key: str) -> HttpResponse:
    """Stores a decision and goes on to the next link; shows the link again where the decision is not valid."""
    filters, link = FilterForm(request.POST), queue.link_by_key(key)
    if link is None:
        messages.warning(request, NO_LINK)
        return redirect(filters.address())
    form = DecisionForm(link, request.POST)
    if not form.is_valid():
        return _page(request, filters, link, form, status=422)
    given = form.cleaned_data
    following = queue.neighbour(filters.review_filter, link)
    while type(following) is type(link) and following.pk in given["keys"]:
        following = queue.neighbour(filters.review_filter, following)
    decision = (given["decision"], given["seen"], request.user, given["reason"], given.get("target"))
    try:
        with refusals():
            change, links = decide_links(type(link), given["keys"], *decision)
    except Refused as refused:
        form.add_error(None, refused.words)
        return _page(request, filters, link, form, status=refused.status)
    except Outdated as outdated:
        messages.warning(request, str(outdated))
        return redirect(filters.address(queue.link_by_key(key)))
    target = f"“{link.surface}”" if isinstance(link, Mention) else str(link.article)
    where = f"paragraph {_paragraph(link).number}" if len(links) == 1 else f"{len(links)} places"
    messages.success(request, f"{given['decision'].label}: {target}, {where}.")
    request.session[UNDO] = [change.pk, key]
    return redirect(filters.address(following))


@desk_view(PERMISSION)
@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Undoes the user's own last decision and shows the link again."""
    pk, key = request.session.get(UNDO) or (None, "")
    change = get_object_or_404(Change, pk=pk, user=request.user, kind=Change.Kind.REVIEW)
    try:
        undo(change, "The decision was undone at the review desk.", request.user)
    except CannotUndo as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "The decision was undone.")
    del request.session[UNDO]
    return redirect(FilterForm(request.POST).address(queue.link_by_key(key)))


def _page(request, filters, link, form=None, status=200):
    link = link or queue.neighbour(filters.review_filter, None)
    parts = queue.progress()
    context = {
        "title": "Review desk",
        "filters": filters,
        "remaining": queue.remaining(filters.review_filter),
        "done": sum(done for done, _ in parts.values()),
        "total": sum(total for _, total in parts.values()),
        "parts": parts,
        "form": form,
        "can_undo": UNDO in request.session,
        "link": link,
    }
    if link:
        context |= _link_context(link) | {
            "next": filters.address(queue.neighbour(filters.review_filter, link)),
            "back": filters.address(queue.neighbour(filters.review_filter, link, back=True) or link),
        }
    return desk_page(request, "admin/sections/review.html", status, **context)


def _link_context(link):
    """The link with its paragraph, the span marked, and what else its page needs."""
    is_mention, paragraph = isinstance(link, Mention), _paragraph(link)
    spans = {link.block_id: [(link.start, link.end)]} if is_mention else {}
    blocks = [
        {"block": block, "words": marked(block.text, highlights=spans.get(block.pk, [])), "own": block.pk in spans}
        for block in paragraph.blocks.order_by("position")
    ]
    same = queue.same_name(link) if is_mention else []
    return {
        "is_mention": is_mention,
        "key": queue.key_of(link),
        "paragraph": paragraph,
        "blocks": blocks,
        "seen": state_of(link),
        "same": [{"mention": mention, "words": _excerpt(mention)} for mention in same] if len(same) > 1 else [],
        "same_keys": ",".join(str(mention.pk) for mention in same),
        "suggestions": _suggestions(is_mention),
    }


def _excerpt(mention, reach=60):
    """The span with the words around it."""
    text = mention.block.text
    first, last = max(mention.start - reach, 0), min(mention.end + reach, len(text))
    first = text.rfind(" ", first, mention.start) + 1 if first and " " in text[first : mention.start] else first
    return marked(text[first:last], highlights=[(mention.start - first, mention.end - first)])


def _paragraph(link):
    return link.block.paragraph if isinstance(link, Mention) else link.paragraph


def _suggestions(is_mention):
    """What may be linked instead: the articles, or the entries by name, with the type where two have the same name."""
    if not is_mention:
        return [f"{article.number} {article.subject}" for article in ConventionArticle.objects.all()]
    entries = list(Entry.objects.order_by("name", "slug").values_list("name", "type"))
    counts = Counter(name for name, _ in entries)
    return [f"{name} ({type})" if counts[name] > 1 else name for name, type in entries]
