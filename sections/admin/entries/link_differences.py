"""The links that an action on whole entries changes: found by doing it, shown with the words around each place."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from sections.models import Entry, Mention
from sections.queries.excerpts import Excerpt, Span, excerpts

from ..saving.previews import digest_of


@dataclass(frozen=True, slots=True)
class PlaceOfLink:
    """A place whose link changes; `key` names it in a post."""

    key: str
    excerpt: Excerpt


@dataclass
class LinkGroup:
    """Places at which the same happens: what, in words, and whether the place can be left as it is."""

    heading: str
    places: list[PlaceOfLink] = field(default_factory=list)


@dataclass
class Rehearsal:
    """What an action does to the links; the digest is the same for the same effects."""

    groups: list[LinkGroup]
    digest: str


def rehearse_links(act: Callable[[], object]) -> Rehearsal:
    """Carries an action out, compares the links, and rolls it back."""
    with transaction.atomic():
        before, names = _links(), _names()
        act()
        after, names = _links(), _names() | names  # an entry by the name that people know it by
        moved = {
            span: (before.get(span), after.get(span))
            for span in before.keys() | after.keys()
            if before.get(span) != after.get(span)
        }
        moved = {span: (names.get(was), names.get(now)) for span, (was, now) in moved.items()}
        digest = digest_of(sorted((span, was or "", now or "") for span, (was, now) in moved.items()))
        groups = _groups(moved)
        transaction.set_rollback(True)
    return Rehearsal(groups, digest)


def spans_of(keys: list[str]) -> set[Span]:
    """The places that a post names; keys of no place are left out."""
    parts = [key.split("-") for key in keys]
    return {
        tuple(map(int, each))
        for each in parts
        if len(each) == 3 and all(part.isascii() and part.isdigit() and len(part) < 16 for part in each)
    }


def _links() -> dict[Span, int]:
    rows = Mention.objects.shown().order_by().values_list("block", "start", "end", "entry")
    return {row[:3]: row[3] for row in rows}


def _names():
    return dict(Entry.objects.values_list("pk", "name"))


def _groups(moved):
    found, groups = excerpts(moved), {}
    order = sorted(found, key=lambda span: (found[span].paragraph.report_id, found[span].paragraph.number, span))
    for span in order:
        was, now = moved[span]
        group = groups.setdefault((was, now), LinkGroup(_heading(was, now)))
        group.places.append(PlaceOfLink("-".join(map(str, span)), found[span]))
    return sorted(groups.values(), key=lambda group: -len(group.places))


def _heading(was, now):
    if was is None:
        return _("New links to %(entry)s") % {"entry": now}
    if now is None:
        return _("Links to %(entry)s that disappear") % {"entry": was}
    return _("Links that lead to %(new)s instead of %(old)s") % {"old": was, "new": now}
