"""Pages that move an entry to another register, merge two entries, or split one; each shows the links first."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sections.editing.merge_entries import CannotMerge, merge
from sections.editing.move_entry import move_to_register
from sections.editing.new_slugs import free_slug
from sections.editing.relink import NameClash
from sections.editing.split_entries import Parts, split
from sections.models import Entry, Institution, Law, Programme
from sections.queries.collation import sort_key
from sections.queries.excerpts import Span
from sections.text.whole_numbers import whole_number

from ..pages import desk_page, desk_view
from ..saving.conflicts import post_again
from ..saving.previews import BACK, SEEN, WITHOUT
from ..saving.refusals import Refused, refusals
from .link_differences import rehearse_links, spans_of
from .restructuring_forms import MergeForm, OtherForm, RegisterForm, SplitForm

PERMISSION = "sections.change_entry"
PROXIES = {model.TYPE: model for model in (Institution, Law, Programme)}
FORM_METHODS = ["GET", "HEAD", "POST"]


@dataclass
class Page:
    """A page of this kind: what it is called, its last button, what it does, and to which entry it leads.

    `final` does the same without what the editor left out.
    """

    title: str
    button: str
    act: Callable[[], None]
    result: Callable[[], Entry]
    final: Callable[[], None] | None = None


def pages_of(entry: Entry) -> list[tuple[str, str]]:
    """The words and addresses of these pages, for the page of an entry."""
    return [
        (_("Move to another register"), reverse("entry-register", args=[entry.pk])),
        (_("Merge with another entry"), reverse("entry-merge", args=[entry.pk])),
        (_("Split or move names"), reverse("entry-split", args=[entry.pk])),
    ]


@desk_view(PERMISSION)
@require_http_methods(FORM_METHODS)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Moves an entry to another register."""
    entry = _entry(request, pk)
    form = RegisterForm(entry, _posted(request))

    def act() -> None:
        type, kind = form.cleaned_data["kind"].split(":")
        move_to_register(entry, type, kind, form.cleaned_data["reason"], request.user)

    return _answer(request, entry, form, Page(_("Move to another register"), _("Move"), act, lambda: entry))


@desk_view(PERMISSION)
@require_http_methods(FORM_METHODS)
def merge_with(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for another entry, then from which of the two each field is taken, and merges them."""
    entry = _entry(request, pk)
    key = whole_number(request.GET.get("with", ""))
    other = Entry.objects.filter(pk=key).exclude(pk=pk).first() if key is not None else None
    title = _("Merge with another entry")
    if other is None or not _may_change(request, other):
        form = OtherForm(entry, request.GET if "other" in request.GET else None)
        if form.is_valid():
            return redirect(reverse("entry-merge", args=[pk], query={"with": form.cleaned_data["other"].pk}))
        return _show(request, entry, form, title, _("Next"), method="get")
    form = MergeForm([entry, other], _posted(request))

    def act() -> None:
        merge(*form.both, form.cleaned_data["reason"], request.user, form.taken)

    title = _("Merge “%(name)s” with “%(other)s”") % {"name": entry.name, "other": other.name}
    return _answer(request, entry, form, Page(title, _("Merge"), act, lambda: form.both[0]))


@desk_view(PERMISSION)
@require_http_methods(FORM_METHODS)
def split_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives names, short forms and links of an entry to another one, which may be new."""
    entry = _entry(request, pk)
    form = SplitForm(entry, _posted(request))
    left_alone = spans_of(request.POST.getlist(WITHOUT))
    targets: list[Entry] = []

    def act(places: Collection[Span] = ()) -> None:
        given = form.cleaned_data
        targets[:] = [given.get("to") or _new_entry(given)]
        chosen = [list(given.get(part) or ()) for part in ("names", "short_forms", "mentions")]
        split(entry, targets[0], Parts(*chosen), places, given["reason"], request.user)

    page = Page(_("Split or move names"), _("Split"), act, lambda: targets[0], final=lambda: act(left_alone))
    return _answer(request, entry, form, page)


def _new_entry(given):
    type, kind = given["new_kind"].split(":")
    return Entry(type=type, kind=kind, name=given["new_name"], slug=free_slug(type, given["new_name"]))


def _entry(request, pk):
    entry = get_object_or_404(Entry, pk=pk)
    if not _may_change(request, entry):
        raise Http404
    return entry


def _may_change(request, entry):
    return request.user.has_perms([f"sections.change_{entry.type}", f"sections.delete_{entry.type}"])


def _posted(request):
    return request.POST if request.method == "POST" else None


def _answer(request: HttpRequest, entry: Entry, form: forms.Form, page: Page) -> HttpResponse:
    """The form; what it would do to the links; and once that was seen, the page of the entry that results."""
    if BACK in request.POST or not form.is_valid():
        return _show(request, entry, form, page.title, _("Show what it would do"))
    status = 200
    try:
        with refusals(), transaction.atomic():
            rehearsal = rehearse_links(page.act)
            if is_seen := request.POST.get(SEEN) == rehearsal.digest:
                (page.final or page.act)()
    except (CannotMerge, NameClash) as refused:
        form.add_error(None, str(refused))
    except ValidationError as invalid:
        form.add_error(None, invalid.messages)
    except Refused as refused:
        form.add_error(None, refused.words)
        status = refused.status
    else:
        if is_seen:
            result = Entry.objects.get(pk=page.result().pk)
            messages.success(request, _("Done. This is the entry now. Its history can undo it."))
            return redirect(f"admin:sections_{result.type}_change", result.pk)
        return _show(
            request, entry, form, page.title, page.button,
            template="admin/sections/restructuring_preview.html",
            hidden=[*post_again(request.POST, (SEEN, BACK, WITHOUT)), (SEEN, rehearsal.digest)],
            groups=rehearsal.groups,
            can_leave=page.final is not None,
            was_changed=SEEN in request.POST,
            without=WITHOUT,
            back_button=BACK,
        )  # fmt: skip
    return _show(request, entry, form, page.title, _("Show what it would do"), status)


def _show(request, entry, form, title, button, status=200, template="admin/sections/restructuring.html", **more: Any):
    names = Entry.objects.values_list("name", flat=True)
    return desk_page(
        request,
        template,
        status,
        title=title,
        opts=PROXIES[entry.type]._meta,
        original=entry,
        form=form,
        button=button,
        entries=sorted(names, key=sort_key),
        **more,
    )
