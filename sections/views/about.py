"""What this site is, where its text comes from, and the proof that the text is complete and unchanged."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sections.citing import plain_citation
from sections.importing.verify import kept_proof
from sections.models import Paragraph, kept_report
from sections.queries import reports


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Provenance, citing, copyright, and what the bases of links mean."""
    report = kept_report()
    context = {"report": report}
    if report:
        headings = list(reports.outline(report).in_order())
        context["citation"] = plain_citation(report, gettext("para. %(number)s") % {"number": 1})
        context["headings"] = len(headings)
        context["recovered"] = sum(heading.section.recovered for heading in headings)
    return render(request, "about/about.html", context)


@require_safe
def fidelity(request: HttpRequest) -> HttpResponse:
    """The proof that every paragraph equals its source, with everything that differs."""
    report = kept_report()
    context = {"report": report}
    if report:
        proof = kept_proof(report)
        failures: dict[int | None, list] = {}
        for failure in proof.failures:
            failures.setdefault(failure.number, []).append(failure)
        paragraphs = Paragraph.objects.filter(report=report).order_by("number")
        rows = paragraphs.values_list("number", "source_line", "sha256")
        context |= {
            "proof": proof,
            "outside": failures.get(None, ()),
            "rows": [(*row, failures.get(row[0], ())) for row in rows],
        }
    return render(request, "about/fidelity.html", context)
