"""What this site is, where its text comes from, and the proof that the text is complete and unchanged."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from sections.citing import paragraphs_place, plain_citation
from sections.importing.verify import kept_proof, source_file
from sections.models import Report, Sample, kept_report, version_key
from sections.queries import paragraphs
from sections.queries.limits import limits
from sections.queries.reviews import reviews
from sections.queries.samples import error_rates

from .shortcuts import report_view


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Provenance, citing, copyright, how links are made, who checked them, and how many errors samples showed."""
    report = kept_report()
    context = {"report": report}
    if report:
        rates = error_rates(report)
        context["citation"] = plain_citation(paragraphs_place(report, [1], ""))
        context["limits"] = limits(report)
        context["reviews"] = reviews(report)
        context["rates"] = [(kind.label, rates[kind]) for kind in Sample.Kind]
    return render(request, "about/about.html", context)


@require_safe
def fidelity(request: HttpRequest) -> HttpResponse:
    """What the text was compared with, and the proof that every paragraph equals it, with everything that differs."""
    report = kept_report()
    context = {"report": report}
    if report:
        proof = kept_proof(report)
        context |= {
            "proof": proof,
            "outside": [failure for failure in proof.failures if failure.number is None],
            "limits": limits(report),
            "more_limits": report.translated("source_limits").splitlines(),
            "rate": error_rates(report)[Sample.Kind.TEXT],
            "rows": lambda: _rows(report, proof),
            "version": version_key(report),
        }
    return render(request, "about/fidelity.html", context)


@report_view
def source(request: HttpRequest, report: Report) -> HttpResponse:
    """The file from which the report was made, byte for byte."""
    response = HttpResponse(source_file(report), content_type="text/plain; charset=utf-8")
    name = report.source_name or f"{report.symbol.replace('/', '-')}.txt"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def _rows(report, proof):
    """Each paragraph with its line in the source, its fingerprint, and what differs."""
    failures: dict[int | None, list] = {}
    for failure in proof.failures:
        failures.setdefault(failure.number, []).append(failure)
    origins = {content.number: content.origin for content in paragraphs.contents(report).values()}
    return [(number, row.line, row.sha256, failures.get(number, ())) for number, row in origins.items()]
