"""The review desk: one link after the other, with its paragraph, for a person to say whether it is right."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sections.editing.action_effects import rehearse
from sections.editing.relink import NameClash
from sections.editing.revert import CannotUndo, undo
from sections.editing.review import NO_LINK, AlreadyDecided, Decision, Outdated, decide_links, state_of
from sections.markup import marked
from sections.models import ArticleLink, ConventionArticle, Entry, Mention, Review
from sections.queries import review_queue as queue
from sections.queries.excerpts import excerpts
from sections.queries.own_changes import RecentChange, changes_by, with_rows
from sections.text.whole_numbers import whole_number

from ..fields import ReasonForm
from ..history.undo import CONFIRMED, may_undo, own_undo
from ..pages import desk_page, desk_view
from ..saving.conflicts import post_again
from ..saving.refusals import Refused, refusals
from .forms import DecisionForm, FilterForm

PERMISSION = "sections.review_links"
QUESTIONS = {
    Decision.CONFIRM: ngettext_lazy(
        "Confirm %(count)s place of “%(words)s”?", "Confirm %(count)s places of “%(words)s”?", "count"
    ),
    Decision.REJECT: ngettext_lazy(
        "Reject %(count)s place of “%(words)s”?", "Reject %(count)s places of “%(words)s”?", "count"
    ),
    Decision.UNLINK: ngettext_lazy(
        "Unlink %(count)s place of “%(words)s”?", "Unlink %(count)s places of “%(words)s”?", "count"
    ),
    Decision.OTHER: ngettext_lazy(
        "Link %(count)s place of “%(words)s” to another entry?",
        "Link %(count)s places of “%(words)s” to another entry?",
        "count",
    ),
    Decision.RESET: ngettext_lazy(
        "Set %(count)s place of “%(words)s” to “not yet reviewed”?",
        "Set %(count)s places of “%(words)s” to “not yet reviewed”?",
        "count",
    ),
}


@desk_view(PERMISSION)
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """The link that the address names, or the first of those that the filters leave."""
    return _page(request, FilterForm(request.GET), queue.link_by_key(request.GET.get("item", "")))


@desk_view(PERMISSION)
@require_POST
def decide(request: HttpRequest, key: str) -> HttpResponse:
    """Stores a decision and goes on to the next link; shows the link again where the decision is not valid.

    A decision on several places is asked about first.
    """
    filters, link = FilterForm(request.POST), queue.link_by_key(key)
    if link is None:
        messages.info(request, NO_LINK)
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
            if len(given["keys"]) > 1 and CONFIRMED not in request.POST:
                touched, _stays = rehearse(lambda: decide_links(type(link), given["keys"], *decision)[0])
                return _ask(request, filters, link, given, touched)
            change, links = decide_links(type(link), given["keys"], *decision)
    except Refused as refused:
        form.add_error(None, refused.words)
        return _page(request, filters, link, form, status=refused.status)
    except AlreadyDecided as already:
        messages.info(request, str(already))
        return redirect(filters.address(following))
    except Outdated as outdated:
        if (stored := queue.link_by_key(key)) is None:
            messages.info(request, str(outdated))
            return redirect(filters.address())
        form.add_error(None, str(outdated))
        return _page(request, filters, stored, form, status=409)
    messages.success(request, _told(link, given, links))
    return redirect(filters.address(following))


@desk_view(PERMISSION)
@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Undoes the action that the page named, and shows its link again; one on several records is shown first.

    The action is the person's own, of any kind.
    """
    filters, key = FilterForm(request.POST), whole_number(request.POST.get("change", ""))
    own = own_undo(request).get("own_undo")
    own = own and own["change"]
    if key is not None:
        own = changes_by(request.user).filter(pk=key).first()
    if own is None:
        messages.info(request, _("There is nothing to undo."))
        return redirect(filters.address())
    (recent,) = with_rows([own])
    if recent.count != 1 or not may_undo(request.user, recent):
        after = urlencode({"next": filters.address()})
        return redirect(f"{reverse('admin:undo_change', args=[own.pk])}?{after}")
    try:
        with refusals():
            undo(own, "", request.user)
    except (CannotUndo, NameClash) as refusal:
        messages.warning(request, str(refusal))
        return _page(request, filters, _link_of(recent), status=409)
    except Refused as refused:
        messages.error(request, refused.words)
        return _page(request, filters, _link_of(recent), status=refused.status)
    else:
        messages.success(request, _("It was done again.") if own.is_undo else _("The decision was undone."))
    return redirect(filters.address(_link_of(recent)))


def _link_of(recent: RecentChange) -> queue.Link | None:
    """The link that a change decided on, if it did."""
    letters = {Mention: "m", ArticleLink: "a"}
    keys = [f"{letters[each.model]}{each.first.id}" for each in recent.rows if each.model in letters]
    return queue.link_by_key(keys[0]) if keys else None


def _told(link: queue.Link, given: dict[str, Any], links: list) -> str:
    """What was decided, in words: "Linked to another: “the Institute” → INM, paragraph 10."."""
    what = f"“{link.surface}”" if isinstance(link, Mention) else str(link.article)
    if given["decision"] == Decision.OTHER:
        what = f"{what} → {given['target']}"
    if len(links) == 1:
        where = _("paragraph %(number)s") % {"number": _paragraph(link).number}
    else:
        where = ngettext("%(count)s place", "%(count)s places", len(links)) % {"count": len(links)}
    return _("%(decision)s: %(link)s, %(place)s.") % {
        "decision": given["decision"].label, "link": what, "place": where,
    }  # fmt: skip


def _ask(request, filters, link, given, touched):
    """The page that asks before a decision on several places is stored."""
    question = QUESTIONS[given["decision"]] % {"count": len(given["keys"]), "words": link.surface}
    return desk_page(
        request,
        "admin/sections/review_ask.html",
        title=question,
        form=ReasonForm(initial={"reason": given["reason"]}),
        choices=[("", touched)],
        count=sum(group.count for group in touched),
        button=_("Yes, decide on all of them"),
        back=filters.address(link),
        hidden=[*post_again(request.POST, (CONFIRMED, "reason")), (CONFIRMED, "1")],
    )


def _page(request, filters, link, form=None, status=200):
    link = link or queue.neighbour(filters.review_filter, None)
    parts = queue.progress()
    context = {
        "title": _("Review desk"),
        "filters": filters,
        "remaining": queue.remaining(filters.review_filter),
        "done": sum(done for done, _total in parts.values()),
        "total": sum(total for _done, total in parts.values()),
        "parts": parts,
        "form": form,
        "link": link,
        "here": filters.address(link),
        **own_undo(request),
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
    places = excerpts(_span(mention) for mention in same) if len(same) > 1 else {}
    return {
        "is_mention": is_mention,
        "key": queue.key_of(link),
        "paragraph": paragraph,
        "blocks": blocks,
        "seen": state_of(link),
        "decided": queue.last_decision(link) if link.review != Review.UNREVIEWED else None,
        "same": [{"mention": mention, "excerpt": places[_span(mention)]} for mention in same] if places else [],
        "same_keys": ",".join(str(mention.pk) for mention in same),
        "suggestions": _suggestions(is_mention),
        "of_paragraph": reverse("review", query={"report": paragraph.report.symbol, "paragraph": paragraph.number}),
    }


def _span(mention):
    return mention.block_id, mention.start, mention.end


def _paragraph(link):
    return link.block.paragraph if isinstance(link, Mention) else link.paragraph


def _suggestions(is_mention):
    """What may be linked instead: the articles, or the entries by name, with the type where two have the same name."""
    if not is_mention:
        return [f"{article.number} {article.translated('subject')}" for article in ConventionArticle.objects.all()]
    entries = list(Entry.objects.order_by("name", "slug").values_list("name", "type"))
    counts = Counter(name for name, _type in entries)
    return [f"{name} ({type})" if counts[name] > 1 else name for name, type in entries]
