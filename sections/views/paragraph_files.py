"""What stands beside the page of a paragraph: its text, and its citation for reference managers."""

from django.http import Http404, HttpResponse
from django.urls import reverse

from sections.citing import bibtex, paragraph_as_text, plain_citation, ris, whole_address
from sections.queries import paragraphs

from .shortcuts import report_of, to_canonical

TYPES = {
    "txt": "text/plain; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
}
LARGEST = 2**31 - 1  # a larger number may be more than the database can look for


def paragraph_file(request, symbol, number, ending):
    """The paragraph as .txt, or its citation as .ris or .bib; 404 in words for a number that the report lacks."""
    report = report_of(symbol)
    found = paragraphs.paragraph(report, number) if number <= LARGEST else None
    if found is None:
        raise Http404(f"{report.symbol} has no paragraph {number}.")
    names = {"symbol": report.symbol, "number": number, "ending": ending}
    if elsewhere := to_canonical(request, reverse("paragraph-file", kwargs=names)):
        return elsewhere
    address = whole_address(request, found.get_absolute_url())
    place = f"para. {number}"
    if ending == "txt":
        content = paragraph_as_text(found, plain_citation(report, place), address)
    else:
        content = {"ris": ris, "bib": bibtex}[ending](report, place, address)
    response = HttpResponse(content, content_type=TYPES[ending])
    if ending != "txt":
        name = f"{report.symbol.replace('/', '-')}-para-{number}.{ending}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Robots-Tag"] = "noindex"
    response["Link"] = f'<{address}>; rel="canonical"'
    return response
