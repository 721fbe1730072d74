"""The place that a reader reports an error in: which page of this site an address is, and what it is called."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import Truncator
from django.utils.translation import gettext

from sections.citing import plain_citation
from sections.models import (
    ConventionArticle,
    ConventionPart,
    DatedEvent,
    Entry,
    Figure,
    Paragraph,
    Place,
    Report,
    Section,
    Table,
    kept_report,
)
from sections.presenters.registers import REGISTERS
from sections.queries.reports import section_name
from sections.text.whole_numbers import whole_number

LONGEST_ADDRESS = 500
FIRST_WORDS = 200  # characters
LONGEST_WORDS = 300
FRAGMENT = re.compile(r"[\w-]{1,80}")
IN_PAGE = re.compile(r"(?P<what>p|figure-|date-)(?P<number>\d{1,18})")
PRIVATE = ("//", "/admin/", "/static/", "/healthz", "/readyz", "/report-an-error/")


@dataclass(frozen=True, slots=True)
class ErrorPlace:
    """A place on this site: its address, the kind of page, what it is called, and its first words, if it has any."""

    address: str
    kind: str
    words: str
    first_words: str = ""


def place_at(request: HttpRequest, about: str) -> ErrorPlace | None:
    """The place at an address of this site, with or without its host; None for any other address."""
    about = about.strip()
    hosts = {request.get_host(), urlsplit(settings.SITE_URL).netloc} - {""}
    if not about or len(about) > LONGEST_ADDRESS or not about.isprintable():
        return None
    if not url_has_allowed_host_and_scheme(about, hosts):
        return None
    parts = urlsplit(about)
    path, fragment = unquote(parts.path), unquote(parts.fragment)
    if not path.startswith("/") or "\\" in path or not path.isprintable() or path.startswith(PRIVATE):
        return None
    try:
        with translation.override(translation.get_language_from_path(path) or settings.LANGUAGE_CODE):
            match = resolve(path)
    except (Resolver404, ValueError):
        return None
    fragment = fragment if FRAGMENT.fullmatch(fragment) else ""
    found = _described(match.url_name or "", match.kwargs, fragment)
    if found is None:
        return None
    kind, words, first_words = found
    words = Truncator(words or path).chars(LONGEST_WORDS)
    address = quote(path)
    return ErrorPlace(f"{address}#{fragment}" if fragment else address, kind, words, first_words)


def _described(name, given, fragment):
    """Kind, name and first words of a page; None where there is none."""
    if "symbol" in given:
        report = kept_report(given["symbol"])
        return report and _of_report(report, name, given, fragment)
    if name in ("convention-article", "convention-part"):
        model = ConventionArticle if name == "convention-article" else ConventionPart
        row = model.objects.filter(number=given["number"]).first()
        return row and (name, _convention_words(row), "")
    if name.removesuffix("-card") in REGISTERS:
        entry = Entry.objects.filter(type=given["type"], slug=given["slug"]).first()
        return entry and (given["type"], entry.name, "")
    return name, str(PAGES[name]()) if name in PAGES else "", ""


def _convention_words(row):
    if isinstance(row, ConventionPart):
        return str(row)
    return f"{gettext('Article %(number)s') % {'number': row.number}}: {row.translated('subject')}"


def _of_report(report, name, given, fragment):
    number = given.get("number")
    if name.startswith("paragraph") and number is not None:
        return _paragraph(report, number)
    if name.startswith("table") and number is not None:
        table = Table.objects.filter(report=report, number=number).first()
        words = gettext("Table %(number)s") % {"number": number}
        return table and ("table", plain_citation(report, words), Truncator(table.title).chars(FIRST_WORDS))
    inside = IN_PAGE.fullmatch(fragment)
    if inside and (key := whole_number(inside["number"], 10**18)) is not None:
        found = _paragraph(report, key) if inside["what"] == "p" else _row(report, inside["what"], key)
        if found:
            return found
    if name == "places" and (place := Place.objects.filter(slug=fragment).first()):
        return "place", plain_citation(report, place.translated("name")), ""
    if name in ("reply", "report-part"):
        kind = Section.Kind.REPLY if name == "reply" else Section.Kind.PART
        section = Section.objects.filter(report=report, kind=kind, number=number).first()
        return section and (name, plain_citation(report, section_name(section)), "")
    return name, plain_citation(report, str(PAGES[name]()) if name in PAGES else ""), ""


def _paragraph(report: Report, number: int):
    paragraph = Paragraph.objects.filter(report=report, number=number).first() if number < 2**31 else None
    if paragraph is None:
        return None
    block = paragraph.blocks.order_by("position").first()
    first_words = Truncator(block.text if block else "").chars(FIRST_WORDS)
    return "paragraph", plain_citation(report, gettext("para. %(number)s") % {"number": number}), first_words


def _row(report, what, key):
    """A figure or a date of a list, by its key."""
    kind, model = ("figure", Figure) if what == "figure-" else ("date", DatedEvent)
    row = model.objects.filter(pk=key, block__paragraph__report=report).select_related("block__paragraph").first()
    if row is None:
        return None
    place = gettext("para. %(number)s") % {"number": row.block.paragraph.number}
    return kind, plain_citation(report, f"{place}, “{row.surface}”"), Truncator(row.what).chars(FIRST_WORDS)


# Pages that are called the same everywhere, by the names of their addresses.
PAGES: dict[str, Callable[[], str]] = {
    "home": lambda: gettext("Home"),
    "about": lambda: gettext("About"),
    "fidelity": lambda: gettext("Is the text complete?"),
    "changes": lambda: gettext("Changes"),
    "reports": lambda: gettext("Reports"),
    "search": lambda: gettext("Search"),
    "convention": lambda: gettext("The Convention"),
    "accessibility": lambda: gettext("Accessibility"),
    "figures": lambda: gettext("Figures"),
    "timeline": lambda: gettext("Timeline"),
    "places": lambda: gettext("Places"),
    "annexes": lambda: gettext("Annexes"),
    **{register.page: (lambda register=register: register.heading) for register in REGISTERS.values()},
}
