"""How to take the data of the site along: every list as a file, the API, and examples that run as they stand."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sections.citing import whole_address
from sections.exports.formats import FORMATS, PASSAGE_FORMATS
from sections.models import Report, kept_report
from sections.queries import convention, paragraphs, reports

from .lists.paragraphs import MOST_HITS
from .shortcuts import not_found

# What there is of each report, and of the site: words, and the name of the list's address.
OF_REPORT = [
    (_("All paragraphs"), "report-full-file"),
    (_("Replies"), "replies-file"),
    (_("Figures"), "figures-file"),
    (_("Checked sums"), "sums-file"),
    (_("Dates"), "timeline-file"),
    (_("Places"), "places-file"),
    (_("Annexes"), "annexes-file"),
]
OF_SITE = [
    (_("Institutions"), "institutions-file"),
    (_("Laws"), "laws-file"),
    (_("Programmes"), "programmes-file"),
    (_("Articles of the Convention"), "convention-file"),
    (_("Changes"), "changes-file"),
    (_("Reports"), "reports-file"),
]
EXAMPLES = {"curl": "curl", "python": "Python", "javascript": "JavaScript"}
MOST_REPORTS = 50  # to which the page links
OF_PASSAGES = {"report-full-file"}


@dataclass(frozen=True, slots=True)
class Download:
    """A list: what it holds, and its files as (name of the format, address)."""

    words: str
    files: list[tuple[str, str]]


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """The downloads of a report, which `report` names by its symbol, and of the site; the API; three examples."""
    symbol = request.GET.get("report", "").replace("\x00", "")
    report = kept_report(symbol)
    if symbol and report is None:
        message = gettext("This site contains no report with the symbol %(symbol)s.") % {"symbol": symbol}
        return not_found(request, None, message, [(gettext("Data and API"), reverse("data"))])
    context = {
        "report": report,
        "here": gettext("Data and API"),
        "of_report": list(_of_report(report)) if report else [],
        "of_site": [_download(words, route) for words, route in OF_SITE],
        "others": Report.objects.exclude(pk=report.pk).order_by("symbol")[:MOST_REPORTS] if report else [],
        "api": whole_address(request, reverse("api-root")),
        "examples": [(name, words, _example(request, report, name)) for name, words in EXAMPLES.items()],
        "most_hits": MOST_HITS,
    }
    return render(request, "data/data.html", context)


def _of_report(report: Report) -> Iterator[Download]:
    names = {"symbol": report.symbol}
    yield Download(gettext("The whole report with all links"), [("JSON", reverse("report-file", kwargs=names))])
    for words, route in OF_REPORT:
        yield _download(words, route, **names)
    for table in paragraphs.tables(report):
        words = gettext("Table %(number)s: %(title)s") % {"number": table.number, "title": table}
        yield _download(words, "table-file", number=table.number, **names)


def _download(words: str, route: str, **names: object) -> Download:
    formats = PASSAGE_FORMATS if route in OF_PASSAGES else FORMATS
    files = ((each.label, reverse(route, kwargs={**names, "file_format": each})) for each in formats.values())
    return Download(str(words), list(files))


def _example(request: HttpRequest, report: Report | None, name: str) -> str:
    """The text of an example, which asks this site for what it holds."""
    articles = [article for part in convention.parts_with_counts(report) for article in part.articles.all()]
    named = reports.most_named(report)["institution"] if report else []
    context = {
        "site": whole_address(request, "/").removesuffix("/"),
        "api": whole_address(request, reverse("api-root")),
        "article": max(articles, key=lambda article: article.count).number if articles else 1,
        "words": named[0].name if named else "report",
    }
    return render_to_string(f"data/examples/{name}.txt", context).strip()
