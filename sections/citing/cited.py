"""What a citation is of: a place in a report, or a page that this site adds to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import get_language, gettext, override

from sections.models import Report
from sections.text.item_paths import Step
from sections.text.ranges import format_ranges

SITE_NAME = "Paragraph by Paragraph"
NEEDED = ("title", "state_party", "treaty_body")  # what a translation must have, so that no citation mixes languages


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a report: some of its paragraphs, or in one of them an item, a footnote or a table; else all of it."""

    paragraphs: tuple[int, ...] = ()
    item: tuple[Step, ...] = ()
    footnote: int = 0
    table: int = 0


@dataclass(frozen=True, slots=True)
class ReportPlace:
    """A place in a report as it is cited in one language, with the whole address of its page.

    `committee`, `state_party` and `day` are empty where they are not known; a title there always is.
    """

    title: str
    state_party: str
    committee: str
    symbol: str
    day: date | None
    text_language: str
    address: str
    place: Place
    language: str

    @property
    def names(self) -> tuple[str, ...]:
        """What tells this citation from others of the site."""
        place = self.place
        paragraphs = [f"para-{format_ranges(place.paragraphs)}"] if place.paragraphs else []
        steps = [step.name for step in place.item]
        others = [f"{kind}-{number}" for kind, number in (("fn", place.footnote), ("table", place.table)) if number]
        return (self.symbol, *paragraphs, *steps, *others)


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page of this site that stands in no report: an article of the Convention, or an entry."""

    title: str
    address: str
    language: str

    @property
    def names(self) -> tuple[str, ...]:
        """What tells this citation from others of the site."""
        return (SITE_NAME, self.title)


Cited = ReportPlace | SitePage


def report_place(report: Report, address: str, place: Place | None = None) -> ReportPlace:
    """The place, by default the whole report, as it is cited in the reader's language.

    A report without a translation is cited in its own language, also on pages in another.
    """
    language = _language(report)
    with override(language):
        title, state_party, committee = (clean(report.translated(name)) for name in NEEDED)
        if not title:
            title = gettext("Report of the State party (%(state_party)s)") % {"state_party": state_party}
        elif state_party.casefold() not in title.casefold():
            title = f"{title}, {state_party}"
    return ReportPlace(
        title=title,
        state_party=state_party,
        committee=committee,
        symbol=clean(report.symbol),
        day=report.date_distributed or report.date_received,
        text_language=report.language,
        address=address,
        place=place or Place(),
        language=language,
    )


def paragraphs_place(report: Report, numbers: Sequence[int], address: str) -> ReportPlace:
    """The paragraphs of these numbers as they are cited in the reader's language."""
    return report_place(report, address, Place(paragraphs=tuple(numbers)))


def site_page(title: str, address: str) -> SitePage:
    """A page of this site as it is cited in the reader's language."""
    return SitePage(clean(title), address, get_language() or settings.LANGUAGE_CODE)


def clean(text: str) -> str:
    """The text in one line, without what cannot be printed."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text).split())


def _language(report):
    wanted = get_language() or settings.LANGUAGE_CODE
    own = next((code for code, _ in settings.LANGUAGES if code.split("-")[0] == report.language.split("-")[0]), None)
    translated = report.translations.get(wanted, {})
    is_translated = all(translated.get(name) or not getattr(report, name) for name in NEEDED)
    return wanted if is_translated and wanted != own else own or settings.LANGUAGE_CODE
