"""The review desk: one link after the other, with its paragraph, for a person to say whether it is right."""

from collections import Counter
from collections.abc import Callable
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from sections.editing.revert import CannotUndo, undo
from sections.editing.review import (
    CONFIRM,
    NO_LINK,
    OTHER,
    REJECT,
    UNLINK,
    Outdated,
    decide_links,
    state_of,
)
from sections.markup import marked
from sections.models import ArticleLink, Basis, Block, Change, ConventionArticle, Entry, Mention, Review
from sections.queries.review_queue import (
    ReviewFilter,
    entries_to_review,
    key_of,
    link_by_key,
    neighbour,
    progress,
    remaining,
    replies_to_review,
    same_name,
)
from sections.text.whole_numbers import whole_number

PERMISSION = "sections.review_links"
DONE = {CONFIRM: "Confirmed", REJECT: "Rejected", UNLINK: "Unlinked", OTHER: "Linked to another"}
UNDO = "undo_change"  # in the session: the key of the last decision, which can be undone, and of its link
KINDS = {"": "names and articles", "m": "names only", "a": "articles only"}
STATES = {Review.UNREVIEWED: "not yet reviewed", Review.CONFIRMED: "confirmed", Review.REJECTED: "rejected"}
BASES = {"": "any basis", **{basis.value: basis.label for basis in Basis}}

Link = Mention | ArticleLink


class FilterForm(forms.Form):
    """Which links to go through; a value that is not offered counts as none."""

    kind = forms.ChoiceField(label="Links", choices=KINDS.items(), required=False)
    entry = forms.ChoiceField(label="Entry", required=False)
    reply = forms.ChoiceField(label="Reply", required=False)
    basis = forms.ChoiceField(label="Basis", choices=BASES.items(), required=False)
    review = forms.ChoiceField(label="State", choices=STATES.items(), required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, auto_id="filter-%s", initial={"review": Review.UNREVIEWED})
        state = data.get("review") if data.get("review") in STATES else Review.UNREVIEWED
        entries = {str(entry.pk): f"{entry.name} ({entry.open})" for entry in entries_to_review(state)}
        replies = {str(number): f"{number} ({count})" for number, count in replies_to_review(state)}
        # What is chosen stays in the list when none of its links is left.
        entry, reply = (whole_number(data.get(name, "")) for name in ("entry", "reply"))
        if entry is not None and str(entry) not in entries:
            entries |= {str(row.pk): f"{row.name} (0)" for row in Entry.objects.filter(pk=entry)}
        if reply is not None:
            replies.setdefault(str(reply), f"{reply} (0)")
        self.fields["entry"].choices = [("", "any entry"), *entries.items()]
        self.fields["reply"].choices = [("", "any reply"), *replies.items()]
        self.is_valid()

    @property
    def review_filter(self) -> ReviewFilter:
        """The links that the filters leave."""
        given = self.cleaned_data
        return ReviewFilter(
            kind=given.get("kind", ""),
            entry=whole_number(given.get("entry", "")),
            reply=whole_number(given.get("reply", "")),
            basis=given.get("basis", ""),
            review=given.get("review") or Review.UNREVIEWED,
        )

    @property
    def query(self) -> dict[str, str]:
        """The parameters of the filters that are set."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def address(self, link: Link | None = None) -> str:
        """The address of the review desk with these filters, at a link or at the first."""
        query = self.query | ({"item": key_of(link)} if link else {})
        return f"{reverse('review')}?{urlencode(query)}" if query else reverse("review")


class DecisionForm(forms.Form):
    """A decision on a link, or on all mentions of one name that the page listed."""

    decision = forms.ChoiceField(choices=[(decision, decision) for decision in DONE])
    seen = forms.CharField(max_length=40)
    scope = forms.ChoiceField(choices=[("one", "one"), ("same", "same")], required=False)
    same = forms.CharField(required=False)
    other = forms.CharField(max_length=400, required=False)
    reason = forms.CharField(max_length=500, required=False)

    def __init__(self, link: Link, data: QueryDict) -> None:
        self.link = link
        super().__init__(data)

    def clean_same(self) -> list[int]:
        """The keys of the mentions of the same name that the page listed."""
        keys = [whole_number(key) for key in self.cleaned_data["same"].split(",") if key]
        if None in keys:
            raise ValidationError("The page was damaged in transit. Load it again.")
        return keys

    def clean(self) -> dict:
        """The decision, with the record that is linked instead as `target`."""
        cleaned = super().clean()
        if cleaned.get("decision") == OTHER:
            find = entry_named if isinstance(self.link, Mention) else article_numbered
            try:
                cleaned["target"] = find((cleaned.get("other") or "").strip())
            except ValidationError as fault:
                self.add_error("other", fault)
        return cleaned

    @property
    def keys(self) -> list[int]:
        """The keys of the links to decide on."""
        given = self.cleaned_data
        return given["same"] if given.get("scope") == "same" and given["same"] else [self.link.pk]

    def carry_out(self, user: object) -> tuple[Change, int]:
        """Stores the decision; returns the change and the number of links. Raises Outdated."""
        given = self.cleaned_data
        keys = self.keys if isinstance(self.link, Mention) else [self.link.pk]
        decision = (given["decision"], given["seen"], user, given["reason"], given.get("target"))
        change, links = decide_links(type(self.link), keys, *decision)
        return change, len(links)


def entry_named(words: str) -> Entry:
    """The one entry of that name, in any case; a type in brackets after the name tells two entries apart."""
    if not words:
        raise ValidationError("Say which entry is meant: type its name, or choose it from the list.")
    name, _, type = words.removesuffix(")").rpartition(" (")
    entries = list(Entry.objects.filter(type=type, name=name)) if type in Entry.Type.values else []
    entries = entries or list(Entry.objects.filter(name__iexact=words))
    entries = entries or list(Entry.objects.filter(names__text__iexact=words).distinct())
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


def review_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view for users of the desk who may review links; 403 for others."""
    return admin.site.admin_view(permission_required(PERMISSION, raise_exception=True)(view))


@review_view
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """The link that the address names, or the first of those that the filters leave."""
    return _page(request, FilterForm(request.GET), link_by_key(request.GET.get("item", "")))


@review_view
@require_POST
def decide(request: HttpRequest, key: str) -> HttpResponse:
    """Stores a decision and goes on to the next link; shows the link again where the decision is not valid."""
    filters, link = FilterForm(request.POST), link_by_key(key)
    if link is None:
        messages.warning(request, NO_LINK)
        return redirect(filters.address())
    form = DecisionForm(link, request.POST)
    if not form.is_valid():
        return _page(request, filters, link, form, status=422)
    following = _following(filters.review_filter, link, form.keys)
    try:
        change, count = form.carry_out(request.user)
    except Outdated as outdated:
        messages.warning(request, str(outdated))
        return redirect(filters.address(link_by_key(key)))
    target = f"“{link.surface}”" if isinstance(link, Mention) else str(link.article)
    where = f"paragraph {_paragraph(link).number}" if count == 1 else f"{count} places"
    messages.success(request, f"{DONE[form.cleaned_data['decision']]}: {target}, {where}.")
    request.session[UNDO] = [change.pk, key]
    return redirect(filters.address(following))


@review_view
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
    return redirect(FilterForm(request.POST).address(link_by_key(key)))


def _following(review_filter, link, decided):
    """The next link that a decision on the mentions of these keys leaves to be decided on."""
    following = neighbour(review_filter, link)
    while isinstance(following, Mention) and isinstance(link, Mention) and following.pk in decided:
        following = neighbour(review_filter, following)
    return following


def _page(request, filters, link, form=None, status=200):
    link = link or neighbour(filters.review_filter, None)
    parts = progress()
    context = admin.site.each_context(request) | {
        "title": "Review desk",
        "filters": filters,
        "remaining": remaining(filters.review_filter),
        "done": sum(done for done, _ in parts.values()),
        "total": sum(total for _, total in parts.values()),
        "parts": parts,
        "form": form,
        "can_undo": UNDO in request.session,
        "link": link,
    }
    if link:
        context |= _link_context(link) | {
            "next": filters.address(neighbour(filters.review_filter, link)),
            "back": filters.address(neighbour(filters.review_filter, link, back=True) or link),
        }
    return render(request, "admin/sections/review.html", context, status=status)


def _link_context(link):
    """The link with its paragraph, the span marked, and what else its page needs."""
    is_mention, paragraph, blocks = isinstance(link, Mention), _paragraph(link), []
    for block in Block.objects.filter(paragraph=paragraph).order_by("position"):
        spans = [(link.start, link.end)] if is_mention and block.pk == link.block_id else []
        blocks.append({"block": block, "words": marked(block.text, highlights=spans), "own": bool(spans)})
    same = same_name(link) if is_mention else []
    return {
        "is_mention": is_mention,
        "key": key_of(link),
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
