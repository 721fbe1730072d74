"""What programs read about the site: where robots may go, the address of every page, whom to tell of faults."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sections.citing import whole_address
from sections.models import ConventionArticle, ConventionPart, Entry, Paragraph, Report, Section, Table

from .shortcuts import report_view

PAGES = ("home", "about", "data", "fidelity", "changes", "convention", "institutions", "laws", "programmes")
DAYS_VALID = 300  # of security.txt
REPORT_PAGES = ("report", "report-file", "report-full", "figures", "sums", "timeline", "places", "annexes")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt, which names the sitemap and the complete file; does not use the database."""
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


@require_safe
def complete(request: HttpRequest) -> HttpResponse:
    """Leads to the complete file of the default report."""
    report = Report.objects.default()
    if report is None:
        raise Http404(gettext("No report is loaded yet"))
    return redirect("report-file", symbol=report.symbol)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """security.txt (RFC 9116): the contact for vulnerabilities; 404 where the operator has set none."""
    if not settings.SECURITY_CONTACT:
        raise Http404(gettext("No contact for reports of vulnerabilities is set."))
    expires = timezone.now() + timedelta(days=DAYS_VALID)
    lines = [f"Contact: {settings.SECURITY_CONTACT}", f"Expires: {expires:%Y-%m-%dT00:00:00Z}"]
    lines += ["Preferred-Languages: en, es, fr", f"Canonical: {whole_address(request, request.path)}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """All pages of the site; where it has several reports, the addresses of a file for each and one for all others."""
    reports = list(Report.objects.order_by("symbol"))
    if len(reports) > 1:
        files = [reverse("sitemap-site"), *(reverse("sitemap-report", args=[report.symbol]) for report in reports)]
        context = {"addresses": [whole_address(request, file) for file in files]}
        return render(request, "sitemap_index.xml", context, content_type="application/xml")
    return _listed(request, [*_site(), *(address for report in reports for address in _of_report(report))])


@require_safe
def site_sitemap(request: HttpRequest) -> HttpResponse:
    """The pages that are of no report; three queries."""
    return _listed(request, [reverse("reports"), *_site()])


@report_view
def report_sitemap(request: HttpRequest, report: Report) -> HttpResponse:
    """The pages of one report; three queries."""
    return _listed(request, _of_report(report))


def _listed(request, addresses):
    return render(request, "sitemap.xml", {"addresses": addresses}, content_type="application/xml")


def _site() -> list[str]:
    return [reverse(name) for name in PAGES] + _addresses(
        ConventionPart.objects.all(), ConventionArticle.objects.all(), Entry.objects.all()
    )


def _of_report(report: Report) -> list[str]:
    kinds = (Section.Kind.PART, Section.Kind.REPLY)
    rows = (
        Section.objects.filter(report=report, kind__in=kinds)
        .defer("source_text", "evidence")
        .order_by("kind", "position"),
        Paragraph.objects.filter(report=report).only("number", "report").order_by("number"),
        Table.objects.filter(report=report).only("number", "report").order_by("number"),
    )
    addresses = [reverse(name, kwargs={"symbol": report.symbol}) for name in REPORT_PAGES]
    for row in (row for of_kind in rows for row in of_kind):
        row.report = report
        addresses.append(row.get_absolute_url())
    return addresses


def _addresses(*querysets: Iterable) -> list[str]:
    return [row.get_absolute_url() for rows in querysets for row in rows]
