"""The public change log, newest first, as a page and as an Atom feed."""

from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.feedgenerator import Atom1Feed

from sections.editing.change_log import ChangeEntry, describe_changes
from sections.queries import changes as queries
from sections.text.whole_numbers import whole_number

PER_PAGE = 30
MOST_KEY = 10**15
MOST_LINES = 12  # of one change


def changes(request: HttpRequest) -> HttpResponse:
    """The changes in words, with old and new side by side; names their authors if the site is set so.

    Further pages begin before the key of a change, so that the oldest cost no more than the newest.
    """
    before = whole_number(request.GET.get("before", ""), MOST_KEY)
    rows = queries.changes() if before is None else queries.changes().filter(pk__lt=before)
    rows = list(rows[: PER_PAGE + 1])  # one more says whether there are older ones
    page = rows[:PER_PAGE]
    context = {
        "entries": describe_changes(page),
        "is_first": before is None,
        "older_before": page[-1].pk if len(rows) > PER_PAGE else None,
        "most": MOST_LINES,
        "most_slice": f":{MOST_LINES}",
        "names_editors": settings.CHANGES_NAME_EDITORS,
    }
    return render(request, "changes/changes.html", context)


class ChangesFeed(Feed):
    """The last changes as an Atom feed."""

    feed_type = Atom1Feed
    title = "Changes · Paragraph by Paragraph"
    subtitle = "What the editors changed in the entries, the links and the notes."
    description = subtitle
    item_guid_is_permalink = False
    link = reverse_lazy("changes")
    feed_url = reverse_lazy("changes-feed")

    def items(self) -> list[ChangeEntry]:
        """The last changes in words."""
        return describe_changes(queries.changes()[:PER_PAGE])

    def item_title(self, item: ChangeEntry) -> str:
        return f"{item.about or 'Content'}: {item.change.get_kind_display()}"

    def item_description(self, item: ChangeEntry) -> str:
        lines = [line.words for line in item.lines[:MOST_LINES]]
        if len(item.lines) > MOST_LINES:
            lines.append(f"and {len(item.lines) - MOST_LINES} more")
        reason = item.change.reason.rstrip(".")
        return ". ".join([*([reason] if reason else []), *lines]) + "."

    def item_link(self, item: ChangeEntry) -> str:
        return f"{reverse('changes')}#change-{item.change.pk}"

    def item_guid(self, item: ChangeEntry) -> str:
        return f"change-{item.change.pk}"

    def item_pubdate(self, item: ChangeEntry) -> datetime:
        return item.change.when

    item_updateddate = item_pubdate

    def item_author_name(self, item: ChangeEntry) -> str | None:
        user = item.change.user if settings.CHANGES_NAME_EDITORS else None
        return user.get_full_name() or user.get_username() if user else None
