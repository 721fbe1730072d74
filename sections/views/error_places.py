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

from sections.citing import Place, plain_citation, report_place
from sections.models import (
    Block,
    ConventionArticle,
    ConventionPart,
    DatedEvent,
    Entry,
    Figure,
    Paragraph,
    Report,
    Section,
    Table,
    kept_report,
)
from sections.models import Place as NamedPlace
from sections.presenters.quotation import quoted
from sections.presenters.registers import REGISTERS
from sections.queries.reports import section_name
from sections.text.places import parse_place
from sections.text.whole_numbers import whole_number

LONGEST_ADDRESS = 500
FIRST_WORDS = 200  # characters
MOST_PARAGRAPHS = 500  # of a range
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
    article = gettext("Article %(number)s") % {"number": row.number}
    return gettext("%(article)s: %(caption)s") % {"article": article, "caption": row.translated("subject")}


def _of_report(report, name, given, fragment):
    number = given.get("number")
    if name.startswith("paragraph") and number is not None:
        return _paragraphs(report, [number])
    if "place" in given:
        written = parse_place(given["place"])
        return written and written.size <= MOST_PARAGRAPHS and _paragraphs(report, _numbers(written))
    if name.startswith("table") and number is not None:
        return _table(report, number)
    inside = IN_PAGE.fullmatch(fragment)
    if inside and (key := whole_number(inside["number"], 10**18)) is not None:
        found = _paragraphs(report, [key]) if inside["what"] == "p" else _row(report, inside["what"], key)
        if found:
            return found
    if name == "places" and (place := NamedPlace.objects.filter(slug=fragment).first()):
        return "place", _cited(report, place.translated("name")), ""
    if name in ("reply", "report-part"):
        kind = Section.Kind.REPLY if name == "reply" else Section.Kind.PART
        section = Section.objects.filter(report=report, kind=kind, number=number).first()
        return section and (name, _cited(report, section_name(section)), "")
    return name, _cited(report, str(PAGES[name]()) if name in PAGES else ""), ""


def _cited(report, words="", **place):
    """The citation of the report or of a place in it, with words for what has no citation of its own."""
    return ", ".join(filter(None, (plain_citation(report_place(report, "", Place(**place))), words)))


def _numbers(written):
    return [number for first, last in written.runs for number in range(first, last + 1)]


def _paragraphs(report: Report, numbers: list[int]):
    """Paragraphs that are all there, with the first words of the first."""
    if max(numbers) >= 2**31 or Paragraph.objects.filter(report=report, number__in=numbers).count() < len(numbers):
        return None
    block = Block.objects.filter(paragraph__report=report, paragraph__number=numbers[0]).order_by("position").first()
    first_words = Truncator(block.text if block else "").chars(FIRST_WORDS)
    return "paragraph", _cited(report, paragraphs=tuple(numbers)), first_words


def _table(report, number):
    rows = Table.objects.filter(report=report, number=number).select_related("block__paragraph")
    table = rows.first() if number < 2**31 else None
    if table is None:
        return None
    words = _cited(report, paragraphs=(table.block.paragraph.number,), table=number)
    return "table", words, Truncator(table.title).chars(FIRST_WORDS)


def _row(report, what, key):
    """A figure or a date of a list, by its key."""
    kind, model = ("figure", Figure) if what == "figure-" else ("date", DatedEvent)
    row = model.objects.filter(pk=key, block__paragraph__report=report).select_related("block__paragraph").first()
    if row is None:
        return None
    words = _cited(report, quoted(row.surface), paragraphs=(row.block.paragraph.number,))
    return kind, words, Truncator(row.what).chars(FIRST_WORDS)


# Pages that are called the same everywhere, by the names of their addresses.
PAGES: dict[str, Callable[[], str]] = {
    "home": lambda: gettext("Home"),
    "about": lambda: gettext("About"),
    "fidelity": lambda: gettext("Is the text complete and unchanged?"),
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
