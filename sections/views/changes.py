"""The public record of changes of the content, newest first, as a page and as an Atom feed."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from sections.editing.change_log import Act, told
from sections.queries import changes as record

PER_PAGE = 30
MOST_LINES = 12


def changes(request):
    """The changes in plain words, with old and new side by side; who made them only where the site is set so."""
    page = Paginator(record.changes(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "acts": told(page, record.steps(page)),
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

    def link(self):
        return reverse("changes")

    def feed_url(self):
        return reverse("changes-feed")

    def items(self):
        """The last changes in words."""
        found = list(record.changes()[:PER_PAGE])
        return told(found, record.steps(found))

    def item_title(self, act: Act):
        return f"{act.about or 'Content'}: {act.change.get_kind_display()}"

    def item_description(self, act: Act):
        lines = [line.words for line in act.lines[:MOST_LINES]]
        if len(act.lines) > MOST_LINES:
            lines.append(f"and {len(act.lines) - MOST_LINES} more")
        reason = act.change.reason.rstrip(".")
        return ". ".join([*([reason] if reason else []), *lines]) + "."

    def item_link(self, act: Act):
        return f"{reverse('changes')}#change-{act.change.pk}"

    def item_guid(self, act: Act):
        return f"change-{act.change.pk}"

    item_guid_is_permalink = False

    def item_pubdate(self, act: Act):
        return act.change.when

    def item_updateddate(self, act: Act):
        return act.change.when

    def item_author_name(self, act: Act):
        if settings.CHANGES_NAME_EDITORS and act.change.user:
            return act.change.user.get_full_name() or act.change.user.get_username()
        return None
