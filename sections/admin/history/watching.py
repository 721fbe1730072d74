"""Watching entries and paragraphs: the button, the list, and a feed under an address that only its owner knows."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sections.citing import SITE_NAME
from sections.editing import watching as editing
from sections.exports.atom import TextFeed
from sections.models import Change, Entry, Paragraph, Preferences, Watch
from sections.presenters.change_items import ChangeInWords
from sections.presenters.changes import items_in_words
from sections.queries import changes as queries
from sections.text.whole_numbers import MOST

from ..pages import desk_page

MODELS = {Watch.Kind.ENTRY: Entry, Watch.Kind.PARAGRAPH: Paragraph}
PARTS = {Watch.Kind.ENTRY: queries.OF_ENTRY, Watch.Kind.PARAGRAPH: queries.OF_PARAGRAPH}
MOST_SHOWN = 20


class Watchable:
    """Mixin of a ModelAdmin: its records can be watched, with a button on their pages."""

    watch_kind = Watch.Kind.ENTRY

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """The page of the form, which knows whether the person watches the record."""
        if record := context.get("original"):
            watches = Watch.objects.filter(user=request.user, kind=self.watch_kind, key=record.pk).exists()
            context |= {"watch_kind": self.watch_kind, "is_watched": watches}
        return super().render_change_form(request, context, **kwargs)


def _changes_of_watched(user) -> QuerySet[Change]:
    """All changes that touched what the person watches, without their own."""
    conditions = Q(pk__in=[])
    for kind, parts in PARTS.items():
        keys = list(Watch.objects.filter(user=user, kind=kind).values_list("key", flat=True))
        if keys:
            conditions |= queries.touching_any(parts, keys)
    return queries.changes().filter(conditions).exclude(user=user)


def watched_changes(user: Any) -> list[ChangeInWords]:
    """The changes of watched records since the person last said that they have seen them; the newest first."""
    own = Preferences.objects.filter(user=user).first()
    if not Watch.objects.filter(user=user).exists():
        return []
    chosen = _changes_of_watched(user).filter(pk__gt=own.seen if own else 0)
    return items_in_words([[change] for change in chosen[:MOST_SHOWN]], named=True)


@require_POST
def watch(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """Begins to watch a record, or ends it; goes back to the page of the record."""
    model = MODELS.get(kind)
    record = model.objects.filter(pk=key).first() if model and key <= MOST else None
    if record is None:
        raise Http404(gettext("There is no such record."))
    name = record.type if kind == Watch.Kind.ENTRY else "paragraph"
    if not request.user.has_perm(f"sections.view_{name}"):
        raise PermissionDenied
    try:
        if request.POST.get("watch") == "no":
            editing.end_watch(request.user, kind, key)
            messages.success(request, gettext("You no longer watch this record."))
        else:
            editing.watch(request.user, kind, key)
            messages.success(
                request, gettext("You watch this record. Its changes stand on the first page of the desk.")
            )
    except editing.TooMany:
        words = gettext("You watch %(count)s records already. End watching some of them first.")
        messages.warning(request, words % {"count": editing.MOST_WATCHED})
    return redirect(f"admin:sections_{name}_change", key)


@require_http_methods(["GET", "HEAD", "POST"])
def watched(request: HttpRequest) -> HttpResponse:
    """The records that the person watches, and the address of their feed, which a post makes anew."""
    if request.method == "POST":
        action = request.POST.get("action")
        if action == "seen":
            editing.mark_seen(request.user)
            return redirect("admin:index")
        editing.set_feed(request.user, is_wanted=action == "feed")
        return redirect("admin:watched")
    own = Preferences.objects.filter(user=request.user).first()
    rows = []
    for watch in Watch.objects.filter(user=request.user).order_by("kind", "pk"):
        record = MODELS[watch.kind].objects.filter(pk=watch.key).first()
        if record is not None:
            name = record.type if watch.kind == Watch.Kind.ENTRY else "paragraph"
            rows.append((watch, str(record), reverse(f"admin:sections_{name}_change", args=[record.pk])))
    feed = own and own.feed_token and request.build_absolute_uri(reverse("admin:watched_feed", args=[own.feed_token]))
    return desk_page(request, "admin/sections/watched.html", title=gettext("Watched records"), rows=rows, feed=feed)


@require_safe
def watched_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The changes of what the owner of the secret watches, as an Atom feed for a program that cannot log in."""
    own = Preferences.objects.select_related("user").filter(feed_token=token).first() if len(token) == 43 else None
    if own is None or not (own.user.is_active and own.user.is_staff):
        raise Http404(gettext("There is no such feed."))
    atom = TextFeed(
        title=gettext("Watched records"),
        link=request.build_absolute_uri(reverse("admin:watched")),
        description=None,
        feed_url=request.build_absolute_uri(),
        generator=SITE_NAME,
        version=settings.VERSION,
        content_date=timezone.now(),
        older=None,
    )
    for entry in items_in_words([[change] for change in _changes_of_watched(own.user)[:50]], named=True):
        address = request.build_absolute_uri(reverse("admin:action", args=[entry.number]))
        lines = [sentence.words for sentence in entry.sentences[:12]] + entry.reasons
        atom.add_item(
            title=entry.headline,
            link=address,
            unique_id=address,
            description="\n".join(lines),
            author_name=entry.who,
            pubdate=entry.change.when,
            updateddate=entry.change.when,
        )
    response = HttpResponse(atom.writeString("utf-8"), content_type=TextFeed.content_type)
    response["Cache-Control"] = "no-store"
    return response


admin.site.pages.extend(
    [
        path("watched/", admin.site.admin_view(watched), name="watched"),
        path("watched/<str:kind>/<int:key>/", admin.site.admin_view(watch), name="watch"),
        path("watched-feed/<str:token>/", watched_feed, name="watched_feed"),
    ]
)
