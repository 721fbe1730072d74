"""What an editor does with the links of one paragraph: decides on all, links words, moves the ends of a link."""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from sections.models import ArticleLink, Basis, Block, Change, Entry, Mention, Review, changing
from sections.text.spans import Span

from .relink import names_of, relink
from .review import NO_LINK, Outdated, set_review, state_of

Link = Mention | ArticleLink


class WordsTaken(Exception):
    """The words cannot be linked because another link has some of them; says which."""

    def __init__(self, taken: Mention) -> None:
        self.taken = taken
        words = _("“%(words)s” is linked to %(entry)s here. Change that link, or reject it first.")
        super().__init__(words % {"words": taken.surface, "entry": taken.entry})


def decide_all(
    decisions: Iterable[tuple[Link, str, str]], reason: str = "", user: AbstractBaseUser | None = None
) -> Change:
    """Sets the review of each link, given with the state in which it was seen, as one change.

    Raises Outdated, and changes nothing, if any of them is no longer as it was seen.
    """
    wanted: dict[tuple[type[Link], str], list[int]] = defaultdict(list)
    seen: dict[type[Link], dict[int, str]] = defaultdict(dict)
    for link, state, review in decisions:
        wanted[type(link), review].append(link.pk)
        seen[type(link)][link.pk] = state
    with changing(Change.Kind.REVIEW, reason, user) as change:
        for model, states in seen.items():
            stored = {link.pk: link for link in model.objects.select_for_update().filter(pk__in=states)}
            for key, state in states.items():
                _refuse_outdated(stored.get(key), state)
        for (model, review), keys in wanted.items():
            set_review(model, keys, review)
    return change


def link_words(
    block: Block, span: Span, entry: Entry, reason: str = "", user: AbstractBaseUser | None = None
) -> Mention:
    """Links words of a block to an entry, whatever their names; a link that was rejected there is restored.

    Raises WordsTaken where another link bars it.
    """
    with changing(Change.Kind.EDIT, reason, user):
        beside = _room_for(block, span, entry)
        same = next((row for row in beside if row.span == span and row.entry_id == entry.pk), None)
        link = _placed(same or Mention(), block, span, entry)
        relink(names_of([]), [], {block.pk})
    return link


def move_link(
    link: Mention, seen: str, span: Span, entry: Entry, reason: str = "", user: AbstractBaseUser | None = None
) -> Mention:
    """Gives a link other words of its block, another entry, or both; what it was does not come back by itself.

    Raises Outdated if it is no longer as it was seen, and WordsTaken where another link bars it.
    """
    with changing(Change.Kind.EDIT, reason, user):
        stored = Mention.objects.select_for_update().filter(pk=link.pk).select_related("block").first()
        _refuse_outdated(stored, seen)
        former = Mention(block=stored.block, start=stored.start, end=stored.end, entry_id=stored.entry_id)
        for row in _room_for(stored.block, span, entry, but=stored):
            if row.span == span and row.entry_id == entry.pk:
                row.delete()  # rejected here before; the decision of now replaces it
        moved = _placed(stored, stored.block, span, entry)
        if entry.pk != former.entry_id or not moved.bars(former.span, former.entry_id):
            former.surface, former.review = stored.block.text[former.start : former.end], Review.REJECTED
            former.save()
        relink(names_of([]), [], {stored.block_id})
    return moved


def _refuse_outdated(link, seen):
    if link is None:
        raise Outdated(str(NO_LINK))
    if state_of(link) != seen:
        words = _("Somebody else has changed the link “%(link)s” meanwhile: it is %(state)s now. Nothing was saved.")
        raise Outdated(words % {"link": link, "state": link.get_review_display()})


def _room_for(block, span, entry, but=None):
    """The other links of the block; raises WordsTaken if one that readers see cannot stand beside the new one."""
    beside = list(Mention.objects.filter(block=block).exclude(pk=but and but.pk).select_related("entry"))
    for row in beside:
        if row.is_shown and row.bars(span, entry.pk):
            raise WordsTaken(row)
    return beside


def _placed(link, block, span, entry):
    link.block, (link.start, link.end), link.entry = block, span, entry
    link.surface, link.rule = block.text[link.start : link.end], ""
    link.basis, link.review = Basis.EDITOR, Review.UNREVIEWED
    link.save()
    return link
