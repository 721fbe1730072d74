"""The registers, their entries and the cards about them; the address gives the type."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sections.charts.strip import strip
from sections.filters import RegisterFilter
from sections.models import Entry, kept_report
from sections.presenters.entry import EntryPage
from sections.presenters.registers import REGISTERS
from sections.queries import entries as queries
from sections.queries.entry_names import shown_name
from sections.queries.paragraphs import nested_numbers, numbers_by_entry
from sections.text.fold import fold

from . import citations
from .left_out import left_out_of_form
from .limits import narrowed_list, reading
from .shortcuts import canonical_redirect, companion_request, moved_redirect, not_found

PER_PAGE = 300
MOST_LINKED = 2  # filters to which a link leads; further ones are for forms, which robots do not send


@require_safe
@narrowed_list
def register(request: HttpRequest, type: str) -> HttpResponse:
    """A register, filtered and sorted as the request asks."""
    report, register = kept_report(), REGISTERS[type]
    register_filter = RegisterFilter(type, report, request.GET, queryset=queries.register(type))
    asked = register_filter.asked
    chosen = [(name, value) for name, value in request.GET.items() if value and name != "page"]
    kept = [(name, value) for name, value in chosen if name != "letter"]
    entries = queries.in_order(report, queries.counted(report, register_filter.qs), asked["sort"])
    last = queries.last_paragraph(report)
    numbers = numbers_by_entry(report)
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "register": register,
        "report": report,
        "form": register_filter.form,
        "asked": asked,
        "in_use": register_filter.in_words(),
        "left_out": left_out_of_form(request, register_filter.form, hidden=["letter"]),
        "kinds": register_filter.kinds(),
        "letters": register_filter.letters(),
        "letters_are_links": len(kept) < MOST_LINKED,
        "order_is_link": sum(name != "sort" for name, _ in chosen) < MOST_LINKED,
        "kept": kept,
        "page": page,
        "strips": {entry.pk: strip(numbers.get(entry.pk, []), last) for entry in page.object_list},
        "total": Entry.objects.filter(type=type).count(),
        "others": [other for other in REGISTERS.values() if other is not register],
    }
    return render(request, "entries/register.html", context)


@require_safe
@reading
def entry(request: HttpRequest, type: str, slug: str) -> HttpResponse:
    """An entry with everything that the report says of it; for an unknown slug, entries like it."""
    report = kept_report()
    entry = queries.entry(type, slug) or queries.entry(type, fold(slug))
    if entry is None:
        return moved_redirect(request, type, slug) or _similar_entries(request, report, type, slug)
    if redirect := canonical_redirect(request, slug=entry.slug):
        return redirect
    companion, unknown = companion_request(request)
    if unknown:
        links = [
            (
                gettext("All paragraphs that mention %(name)s") % {"name": shown_name(report, entry).text},
                entry.get_absolute_url(),
            )
        ]
        return not_found(request, report, unknown, links)
    context = {
        "report": report,
        "entry": entry,
        "companion": companion,
        "page": EntryPage(report, entry, companion),
        "cite": citations.of_entry(request, report, entry),
    }
    return render(request, "entries/entry.html", context)


@require_safe
def card(request: HttpRequest, type: str, slug: str) -> HttpResponse:
    """What an entry is and how often the report names it, as a piece of HTML to be shown beside a link to it."""
    report = kept_report()
    entry = queries.entry(type, slug)
    if entry is None and (redirect := moved_redirect(request, type, slug)):
        return redirect
    if entry is None:
        raise Http404(gettext("There is no such entry: “%(slug)s”.") % {"slug": slug})
    numbers = numbers_by_entry(report).get(entry.pk, [])
    context = {
        "report": report,
        "entry": entry,
        "count": len(numbers),
        "nested": len(nested_numbers(report).get(entry.pk, [])),
        "strip": strip(numbers, queries.last_paragraph(report)),
    }
    response = render(request, "entries/card.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _similar_entries(request, report, type, slug):
    register = REGISTERS[type]
    similar = queries.near_misses(type, slug)
    links = [(shown_name(report, entry).text, entry.get_absolute_url()) for entry in similar]
    links.append((gettext("All %(plural)s") % {"plural": register.plural}, register.get_absolute_url()))
    message = gettext("The list of %(plural)s has no entry “%(slug)s”.")
    message %= {"plural": register.plural, "slug": slug}
    if similar:
        message += " " + gettext("You may be looking for one of these.")
    return not_found(request, report, message, links)
