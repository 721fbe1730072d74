"""What stands beside the page of a paragraph: its text, its citation for reference managers, and its JSON."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from rest_framework.renderers import JSONRenderer

from sections.citing import whole_address
from sections.exports.formats import FileFormat
from sections.models import Paragraph, Report
from sections.queries import paragraphs
from sections.representations.paragraphs import ParagraphSerializer, with_annotations

from .files import file_answer, file_name
from .shortcuts import report_view


@report_view
def paragraph_file(request: HttpRequest, report: Report, number: int, file_format: FileFormat) -> HttpResponse:
    """The paragraph, or its citation, in a format of `citing`; 404 in words for a number that the report lacks."""
    paragraph = paragraphs.paragraph(report, number)
    if paragraph is None:
        raise Http404(f"{report.symbol} has no paragraph {number}.")
    address = whole_address(request, paragraph.get_absolute_url())
    body = file_format.write(paragraph, f"para. {number}", address)
    response = file_answer(file_format, file_name(report, f"para-{number}"), body)
    response["X-Robots-Tag"] = "noindex"
    response["Link"] = f'<{address}>; rel="canonical"'
    return response


@require_safe
def paragraph_json(request: HttpRequest, symbol: str, number: int) -> HttpResponse:
    """The paragraph as the API gives it; 404 as JSON when there is none."""
    report = Report.objects.filter(symbol=symbol.upper()).first()
    if report is None:
        return JsonResponse({"detail": "There is no report of that symbol."}, status=404)
    paragraph = with_annotations(Paragraph.objects.filter(report=report, number=number)).first()
    if paragraph is None:
        return JsonResponse({"detail": f"{report.symbol} has no paragraph {number}."}, status=404)
    content = ParagraphSerializer(paragraph, context={"request": request}).data
    return HttpResponse(JSONRenderer().render(content), content_type="application/json")
