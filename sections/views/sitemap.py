"""What search engines read: where they may go, and the address of every page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sections.models import ConventionArticle, ConventionPart, Entry, Paragraph, Report, Section, Table

PAGES = ("home", "about", "fidelity", "changes", "convention", "institutions", "laws", "programmes")
MOST_NAMED = 20  # reports in robots.txt
REPORT_PAGES = ("report", "report-file", "report-full", "figures", "sums", "timeline", "places", "annexes")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt, which names the sitemap and complete files of reports."""
    context = {"reports": Report.objects.order_by("symbol")[:MOST_NAMED]}
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """All pages of the site as sitemap.xml; a fixed number of queries."""
    addresses = [reverse(name) for name in PAGES]
    for report in Report.objects.all():
        addresses += [reverse(name, kwargs={"symbol": report.symbol}) for name in REPORT_PAGES]
    for rows in (
        Section.objects.filter(kind=Section.Kind.PART).select_related("report").in_order(),
        Section.objects.replies().select_related("report").in_order(),
        Paragraph.objects.select_related("report").only("number", "report__symbol"),
        Table.objects.select_related("report"),
        ConventionPart.objects.all(),
        ConventionArticle.objects.all(),
        Entry.objects.all(),
    ):
        addresses += [row.get_absolute_url() for row in rows]
    return render(request, "sitemap.xml", {"addresses": addresses}, content_type="application/xml")
