"""Undo at the desk: a page says what it touches before it does so; each person's last actions, each with its undo."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sections.editing.action_effects import counted, rehearse
from sections.editing.relink import NameClash
from sections.editing.revert import CannotUndo, Undone, undo
from sections.models import ArticleLink, Change, Entry, FormerAddress, Mention
from sections.queries.own_changes import RecentChange, changes_by, next_to_redo, next_to_undo, with_rows
from sections.text.whole_numbers import MOST

from ..fields import ReasonForm
from ..pages import desk_page
from ..saving.refusals import Refused, refusals

CONFIRMED = "_do"  # posted by a page that has asked
REVIEW = "sections.review_links"
PER_PAGE = 30
GOES_WITH = {FormerAddress: Entry}  # nobody edits former addresses: they change with their entries


def undo_words(recent: RecentChange) -> str:
    """What a person did, in one line: "reviewed: “NOT” → National Office, rejected by an editor"."""
    change = recent.change
    if len(recent.rows) == 1 and recent.count == 1:
        row = recent.rows[0].first
        what = row.words
        if recent.rows[0].model in (Mention, ArticleLink):
            what = _("%(link)s (%(state)s)") % {"link": what, "state": row.get_review_display()}
    else:
        what = ", ".join(counted(each.model, each.count) for each in recent.rows)
        if recent.rows:
            what = _("%(records)s, such as “%(example)s”") % {"records": what, "example": recent.rows[0].first.words}
    if change.undoes is None:
        did = str(change.get_kind_display())
    else:
        did = _("undone") if change.is_undo else _("done again")
    return _("%(did)s: %(what)s") % {"did": did, "what": what}


def may_undo(user: Any, recent: RecentChange) -> bool:
    """Whether the person may undo it: a reviewer decisions on links, an editor what an editor may change."""
    root = recent.change
    while root.undoes is not None:
        root = root.undoes
    models = {GOES_WITH.get(each.model, each.model) for each in recent.rows}
    if root.kind == Change.Kind.REVIEW and models <= {Mention, ArticleLink} and user.has_perm(REVIEW):
        return True
    return all(user.has_perm(f"sections.change_{model._meta.model_name}") for model in models)


def own_undo(request: HttpRequest) -> dict[str, Any]:
    """For a page that offers them: the person's last action to undo, and the undone one to do again, each in words."""
    changes = {"undo": next_to_undo(request.user), "redo": next_to_redo(request.user)}
    recent = {each.change.pk: each for each in with_rows(filter(None, changes.values()))}
    return {
        f"own_{name}": {"change": change, "words": undo_words(recent[change.pk]), "count": recent[change.pk].count}
        for name, change in changes.items()
        if change is not None and may_undo(request.user, recent[change.pk])
    }


def ask_before(
    request: HttpRequest,
    act: Callable[[str], Undone],
    after: str,
    **context: Any,
) -> HttpResponse:
    """Undoes or restores what `act` does for a reason, once the person has seen what it touches; goes on to `after`.

    `context` has the `title`, the `button`, what is `done` in words, and what else the page shows.
    """
    form, confirmed = ReasonForm(request.POST or None), CONFIRMED in request.POST
    touched, left_out, refusal, status, has_changed = [], [], "", 200, False
    reason = form.cleaned_data["reason"] if form.is_valid() else ""

    def carried_out():
        nonlocal has_changed
        undone = act(reason)
        left_out.extend(undone.left_out)
        has_changed = undone.change.pk is not None
        return undone.change

    try:
        with refusals():
            if confirmed and form.is_valid():
                carried_out()
            else:
                touched, _stays = rehearse(carried_out)
    except (CannotUndo, NameClash) as fault:
        refusal, status = str(fault), 409 if confirmed else 200
    except Refused as fault:
        refusal, status = fault.words, fault.status
    if confirmed and form.is_valid() and not refusal:
        if has_changed:
            messages.success(request, context["done"])
        else:
            messages.warning(request, _("Nothing was changed: everything is as it was then."))
        for words in left_out:
            messages.warning(request, _("Not restored: %(record)s.") % {"record": words})
        return redirect(after)
    was_refused = status == 503
    shown = {
        "form": form, "touched": touched, "left_out": left_out, "refusal": refusal, "after": after,
        "count": sum(group.count for group in touched),
        "was_seen": bool(touched or (confirmed and was_refused)), "may_go_on": bool(touched or was_refused),
    }  # fmt: skip
    return desk_page(request, "admin/sections/undo.html", status, **context, **shown)


@require_http_methods(["GET", "HEAD", "POST"])
def undo_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what undoing a change would touch, and undoes it once that is confirmed."""
    if pk > MOST:
        raise Http404(_("There is no such change."))
    change = get_object_or_404(Change.objects.select_related("user", "undoes__undoes"), pk=pk)
    (recent,) = with_rows([change])
    if not may_undo(request.user, recent):
        raise PermissionDenied
    after = request.POST.get("next") or request.GET.get("next") or ""
    if not url_has_allowed_host_and_scheme(after, {request.get_host()}, request.is_secure()):
        after = reverse("admin:my_actions")
    return ask_before(
        request, lambda reason: undo(change, reason, request.user), after, change=change, **undo_texts(recent)
    )


def undo_texts(recent: RecentChange) -> dict[str, Any]:
    """The texts of the page that asks before a change is undone, or done again."""
    words = {"what": undo_words(recent)}
    if recent.change.is_undo:
        return words | {
            "title": _("Do it again?"), "button": _("Do it again"), "done": _("It was done again."),
        }  # fmt: skip
    return words | {
        "title": _("Undo this?"), "button": _("Undo"), "done": _("The change was undone."),
    }  # fmt: skip


@require_safe
def my_actions(request: HttpRequest) -> HttpResponse:
    """The person's own last actions of every kind, each with its undo."""
    page = Paginator(changes_by(request.user), PER_PAGE).get_page(request.GET.get("p"))
    rows = [
        {
            "recent": recent,
            "change": recent.change,
            "words": undo_words(recent),
            "may_undo": may_undo(request.user, recent) and not recent.change.is_undone,
        }
        for recent in with_rows(page)
    ]
    context = {"title": _("My recent actions"), "page": page, "rows": rows, **own_undo(request)}
    return desk_page(request, "admin/sections/my_actions.html", **context)


admin.site.pages.extend(
    [
        path("my-actions/", admin.site.admin_view(my_actions), name="my_actions"),
        path("my-actions/<int:pk>/undo/", admin.site.admin_view(undo_change), name="undo_change"),
    ]
)
