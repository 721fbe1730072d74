"""What this site is, where its text comes from, and the proof that the text is whole."""

from django.shortcuts import render

from sections.citing import plain_citation
from sections.models import Basis, Report, Review
from sections.queries import reports


def about(request):
    """Provenance, citing, rights, and what the bases of links mean."""
    report = Report.objects.default()
    context = {"report": report, "bases": Basis, "reviews": Review}
    if report:
        headings = list(reports.outline(report).in_order())
        context["citation"] = plain_citation(report, "para. 1")
        context["headings"] = len(headings)
        context["recovered"] = sum(heading.section.recovered for heading in headings)
    return render(request, "sections/about/about.html", context)


def fidelity(request):
    """The proof, paragraph by paragraph, that the text equals its source."""
    return render(request, "sections/about/fidelity.html", {"report": Report.objects.default()})
