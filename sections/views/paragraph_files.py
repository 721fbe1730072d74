"""Files beside the page of a paragraph: its text, and its citation for reference managers."""

from django.http import Http404, HttpRequest, HttpResponse

from sections.citing import bibtex, paragraph_as_text, plain_citation, ris, whole_address
from sections.models import Report
from sections.queries import paragraphs

from .files import file_name
from .shortcuts import report_view

TYPES = {
    "txt": "text/plain; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
}


@report_view
def paragraph_file(request: HttpRequest, report: Report, number: int, ending: str) -> HttpResponse:
    """The paragraph as .txt, or its citation as .ris or .bib; 404 in words for a number that the report lacks."""
    paragraph = paragraphs.paragraph(report, number)
    if paragraph is None:
        raise Http404(f"{report.symbol} has no paragraph {number}.")
    address = whole_address(request, paragraph.get_absolute_url())
    place = f"para. {number}"
    if ending == "txt":
        content = paragraph_as_text(paragraph, plain_citation(report, place), address)
    else:
        content = {"ris": ris, "bib": bibtex}[ending](report, place, address)
    response = HttpResponse(content, content_type=TYPES[ending])
    if ending != "txt":
        name = file_name(report, f"para-{number}")
        response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    response["X-Robots-Tag"] = "noindex"
    response["Link"] = f'<{address}>; rel="canonical"'
    return response
