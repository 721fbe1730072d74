"""Lists of the whole site: its reports and its changes."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.timezone import localtime
from django.utils.translation import gettext

from sections.citing import whole_address
from sections.exports.listing import Listing
from sections.models import Report
from sections.presenters.change_items import ChangeInWords
from sections.presenters.changes import items_in_words
from sections.queries.changes import first_of_items, items
from sections.text.fold import clean_line
from sections.text.whole_numbers import whole_number

from ..changes import MOST_KEY, asked_changes
from ..limits import narrowed_list
from .files import about_list, language_of_rows, list_file

REPORT = ("symbol", "title", "state_party", "treaty_body", "language", "date", "url")
CHANGE = ("when", "until", "editor", "change", "field", "old", "new", "about", "kind", "reason", "url")
BY = ("state_party", "treaty_body")
MOST_CHANGES = 1000


@list_file
def reports(request: HttpRequest) -> Listing:
    """The reports, by symbol; those of a State party and of a treaty body that are asked for."""
    asked = {name: value for name in BY if (value := clean_line(request.GET.get(name, "")))}
    with language_of_rows(request):
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
@narrowed_list
def changes(request: HttpRequest) -> Listing:
    """The newest changes that the filters let through, at most 1,000: a row for each field that they changed.

    `before` leads to older ones, as on the page.
    """
    asked, before = asked_changes(request), whole_number(request.GET.get("before", ""), MOST_KEY)
    firsts = first_of_items(asked.chosen(), not asked.narrows)
    firsts = (firsts if before is None else firsts.filter(pk__lt=before))[:MOST_CHANGES]
    in_use = list(asked.in_words())
    with language_of_rows(request):
        rows = [row for entry in items_in_words(items(asked.chosen(), firsts)) for row in _rows(request, entry)]
    return Listing.of(
        gettext("Changes"),
        CHANGE,
        rows,
        name="changes",
        about=about_list(request, None, [(label, value) for _, label, value in in_use]),
        file_name=["changes", *(f"{name} {request.GET.get(name, '')}" for name, *_ in in_use)],
    )


def _rows(request: HttpRequest, entry: ChangeInWords) -> Iterator[dict[str, Any]]:
    """A row for each field of each sentence about a change."""
    common = {
        "when": localtime(entry.change.when).isoformat(timespec="seconds"),
        "until": localtime(entry.until).isoformat(timespec="seconds"),
        "editor": entry.who,
        "about": [thing.words for thing in entry.things],
        "kind": entry.change.get_kind_display(),
        "reason": " ".join(entry.reasons),
        "url": whole_address(request, entry.get_absolute_url()),
    }
    for sentence in entry.sentences:
        for label, old, new in sentence.fields or [("", (), ())]:
            sides = {"old": "".join(part.text for part in old), "new": "".join(part.text for part in new)}
            yield common | {"change": sentence.words, "field": label} | sides
