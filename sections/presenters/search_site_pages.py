"""The pages of the site that a query asks for, such as "Who runs this site?", as links above what was found."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from sections.models import UNLINKED, Report
from sections.text.site_questions import pages_asked_for

# By the keys of `site_questions`: what the page is called, the name of its address, and what follows the address.
_PAGES: dict[str, tuple[Promise, str, str]] = {
    "unlinked": (gettext_lazy("Articles without a linked paragraph"), "convention", f"?show={UNLINKED}#articles"),
    "convention": (gettext_lazy("The Convention"), "convention", ""),
    "data": (gettext_lazy("Data and API"), "data", ""),
    "changes": (gettext_lazy("Changes"), "changes", ""),
    "responsibility": (gettext_lazy("Who is responsible for this site"), "about", "#responsibility"),
    "report-an-error": (gettext_lazy("Report an error"), "report-an-error", ""),
    "fidelity": (gettext_lazy("Is the text complete and unchanged?"), "fidelity", ""),
    "citing": (gettext_lazy("How to cite"), "about", "#citing"),
    "rights": (gettext_lazy("Copyright and reuse"), "about", "#rights"),
    "basket": (gettext_lazy("Basket"), "basket", ""),
    "accessibility": (gettext_lazy("Accessibility statement"), "accessibility", ""),
}


class SitePage(NamedTuple):
    """A page of the site and its address."""

    label: str
    url: str


def site_pages(query: str, report: Report | None) -> list[SitePage]:
    """The pages that the query asks for; related documents are those of the report."""
    if report is None:
        return []
    names = [report.state_party, *(names.get("state_party", "") for names in report.translations.values())]
    return [_page(key, report) for key in pages_asked_for(query, names)]


def _page(key: str, report: Report) -> SitePage:
    if key == "documents":
        return SitePage(gettext("Related documents"), f"{report.get_absolute_url()}#documents")
    label, name, rest = _PAGES[key]
    return SitePage(str(label), f"{reverse(name)}{rest}")
