"""Places that people write behind a symbol: ranges of paragraphs, items and footnotes, and the files beside them."""

from collections.abc import Callable, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from rest_framework.renderers import JSONRenderer

from sections.citing import paragraphs_as_text, paragraphs_place, whole_address
from sections.exports.formats import FileFormat
from sections.models import Paragraph, Report
from sections.presenters.paragraph import Reading
from sections.queries import paragraphs, reports
from sections.representations.paragraphs import ParagraphSerializer, with_annotations
from sections.text.places import WrittenPlace, parse_place
from sections.text.ranges import format_ranges

from . import citations
from .citation_files import citation_file
from .shortcuts import citation_pattern, file_response, not_found, report_or_404, report_view

LONGEST = 60  # characters of what was typed that are shown


@report_view
def place(request: HttpRequest, report: Report, place: str) -> HttpResponse:
    """The paragraphs of a range or a list; an item leads to its paragraph; else a page that says what there is."""
    written = parse_place(place)
    numbers = _numbers(report, written)
    if written is None or len(numbers) != written.size or written.item or len(numbers) == 1:
        return to_place(request, report, place, written)
    outline, contents = reports.outline(report), paragraphs.contents(report)
    if len(numbers) == len(contents):
        return redirect("report-full", symbol=report.symbol)
    rows = [contents[number] for number in numbers]
    context = {
        "report": report,
        "outline": outline,
        "here": gettext("Paragraphs %(numbers)s") % {"numbers": format_ranges(numbers)},
        "path": _common(outline.path(row.section) for row in rows),
        "groups": _by_section(report, outline, rows),
        "numbers": format_ranges(numbers),
        "ends": [(number, _address(report, WrittenPlace(((number, number),)))) for number in (numbers[0], numbers[-1])],
        "citation_pattern": citation_pattern(report),
        "cite": citations.of_paragraphs(request, report, written, numbers),
    }
    response = render(request, "paragraphs/range.html", context)
    if len(written.runs) > 1:  # any selection is an address: none takes the place of a page that others read
        response["Cache-Control"] = "private"
    return response


@require_safe
def short(request: HttpRequest, symbol: str, place: str) -> HttpResponse:
    """A place typed straight behind the symbol, such as CMW/C/MEX/3/137(b): leads to its address."""
    return to_place(request, report_or_404(symbol), place, parse_place(place))


@report_view
def footnote(request: HttpRequest, report: Report, number: int) -> HttpResponse:
    """Leads to the footnote beside its paragraph; 404 in words for a number that no footnote has."""
    for content in paragraphs.contents(report).values():
        if number in content.footnotes:
            page = reverse("paragraph", kwargs={"symbol": report.symbol, "number": content.number})
            return redirect(f"{page}#fn{number}", permanent=True)
    message = gettext("%(symbol)s has no footnote %(number)s.") % {"symbol": report.symbol, "number": number}
    return not_found(request, report, message, [(gettext("The contents of the report"), report.get_absolute_url())])


@report_view
def citation(request: HttpRequest, report: Report, place: str, file_format: FileFormat) -> HttpResponse:
    """The citation of paragraphs or of an item in a format of `citing`; 404 in words for what is not there."""

    def answer(written: WrittenPlace, numbers: Sequence[int]) -> HttpResponse:
        if not written.item:
            if len(numbers) == 1:
                control = citations.of_paragraph(request, report, paragraphs.contents(report)[numbers[0]])
            else:
                control = citations.of_paragraphs(request, report, written, numbers)
            return citation_file(control.cited, file_format)
        content = paragraphs.contents(report)[numbers[0]]
        paths = list(content.items.values())
        index = next(index for index, path in enumerate(paths) if path.is_named_by(written.item))
        return citation_file(citations.of_items(request, report, content)[index].cited, file_format)

    return _file_of(request, report, place, answer)


@report_view
def text(request: HttpRequest, report: Report, place: str) -> HttpResponse:
    """The paragraphs as plain text, with their citation."""

    def answer(written: WrittenPlace, numbers: Sequence[int]) -> HttpResponse:
        cited = paragraphs_place(report, numbers, whole_address(request, _address(report, written)))
        contents = paragraphs.contents(report)
        body = paragraphs_as_text([contents[number] for number in numbers], cited)
        text = FileFormat("txt", "", "text/plain; charset=utf-8", str, attachment=False)
        response = file_response(report, f"para-{written}", text, body)
        response["Link"] = f'<{cited.address}>; rel="canonical"'
        response["X-Robots-Tag"] = "noindex"
        return response

    return _file_of(request, report, place, answer, has_items=False)


@report_view
def data(request: HttpRequest, report: Report, place: str) -> HttpResponse:
    """The paragraphs as the API gives them, in a list."""

    def answer(written: WrittenPlace, numbers: Sequence[int]) -> HttpResponse:
        rows = Paragraph.objects.filter(report=report, number__in=numbers).order_by("number")
        content = ParagraphSerializer(with_annotations(rows), many=True, context={"request": request}).data
        body = JSONRenderer().render({"count": len(content), "results": content})
        return HttpResponse(body, content_type="application/json")

    return _file_of(request, report, place, answer, has_items=False)


def to_place(request: HttpRequest, report: Report, typed: str, written: WrittenPlace | None) -> HttpResponse:
    """A redirect to the address of the place; where the report has no such place, a page that says which it has."""
    if written and (address := _address(report, written)):
        return redirect(address, permanent=True)
    numbers = _numbers(report, written)
    return not_found(request, report, _what_is_missing(report, typed, written), _ways_on(report, numbers))


def _file_of(request, report, typed, answer: Callable[[WrittenPlace, Sequence[int]], HttpResponse], has_items=True):
    """The answer for a place that the report has, at its canonical address; else 404 in words."""
    written = parse_place(typed)
    if written is None or not _address(report, written) or (written.item and not has_items):
        raise Http404(_what_is_missing(report, typed, written))
    return answer(written, _numbers(report, written))


def _numbers(report, written):
    """The paragraphs of the place that the report has."""
    runs = written.runs if written else ()
    return [number for number in paragraphs.contents(report) if any(low <= number <= high for low, high in runs)]


def _address(report, written):
    """The address of the place, empty where the report does not have all of it."""
    numbers = _numbers(report, written)
    if len(numbers) != written.size:
        return ""
    if len(numbers) > 1:
        return reverse("place", kwargs={"symbol": report.symbol, "place": written})
    page = reverse("paragraph", kwargs={"symbol": report.symbol, "number": numbers[0]})
    if not written.item:
        return page
    paths = paragraphs.contents(report)[numbers[0]].items.values()
    path = next((path for path in paths if path.is_named_by(written.item)), None)
    return f"{page}#{path.anchor}" if path else ""


def _what_is_missing(report, typed, written):
    """What the report lacks of the place, in a sentence, and what it has."""
    outline = reports.outline(report)
    if outline.first is None:
        return gettext("%(symbol)s contains no paragraphs yet.") % {"symbol": report.symbol}
    facts = {"symbol": report.symbol, "first": outline.first, "last": outline.last}
    numbers = _numbers(report, written)
    if written and written.item and numbers:
        message = gettext("Paragraph %(number)s of %(symbol)s has no item “%(item)s”.")
        item = "".join(f"({name})" for name in written.item)
        return message % {"number": numbers[0], "symbol": report.symbol, "item": item}
    if written:
        message = gettext(
            "%(symbol)s does not have all of the paragraphs %(typed)s. Its paragraphs go from %(first)s to %(last)s."
        )
        return message % (facts | {"typed": str(written)})
    message = gettext(
        "“%(typed)s” is not a place in %(symbol)s. Write one paragraph as 94, several as 92-94, an item as 94(b)."
    )
    return message % (facts | {"typed": typed if len(typed) <= LONGEST else f"{typed[:LONGEST]}…"})


def _ways_on(report, numbers):
    """Links to what there is of the place, else to the first and the last paragraph, and to the outline."""
    outline = reports.outline(report)
    ways = []
    if len(numbers) > 1:
        words, place = format_ranges(numbers), parse_place(format_ranges(numbers))
        ways.append((gettext("Paragraphs %(numbers)s") % {"numbers": words}, _address(report, place)))
    else:
        ends = numbers or dict.fromkeys(number for number in (outline.first, outline.last) if number is not None)
        words = gettext("Paragraph %(number)s")
        ways += [(words % {"number": end}, _address(report, WrittenPlace(((end, end),)))) for end in ends]
    return [*ways, (gettext("The contents of the report"), report.get_absolute_url())]


def _common(paths):
    """The headings that all these paths begin with."""
    rows = [list(path) for path in paths]
    common = []
    for headings in zip(*rows, strict=False):
        if any(heading is not headings[0] for heading in headings):
            break
        common.append(headings[0])
    return common


def _by_section(report, outline, rows):
    """The paragraphs ready to be read, under the heading that each run of them stands under."""
    groups = []
    for row in rows:
        if not groups or groups[-1][0] != row.section:
            groups.append((row.section, []))
        groups[-1][1].append(Reading(report, row))
    return [((outline.path(section) or [None])[-1], readings) for section, readings in groups]
