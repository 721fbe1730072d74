"""The registers, their entries and the cards about them; the address gives the type."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sections.charts.hub import Hub, hub
from sections.charts.strip import strip
from sections.filters import RegisterFilter
from sections.models import Entry, Paragraph, Report
from sections.presenters.registers import REGISTERS, by_register
from sections.queries import cooccurrence, dates, mentions
from sections.queries import entries as queries
from sections.text.fold import fold

from .shortcuts import canonical_redirect, companion_request, not_found

PER_PAGE = 300
MOST_LINKED = 2  # filters to which a link leads; further ones are for forms, which robots do not send


@require_safe
def register(request: HttpRequest, type: str) -> HttpResponse:
    """A register, filtered and sorted as the request asks."""
    report, register = Report.objects.default(), REGISTERS[type]
    register_filter = RegisterFilter(type, report, request.GET, queryset=queries.register(report, type))
    asked = register_filter.asked
    chosen = [(name, value) for name, value in request.GET.items() if value and name != "page"]
    kept = [(name, value) for name, value in chosen if name != "letter"]
    entries = queries.in_order(register_filter.qs, asked["sort"])
    last = queries.last_paragraph(report)
    strips = queries.paragraphs_by_entry(report, entry__type=type)
    context = {
        "register": register,
        "report": report,
        "form": register_filter.form,
        "asked": asked,
        "in_use": register_filter.in_words(),
        "kinds": register_filter.kinds(),
        "letters": register_filter.letters(),
        "letters_are_links": len(kept) < MOST_LINKED,
        "order_is_link": sum(name != "sort" for name, _ in chosen) < MOST_LINKED,
        "kept": kept,
        "page": Paginator(entries, PER_PAGE).get_page(request.GET.get("page")),
        "strips": {key: strip(numbers, last) for key, numbers in strips.items()},
        "total": Entry.objects.filter(type=type).count(),
        "others": [other for other in REGISTERS.values() if other is not register],
    }
    return render(request, "entries/register.html", context)


@require_safe
def entry(request: HttpRequest, type: str, slug: str) -> HttpResponse:
    """An entry with everything that the report says of it; for an unknown slug, entries like it."""
    report = Report.objects.default()
    entry = queries.entry(type, slug) or queries.entry(type, fold(slug))
    if entry is None:
        return _similar_entries(request, report, type, slug)
    if redirect := canonical_redirect(request, slug=entry.slug):
        return redirect
    companion, unknown = companion_request(request)
    if unknown:
        links = [(gettext("All that the report says of %(name)s") % {"name": entry.name}, entry.get_absolute_url())]
        return not_found(request, report, unknown, links)
    groups = mentions.by_reply(report, entry, companion)
    paragraphs = [naming.paragraph for _, namings in groups for naming in namings]
    relations = queries.relations(entry)
    context = {
        "register": REGISTERS[type],
        "report": report,
        "entry": entry,
        "names": [name for name in entry.names.all() if name.text != entry.name],
        "relations": relations,
        "hub": None if companion else _hub(entry, relations),
        "dated": dates.dates_of_entry(report, entry),
        "groups": groups,
        "paragraph_count": len(paragraphs),
        "companion": companion,
        "strip": strip([paragraph.number for paragraph in paragraphs], queries.last_paragraph(report)),
        "together": by_register(cooccurrence.entries_in(paragraphs, leaving_out=entry)),
        "articles": cooccurrence.articles_of(paragraphs),
        "edit_address": reverse(f"admin:sections_{type}_change", args=[entry.pk]),
    }
    return render(request, "entries/entry.html", context)


@require_safe
def card(request: HttpRequest, type: str, slug: str) -> HttpResponse:
    """What an entry is and how often the report names it, as a piece of HTML to be shown beside a link to it."""
    report = Report.objects.default()
    entry = queries.entry(type, slug)
    if entry is None:
        raise Http404(gettext("There is no such entry: “%(slug)s”.") % {"slug": slug})
    numbers = queries.paragraphs_by_entry(report, entry=entry).get(entry.pk, [])
    context = {
        "report": report,
        "entry": entry,
        "count": len(numbers),
        "strip": strip(numbers, queries.last_paragraph(report)),
    }
    response = render(request, "entries/card.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _hub(entry: Entry, relations: dict[str, list[tuple[Entry, Paragraph | None]]]) -> Hub | None:
    """The picture of an entry's relations; None for fewer than two, which a picture makes no clearer."""
    groups = [(words, [(other.name, other) for other, _ in rows]) for words, rows in relations.items()]
    name = next(iter(queries.acronyms(entry)), entry.name)
    return hub(name, groups) if sum(len(others) for _, others in groups) > 1 else None


def _similar_entries(request, report, type, slug):
    register = REGISTERS[type]
    similar = queries.near_misses(type, slug)
    links = [(entry.name, entry.get_absolute_url()) for entry in similar]
    links.append((gettext("All %(plural)s") % {"plural": register.plural}, register.get_absolute_url()))
    message = gettext("The register of %(plural)s has no entry “%(slug)s”.")
    message %= {"plural": register.plural, "slug": slug}
    if similar:
        message += " " + gettext("Perhaps one of these is meant.")
    return not_found(request, report, message, links)
