"""The home page: what this site is, three ways in, the report at a glance."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from sections.models import kept_report, version_key
from sections.presenters.paragraph import Reading
from sections.presenters.registers import REGISTERS, by_register
from sections.queries import paragraphs, reports
from sections.queries.convention import parts_with_counts, tint_steps


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The home page of the default report; a page that says so while there is no report."""
    report = kept_report()
    if report is None:
        return render(request, "home/empty.html")
    named = reports.most_named(report)
    sample = paragraphs.sample_number(report)
    parts = parts_with_counts(report)
    # From the largest part, which lists rights; an article of the general provisions would be a poor example.
    largest = sorted(parts, key=lambda part: -len(part.articles.all()))
    addressed = next((found for part in largest if (found := [row for row in part.articles.all() if row.high])), [])
    context = {
        "report": report,
        "version": version_key(report),
        "totals": reports.totals(report),
        "named": [(register, named[type]) for type, register in REGISTERS.items()],
        "most_named": [entries[0] for _, entries in by_register(named)],
        "article": max(addressed, key=lambda article: (article.high, -article.number), default=None),
        "table": paragraphs.first_table(report),
        "sample": Reading(report, paragraphs.contents(report)[sample]) if sample else None,
        "parts": parts,
        "tints": tint_steps(),
    }
    return render(request, "home/home.html", context)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """The icon, for browsers that ask for it where no page has named it."""
    return redirect(static("favicon.svg"))
