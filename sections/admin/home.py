"""The first page of the desk: what is waiting, what everybody did since yesterday, and one's own last actions."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from django.contrib import admin
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from sections.models import ErrorReport, Review, Upload
from sections.presenters.changes import items_in_words
from sections.queries import changes as queries
from sections.queries.own_changes import recent_changes_of
from sections.queries.review_queue import progress

from .history.activity import PERMISSION, begin_of
from .history.undo import REVIEW, may_undo, undo_words
from .history.watching import watched_changes

MOST_ITEMS = 20  # of what everybody did
MOST_REPORTS = 5
MOST_OWN = 8


class Waiting(NamedTuple):
    """Something that waits for somebody: how much of what, and where it is done."""

    words: str
    address: str


def home(request: HttpRequest) -> dict[str, Any]:
    """What the template of the first page shows to this person."""
    user = request.user
    context = {"waiting": list(_waiting(request)), "own": list(_own(request)), "may_see_all": user.has_perm(PERMISSION)}
    context["watched"] = watched_changes(user)
    if context["may_see_all"]:
        context |= _since_yesterday()
    if user.has_perm("sections.view_errorreport"):
        open_reports = ErrorReport.objects.filter(state=ErrorReport.State.OPEN)
        context["reports"] = open_reports.order_by("-when", "-pk")[:MOST_REPORTS]
    context["deleted"] = list(_deleted(request))
    return context


def _waiting(request) -> Iterator[Waiting]:
    user = request.user
    if user.has_perm(REVIEW):
        for kind, (done, total) in progress().items():
            if left := total - done:
                words = {
                    "m": ngettext("%(count)s link from a name", "%(count)s links from names", left),
                    "a": ngettext("%(count)s link to an article", "%(count)s links to articles", left),
                }[kind]
                yield Waiting(
                    gettext("%(records)s not yet reviewed") % {"records": words % {"count": left}},
                    reverse("review", query={"kind": kind}),
                )
    for model, pages in admin.site._registry.items():
        options = model._meta
        if options.model_name in ("articlelink", "mention") or not pages.has_view_permission(request):
            continue
        if any(field.name == "review" for field in options.fields):
            count = model._default_manager.filter(review=Review.UNREVIEWED).count()
            if count:
                words = gettext("%(records)s not yet reviewed") % {"records": f"{count} {options.verbose_name_plural}"}
                list_page = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
                yield Waiting(words, f"{list_page}?review__exact={Review.UNREVIEWED}")
    if user.has_perm("sections.view_errorreport"):
        count = ErrorReport.objects.filter(state=ErrorReport.State.OPEN).count()
        if count:
            words = ngettext("%(count)s open error report", "%(count)s open error reports", count) % {"count": count}
            yield Waiting(words, reverse("admin:sections_errorreport_changelist", query={"state__exact": "open"}))
    for upload in Upload.objects.filter(user=user) if user.has_perm("sections.edit_by_csv") else ():
        words = gettext("Your upload %(file)s, which is not confirmed") % {"file": upload.name}
        yield Waiting(words, reverse("list-upload", args=[upload.pk]))


def _since_yesterday() -> dict[str, Any]:
    """What everybody did since the beginning of yesterday, in the editor's time zone; not what commands did."""
    begin = begin_of(timezone.localdate() - timedelta(days=1))
    chosen = queries.changes().filter(when__gte=begin).exclude(user_name="")
    people: dict[str, int] = {}
    for change in chosen:
        people[change.person] = people.get(change.person, 0) + 1
    firsts = list(queries.first_of_items(chosen)[: MOST_ITEMS + 1])
    entries = items_in_words(queries.items(chosen, firsts[:MOST_ITEMS]), named=True)
    return {"people": sorted(people.items()), "entries": entries, "has_more": len(firsts) > MOST_ITEMS}


def _own(request):
    """One's own last actions, each in words, with whether it can be undone."""
    for recent in recent_changes_of(request.user, MOST_OWN):
        is_open = not recent.change.is_undone and bool(recent.rows) and may_undo(request.user, recent)
        yield recent.change, undo_words(recent), is_open


def _deleted(request) -> Iterator[tuple[str, str]]:
    """The lists of deleted records that the person may see."""
    for model, pages in admin.site._registry.items():
        if hasattr(model, "history") and pages.has_module_permission(request) and pages.has_view_permission(request):
            options = model._meta
            try:
                address = reverse(f"admin:{options.app_label}_{options.model_name}_deleted")
            except NoReverseMatch:
                continue
            yield capfirst(str(options.verbose_name_plural)), address


admin.site.home = home
