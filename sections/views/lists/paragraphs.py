"""Lists of paragraphs: hits of a search, and what the pages of articles, entries, replies, parts and reports list."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext

from sections.exports.listing import Listing
from sections.models import ConventionArticle, Report, kept_report
from sections.presenters.entry import EntryPage
from sections.presenters.registers import REGISTERS
from sections.presenters.search_facets import chosen_filters
from sections.presenters.search_page import heading
from sections.queries import convention, entries, paragraphs, reports
from sections.search import service
from sections.search.service import SearchRequest
from sections.text.fold import fold

from ..limits import narrowed_list
from ..shortcuts import canonical_redirect, companion_request, moved_redirect
from .files import about_list, language_of_rows, list_file, report_list
from .passages import paragraph_list, passages_of

# What lists of paragraphs say besides: of a hit, of a link to an article, of a mention of an entry.
HIT = ("rank", "match", "excerpt", "entries")
LINK = ("article", "basis", "confidence", "reason", "review")
MENTION = ("entry", "basis", "review", "excerpt")
MOST_HITS = 1000  # of a search that a file holds; it says so where there are more


@list_file
@narrowed_list
def search(request: HttpRequest) -> Listing:
    """All hits of a search in their order, not only those of one page."""
    asked = SearchRequest.from_params(request.GET, per_page=MOST_HITS).changed(page=1)
    if not (asked.q.strip() or asked.filters):
        raise Http404(gettext("The address contains nothing to search for."))
    results = service.search(asked)
    with language_of_rows(request):
        keys = (entry.key for hit in results.hits for entry in hit.entries)
        names = service.entry_names(keys, asked.report)
    more = {
        (hit.report.symbol, hit.number): {
            "rank": rank,
            "match": hit.match,
            "excerpt": hit.snippet.text,
            "entries": [names.get(entry.key, entry.name) for entry in hit.entries],
        }
        for rank, hit in enumerate(results.hits, 1)
    }
    in_use = [(gettext("Search"), asked.q), *((gettext("Filter"), row.label) for row in chosen_filters(results))]
    if results.count > MOST_HITS:
        words = gettext("The first %(most)s of %(count)s paragraphs") % {"most": MOST_HITS, "count": results.count}
        in_use.append((gettext("Extent"), words))
    symbol = "" if asked.is_in_all_reports or not results.report else results.report.symbol
    filters = [f"{name} {' '.join(values)}" for name, values in asked.filters]
    return paragraph_list(
        heading(results),
        passages_of(request, list(more)),
        more,
        HIT,
        about=about_list(request, results.report if symbol else None, in_use),
        facts={"query": asked.q, "filters": dict(asked.filters), "count": results.count},
        file_name=[symbol or "reports", "search", asked.q, *filters],
    )


@list_file
@narrowed_list
def article(request: HttpRequest, number: int) -> Listing:
    """The paragraphs that are linked to an article, in the order of its page, and why."""
    report, article = kept_report(), ConventionArticle.objects.filter(number=number).first()
    if article is None:
        raise Http404(gettext("The Convention has no article %(number)s.") % {"number": number})
    companion = _companion(request)
    listed = (row for part in convention.parts_with_counts(report) for row in part.articles.all())
    coverage = next(row.coverage for row in listed if row.number == number)
    groups = convention.links_by_reply(report, article, convention.paragraphs_on(report, [article], companion))
    with language_of_rows(request):
        more = {
            (report.symbol, link.paragraph.number): {
                "article": number,
                "basis": str(link.get_basis_display()),
                "confidence": str(link.get_confidence_display()),
                "reason": link.reason,
                "review": str(link.get_review_display()),
            }
            for _, rows in groups
            for link, _ in rows
        }
    return paragraph_list(
        gettext("Article %(number)s of the Convention") % {"number": number},
        passages_of(request, list(more)),
        more,
        LINK,
        about=about_list(request, report, [(gettext("Links"), coverage.label), *_with(companion)]),
        facts={"report": report and report.symbol, "article": number, "coverage": coverage.value},
        file_name=_names(report, "article", str(number), companion),
    )


@list_file
@narrowed_list
def entry(request: HttpRequest, type: str, slug: str) -> Listing | HttpResponse:
    """The paragraphs that name an entry, in the order of its page, and why."""
    report, entry = kept_report(), entries.entry(type, slug) or entries.entry(type, fold(slug))
    if entry is None and (redirect := moved_redirect(request, type, slug)):
        return redirect
    if entry is None:
        raise Http404(gettext("There is no such entry: “%(slug)s”.") % {"slug": slug})
    if redirect := canonical_redirect(request, slug=entry.slug):
        return redirect
    companion = _companion(request)
    with language_of_rows(request):
        more = {
            (report.symbol, naming.paragraph.number): {
                "entry": entry.name,
                "basis": naming.bases,
                "longer_names": naming.longer_names,
                "review": list(dict.fromkeys(str(mention.get_review_display()) for mention, _ in naming.reasons)),
                "excerpt": [snippet.text for _, snippet in naming.quotes],
            }
            for _, namings in EntryPage(report, entry, companion).groups
            for naming in namings
        }
    return paragraph_list(
        entry.name,
        passages_of(request, list(more)),
        more,
        MENTION,
        about=about_list(request, report, _with(companion)),
        facts={"report": report and report.symbol, type: slug},
        file_name=_names(report, REGISTERS[type].page, slug, companion),
    )


@report_list
@narrowed_list
def reply(request: HttpRequest, report: Report, number: int) -> Listing:
    """The paragraphs of a reply."""
    headings = reports.outline(report).in_order()
    found = next((row for row in headings if row.section.is_reply and row.section.number == number), None)
    if found is None:
        words = gettext("%(symbol)s has no reply to question %(number)s of the list of issues.")
        raise Http404(words % {"symbol": report.symbol, "number": number})
    name = gettext("Reply %(number)s") % {"number": number}
    return _of_report(request, report, f"{report.symbol}, {name}", found, ["reply", str(number)])


@report_list
def part(request: HttpRequest, report: Report, number: int) -> Listing:
    """The paragraphs of a part, of all its pages."""
    headings = reports.outline(report).headings
    found = next((row for row in headings if row.section.part_number == number), None)
    if found is None:
        raise Http404(gettext("%(symbol)s has no part %(number)s.") % {"symbol": report.symbol, "number": number})
    return _of_report(request, report, f"{report.symbol}, {found.section}", found, ["part", str(number)])


@report_list
@narrowed_list
def whole(request: HttpRequest, report: Report) -> Listing:
    """All paragraphs of a report."""
    return _of_report(request, report, report.symbol, None, ["paragraphs"])


def _of_report(request, report, title, heading, names):
    """The paragraphs under a heading, of the whole report without one."""
    outline = reports.outline(report)
    sections = {row.section.pk for row in outline.in_order(heading)}
    numbers = [number for number, row in paragraphs.contents(report).items() if row.section in sections]
    return paragraph_list(
        title,
        passages_of(request, [(report.symbol, number) for number in numbers]),
        about=about_list(request, report),
        facts={"report": report.symbol},
        file_name=[report.symbol, *names],
    )


def _companion(request):
    """The entry to which the list is narrowed, or None; 404 in words for one that is unknown."""
    companion, unknown = companion_request(request)
    if unknown:
        raise Http404(unknown)
    return companion


def _with(companion):
    return [(REGISTERS[companion.type].noun, companion.name)] if companion else []


def _names(report, kind, name, companion):
    """The parts of a file's name."""
    return [report.symbol if report else "", kind, name, *([companion.slug] if companion else [])]
