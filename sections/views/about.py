"""What this site is, where its text comes from, and the proof that the text is complete and unchanged."""

from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sections.citing import paragraphs_place, plain_citation
from sections.importing.verify import kept_proof
from sections.models import kept_report
from sections.queries import paragraphs, reports


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Provenance, citing, copyright, and what the bases of links mean."""
    report = kept_report()
    context = {"report": report}
    if report:
        headings = list(reports.outline(report).in_order())
        context["citation"] = plain_citation(paragraphs_place(report, [1], ""))
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
        origins = {content.number: content.origin for content in paragraphs.contents(report).values()}
        rows = [(number, row.line, row.sha256, failures.get(number, ())) for number, row in origins.items()]
        context |= {
            "proof": proof,
            "outside": failures.get(None, ()),
            "rows": rows,
            "digest": blake2b(repr(rows).encode()).hexdigest(),
        }
    return render(request, "about/fidelity.html", context)
