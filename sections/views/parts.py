"""A part of a report, to be read from its first paragraph to its last."""

from dataclasses import replace

from django.shortcuts import render
from django.utils.translation import gettext

from sections.citing import plain_citation
from sections.models import Section
from sections.presenters.paragraph import reading
from sections.queries import paragraphs, parts, reports

from .shortcuts import missing, report_of, to_canonical


def part(request, symbol, number):
    """The part's text, a long part in pages; for a number that no part has, links to those there are."""
    report = report_of(symbol)
    outline = reports.outline(report)
    rows = [heading for heading in outline.headings if heading.section.kind == Section.Kind.PART]
    at = next((index for index, row in enumerate(rows) if row.section.part_number == number), None)
    if at is None:
        links = [(str(row.section), row.section.get_absolute_url()) for row in rows]
        links.append((gettext("The outline of the report"), report.get_absolute_url()))
        return missing(
            request,
            report,
            gettext("%(symbol)s has no part %(number)s.") % {"symbol": report.symbol, "number": number},
            links,
        )
    heading = rows[at]
    if elsewhere := to_canonical(request, heading.section.get_absolute_url()):
        return elsewhere
    pages = parts.pages(report, outline, heading)
    page = next((page for page in pages if str(page.number) == request.GET.get("page")), pages[0])
    texts = {}
    for paragraph in paragraphs.for_reading(report).filter(section__in=page.sections):
        texts.setdefault(paragraph.section_id, []).append(reading(paragraph))
    context = {
        "report": report,
        "outline": outline,
        "here": str(heading.section),
        "heading": heading,
        "opened": [row for page in pages for row in page.headings],
        "pages": pages,
        "page": page,
        "sections": [
            (replace(found, depth=found.depth - 1), texts.get(found.section.pk, ()))
            for found in page.headings
            if found is not heading
        ],
        "own": texts.get(heading.section.pk, ()),
        "previous": rows[at - 1].section if at else None,
        "next": rows[at + 1].section if at + 1 < len(rows) else None,
        "next_page": next((row for row in pages if row.number == page.number + 1), None),
        "citation_pattern": plain_citation(report, gettext("para. %(number)s") % {"number": "{}"}),
    }
    return render(request, "reports/part.html", context)
