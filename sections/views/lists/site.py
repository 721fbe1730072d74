"""Lists of the whole site: its reports and its changes."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.timezone import localtime
from django.utils.translation import gettext

from sections.citing import whole_address
from sections.exports.listing import Listing
from sections.models import Report
from sections.presenters.changes import ChangeInWords, changes_in_words
from sections.text.fold import clean_line
from sections.text.whole_numbers import whole_number

from ..changes import MOST_KEY, asked_changes
from .files import about_list, list_file

REPORT = ("symbol", "title", "state_party", "treaty_body", "language", "date", "url")
CHANGE = ("when", "about", "kind", "reason", "change", "field", "old", "new", "url")
BY = ("state_party", "treaty_body")
MOST_CHANGES = 1000


@list_file
def reports(request: HttpRequest) -> Listing:
    """The reports, by symbol; those of a State party and of a treaty body that are asked for."""
    asked = {name: value for name in BY if (value := clean_line(request.GET.get(name, "")))}
    rows = [
        {
            "symbol": report.symbol,
            "title": report.translated("title"),
            "state_party": report.translated("state_party"),
            "treaty_body": report.translated("treaty_body"),
            "language": report.language,
            "date": str(report.date_distributed or report.date_received or ""),
            "url": whole_address(request, report.get_absolute_url()),
        }
        for report in Report.objects.filter(**asked).order_by("symbol")
    ]
    about = about_list(request, None)
    return Listing.of(
        gettext("Reports"), REPORT, rows, name="reports", about=about, file_name=["reports", *asked.values()]
    )


@list_file
def changes(request: HttpRequest) -> Listing:
    """The newest changes that the filters let through, at most 1,000, a row for each field that they changed.

    `before` leads to older ones.
    """
    before = whole_number(request.GET.get("before", ""), MOST_KEY)
    chosen = asked_changes(request).chosen()
    rows = chosen if before is None else chosen.filter(pk__lt=before)
    lines = [row for entry in changes_in_words(rows[:MOST_CHANGES]) for row in _rows(request, entry)]
    about = about_list(request, None)
    columns = [*CHANGE[:4], "editor", *CHANGE[4:]] if settings.CHANGES_NAME_EDITORS else CHANGE
    return Listing.of(gettext("Changes"), columns, lines, name="changes", about=about, file_name=["changes"])


def _rows(request: HttpRequest, entry: ChangeInWords):
    """A row for each field of each sentence of a change."""
    change, user = entry.change, entry.change.user
    common = {
        "when": localtime(change.when).isoformat(timespec="seconds"),
        "about": "; ".join(thing.words for thing in entry.things),
        "kind": change.get_kind_display(),
        "reason": change.reason,
        "editor": user and (user.get_full_name() or user.get_username()),
        "url": whole_address(request, change.get_absolute_url()),
    }
    for sentence in entry.sentences:
        for label, old, new in sentence.fields or [("", (), ())]:
            sides = {"old": "".join(part.text for part in old), "new": "".join(part.text for part in new)}
            yield common | {"change": sentence.words, "field": label} | sides
