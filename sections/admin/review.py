"""The review desk: one link after the other, with its paragraph, for a person to say whether it is right."""

from functools import wraps
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
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
    decide_article,
    decide_mentions,
    state_of,
)
from sections.markup import Highlight, marked
from sections.models import Block, Change, Mention
from sections.queries.review_queue import key_of, load, progress, remaining, same_name, step

from .review_forms import DecisionForm, FilterForm, suggestions

RIGHT = "sections.review_links"
DONE = {CONFIRM: "Confirmed", REJECT: "Rejected", UNLINK: "Unlinked", OTHER: "Linked to another"}
UNDO = "undo_change"  # in the session: the last decision, which can be taken back


def desk_view(view):
    """Lets in who is logged in at the desk and has the right to review."""

    @wraps(view)
    def inner(request, *args, **kwargs):
        if not request.user.has_perm(RIGHT):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return admin.site.admin_view(inner)


@desk_view
@require_safe
def review(request):
    """The link that the address names, or the first of those that the filters leave."""
    return _page(request, request.GET, load(request.GET.get("item", "")))


@desk_view
@require_POST
def decide(request, key):
    """Stores a decision and goes on to the next link; shows the link again where it can't be stored."""
    filters = FilterForm(request.POST)
    link = load(key)
    if link is None:
        messages.warning(request, NO_LINK)
        return redirect(_address(filters, None))
    form = DecisionForm(link, request.POST)
    if not form.is_valid():
        return _page(request, request.POST, link, form, status=422)
    following = _following(filters, link, form)
    try:
        change, count = _carry_out(form, request.user)
    except Outdated as outdated:
        messages.warning(request, str(outdated))
        return redirect(_address(filters, load(key)))
    messages.success(request, _done(form, link, count))
    request.session[UNDO] = [change.pk, key]
    return redirect(_address(filters, following))


@desk_view
@require_POST
def take_back(request):
    """Undoes a person's own last decision and shows the link again."""
    pk, key = request.session.get(UNDO) or (None, "")
    change = get_object_or_404(Change, pk=pk, user=request.user, kind=Change.Kind.REVIEW)
    try:
        undo(change, "The decision was taken back at the review desk.", request.user)
    except CannotUndo as fault:
        messages.warning(request, str(fault))
    else:
        messages.success(request, "The decision is taken back.")
    del request.session[UNDO]
    return redirect(_address(FilterForm(request.POST), load(key)))


def _carry_out(form, user):
    given = form.cleaned_data
    told = (given["decision"], given["seen"], user, given["reason"].strip(), given.get("target"))
    if isinstance(form.link, Mention):
        change, links = decide_mentions(form.keys, *told)
        return change, len(links)
    change, _ = decide_article(form.link.pk, *told)
    return change, 1


def _following(filters, link, form):
    """The next link that this decision leaves to be decided on."""
    wanted, decided, found = filters.wanted(), set(form.keys), link
    while found := step(wanted, found):
        if not (isinstance(found, Mention) and isinstance(link, Mention) and found.pk in decided):
            return found
    return None


def _done(form, link, count):
    place = f"“{link.surface}”" if isinstance(link, Mention) else str(link.article)
    where = f"paragraph {_paragraph(link).number}" if count == 1 else f"{count} places"
    return f"{DONE[form.cleaned_data['decision']]}: {place}, {where}."


def _page(request, given, link, form=None, status=200):
    filters = FilterForm(given)
    wanted = filters.wanted()
    link = link or step(wanted, None)
    done = progress()
    total = [sum(each) for each in zip(*done.values(), strict=True)]
    context = admin.site.each_context(request) | {
        "title": "Review desk",
        "filters": filters,
        "query": _query(filters),
        "remaining": remaining(wanted),
        "done": total[0],
        "total": total[1],
        "parts": done,
        "form": form,
        "can_undo": UNDO in request.session,
        "link": link,
    }
    if link:
        context |= _shown(link) | {
            "next": _address(filters, step(wanted, link)),
            "back": _address(filters, step(wanted, link, back=True) or link),
        }
    return render(request, "admin/sections/review.html", context, status=status)


def _shown(link):
    """The link with its paragraph, the span marked, and what else its page needs."""
    paragraph = _paragraph(link)
    own = link.block_id if isinstance(link, Mention) else None
    blocks = []
    for block in Block.objects.filter(paragraph=paragraph).order_by("position"):
        lit = [Highlight(link.start, link.end)] if block.pk == own else []
        blocks.append({"block": block, "words": marked(block.text, highlights=lit), "own": bool(lit)})
    same = same_name(link) if isinstance(link, Mention) else []
    return {
        "is_mention": isinstance(link, Mention),
        "key": key_of(link),
        "paragraph": paragraph,
        "blocks": blocks,
        "seen": state_of(link),
        "same": [{"mention": each, "words": _around(each)} for each in same] if len(same) > 1 else [],
        "same_keys": ",".join(str(each.pk) for each in same),
        "suggestions": suggestions(link),
    }


def _around(mention, reach=60):
    """The span with the words around it."""
    text = mention.block.text
    first, last = max(mention.start - reach, 0), min(mention.end + reach, len(text))
    first = text.rfind(" ", first, mention.start) + 1 if first and " " in text[first : mention.start] else first
    return marked(text[first:last], highlights=[Highlight(mention.start - first, mention.end - first)])


def _paragraph(link):
    return link.block.paragraph if isinstance(link, Mention) else link.paragraph


def _query(filters):
    filters.is_valid()
    return {name: value for name, value in filters.cleaned_data.items() if value}


def _address(filters, link):
    query = _query(filters) | ({"item": key_of(link)} if link else {})
    return f"{reverse('review')}?{urlencode(query)}" if query else reverse("review")
