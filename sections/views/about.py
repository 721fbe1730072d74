"""What this site is, where its text comes from, and the proof that the text is whole."""

from django.conf import settings
from django.shortcuts import render
from django.utils.translation import gettext

from sections.citing import plain_citation
from sections.importing.build import prove
from sections.importing.readers.text import kept_source
from sections.models import Paragraph, Report
from sections.queries import reports


def about(request):
    """Provenance, citing, rights, and what the bases of links mean."""
    report = Report.objects.default()
    context = {"report": report}
    if report:
        headings = list(reports.outline(report).in_order())
        context["citation"] = plain_citation(report, gettext("para. %(number)s") % {"number": 1})
        context["headings"] = len(headings)
        context["recovered"] = sum(heading.section.recovered for heading in headings)
    return render(request, "about/about.html", context)


def fidelity(request):
    """The proof, made anew for each request, that every paragraph equals its source; whatever does not is shown."""
    report = Report.objects.default()
    context = {"report": report}
    if report:
        source = kept_source(report.source_name, settings.BASE_DIR / "fixtures" / "source")
        proof = prove(report, source)
        rows = Paragraph.objects.filter(report=report).order_by("number").values_list("number", "source_line", "sha256")
        context |= {
            "proof": proof,
            "outside": [failure for failure in proof.failures if failure.number is None],
            "rows": [(*row, [failure for failure in proof.failures if failure.number == row[0]]) for row in rows],
        }
    return render(request, "about/fidelity.html", context)
