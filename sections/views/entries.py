"""The pages of a register and of an entry, one for all three types; the noun files give each its address."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from sections.charts.hub import hub
from sections.charts.strip import strip
from sections.filters import RegisterFilter
from sections.models import Entry, Paragraph, Report
from sections.queries import cooccurrence, entries, entry_dates, mentions
from sections.text.fold import fold

from .shortcuts import entry_beside, missing, to_canonical

PER_PAGE = 300


@dataclass(frozen=True, slots=True)
class Register:
    """One register in words: type of its entries, name of its page, its nouns (in any language), and what it holds."""

    type: str
    page: str
    noun: str
    one: str
    plural: str
    lead: str

    @property
    def heading(self) -> str:
        return str(self.plural).capitalize()

    def get_absolute_url(self) -> str:
        return reverse(self.page)


def register_page(request: HttpRequest, register: Register) -> HttpResponse:
    """A register, narrowed and sorted as the request asks."""
    report = Report.objects.default()
    rows = entries.register(report, register.type)
    register_filter = RegisterFilter(register.type, report, request.GET, queryset=rows)
    question = register_filter.question
    found = entries.in_order(register_filter.qs, question.sort)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "register": register,
        "report": report,
        "filter": register_filter,
        "form": register_filter.form,
        "question": question,
        "kinds": register_filter.kinds(),
        "letters": register_filter.letters(),
        "page": page,
        "strips": _strips(report, register.type),
        "found": len(found),
        "total": Entry.objects.filter(type=register.type).count(),
        "others": [other for other in REGISTERS.values() if other is not register],
    }
    return render(request, "entries/register.html", context)


def entry_page(request: HttpRequest, register: Register, slug: str) -> HttpResponse:
    """An entry with everything that the report says of it; for an unknown slug a way back into the register."""
    report = Report.objects.default()
    entry = entries.entry_page(register.type, slug) or entries.entry_page(register.type, fold(slug))
    if entry is None:
        return _missing_page(request, report, register, slug)
    if slug != entry.slug:
        return to_canonical(request, entry.get_absolute_url())
    beside = entry_beside(request)
    if beside.asked and beside.entry is None:
        links = [(gettext("All that the report says of %(name)s") % {"name": entry.name}, entry.get_absolute_url())]
        return missing(request, report, not_kept(beside), links)
    groups = mentions.namings(report, entry, beside.entry)
    found = [naming.paragraph for group in groups for naming in group.namings]
    named_in = Paragraph.objects.filter(pk__in=[paragraph.pk for paragraph in found])
    relations = entries.relations(entry)
    together = cooccurrence.entries_in(named_in, leaving_out=entry)
    context = {
        "register": register,
        "report": report,
        "entry": entry,
        "acronyms": entries.acronyms(entry),
        "names": [name for name in entry.names.all() if name.text != entry.name],
        "relations": relations,
        "hub": None if beside.entry else _hub(entry, relations),
        "dated": entry_dates.dated(report, entry),
        "groups": groups,
        "paragraph_count": len(found),
        "beside": beside.entry,
        "strip": strip([paragraph.number for paragraph in found], entries.last_paragraph(report)),
        "together": [(other, together[other.type]) for other in REGISTERS.values() if together[other.type]],
        "articles": cooccurrence.articles_of(named_in),
        "edit_address": reverse(f"admin:sections_{entry.type}_change", args=[entry.pk]),
    }
    return render(request, "entries/entry.html", context)


def not_kept(beside) -> str:
    """Says of the entry that paragraphs shall name too that there is no such entry."""
    values = {"noun": REGISTERS[beside.type].noun, "slug": beside.asked}
    return gettext("No %(noun)s is kept under “%(slug)s”.") % values


def _hub(entry, relations):
    """The picture of an entry's relations; None for fewer than two, which a picture makes no clearer."""
    groups = {}
    for related in relations:
        groups.setdefault(related.words, []).append((related.other.name, related.other))
    return hub(next(iter(entries.acronyms(entry)), entry.name), list(groups.items())) if len(relations) > 1 else None


def _strips(report, type):
    """For each entry of a register the strip of the paragraphs that name it."""
    last = entries.last_paragraph(report)
    return {key: strip(numbers, last) for key, numbers in entries.strips_of(report, type).items()}


def _missing_page(request, report, register, slug):
    like = entries.near_misses(register.type, slug)
    links = [(entry.name, entry.get_absolute_url()) for entry in like]
    links.append((gettext("All %(plural)s") % {"plural": register.plural}, register.get_absolute_url()))
    words = gettext("The register of %(plural)s has no entry “%(slug)s”.") % {"plural": register.plural, "slug": slug}
    return missing(
        request, report, " ".join([words, gettext("Perhaps one of these is meant.")]) if like else words, links
    )


REGISTERS = {
    "institution": Register(
        "institution",
        "institutions",
        gettext_lazy("institution"),
        gettext_lazy("an institution"),
        gettext_lazy("institutions"),
        gettext_lazy(
            "Every body that the report names: ministries, agencies, commissions, courts, state and municipal bodies, "
            "consulates, United Nations bodies, foreign authorities, civil society."
        ),
    ),
    "law": Register(
        "law",
        "laws",
        gettext_lazy("law"),
        gettext_lazy("a law"),
        gettext_lazy("laws"),
        gettext_lazy(
            "Every norm that the report names: the Constitution, acts, regulations, standards, decrees, guidelines, "
            "protocols, treaties, agreements."
        ),
    ),
    "programme": Register(
        "programme",
        "programmes",
        gettext_lazy("programme"),
        gettext_lazy("a programme"),
        gettext_lazy("programmes"),
        gettext_lazy(
            "Every undertaking that the report names: plans, programmes, strategies, campaigns, mechanisms, networks, "
            "registries, courses."
        ),
    ),
}
