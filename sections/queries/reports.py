"""A report as a whole: its outline, its parts in pages, its totals, the entries that it names most."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from django.db.models import Count, Max, Min, QuerySet, Sum
from django.db.models.functions import Length
from django.utils.translation import get_language, gettext

from sections.models import ConventionArticle, ConventionPart, Entry, Report, Section, cached_per_version

from .entry_names import by_shown_name
from .paragraphs import ARTICLE, contents, numbers_by_entry

KEPT_REPORTS = 50
SEEN = ("pk", "parent_id", "key", "kind", "label", "title", "number", "first", "last")  # of a heading, in an outline
BARE_PART = re.compile(r"Part\s+([IVXLC]+|\d+)", re.IGNORECASE)  # a part of the report that has no other title
PAGE_SIZE = 42_000  # characters of text on one page of a part; a reply is never cut


def section_name(section: Section) -> str:
    """The section in short: "Reply 14", "Part I of the report", or the heading of another section."""
    if section.is_reply:
        return gettext("Reply %(number)s") % {"number": section.number}
    part = BARE_PART.fullmatch(str(section)) if section.kind == Section.Kind.PART else None
    return gettext("Part %(number)s of the report") % {"number": part[1]} if part else str(section)


def section_title(section: Section) -> str:
    """The section with what it is about: "Reply 14. Unaccompanied children: best interests and detention"."""
    name = section_name(section)
    subject = section.subject
    return gettext("%(reply)s. %(subject)s") % {"reply": name, "subject": subject} if subject else name


def question_words(section: Section) -> str:
    """Which question of the list of issues a reply answers, in words, such as "question 14"."""
    if not section.last_number or section.last_number == section.number:
        return gettext("question %(number)s") % {"number": section.number}
    return gettext("questions %(first)s to %(last)s") % {"first": section.number, "last": section.last_number}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the outline with the headings below it, and the first and last paragraph under all of them."""

    section: Section
    children: tuple["Heading", ...]
    first: int | None
    last: int | None
    depth: int  # of the HTML heading, where the page's own is 1

    @property
    def extent(self) -> str:
        """The paragraph numbers in short, such as "12" or "12–19"; empty for a heading without text."""
        return _extent(self.first, self.last)

    @property
    def numbers(self) -> str:
        """The paragraph numbers as addresses have them: "12" or "12-19"."""
        return self.extent.replace("–", "-")

    @property
    def extent_words(self) -> str:
        """The paragraph numbers in words, such as "paragraphs 12 to 19"."""
        if self.first is None:
            return gettext("no paragraph")
        if self.first == self.last:
            return gettext("paragraph %(number)s") % {"number": self.first}
        return gettext("paragraphs %(first)s to %(last)s") % {"first": self.first, "last": self.last}


@dataclass(frozen=True, slots=True)
class Outline:
    """The headings of a report as a tree, and in reading order, with its first and last paragraph."""

    headings: tuple[Heading, ...]
    first: int | None
    last: int | None
    digest: str  # the same for outlines that look the same

    def in_order(self, top: Heading | None = None) -> Iterator[Heading]:
        """Each heading in reading order, the upper before the lower; with `top`, that heading and those below it."""
        for heading in [top] if top else self.headings:
            yield heading
            for child in heading.children:
                yield from self.in_order(child)

    def path(self, section_id: int) -> list[Heading]:
        """The headings from the top down to the section of that key; empty for a section of another report."""
        headings = {heading.section.pk: heading for heading in self.in_order()}
        path = []
        while heading := headings.get(section_id):
            path.insert(0, heading)
            section_id = heading.section.parent_id
        return path

    def convention_part(self, section_id: int) -> ConventionPart | None:
        """The part of the Convention that the section or the nearest heading above it names, or None."""
        parts = [heading.section.convention_part for heading in self.path(section_id)]
        return next((part for part in reversed(parts) if part), None)


@cached_per_version(KEPT_REPORTS)
def outline(report: Report) -> Outline:
    """The report's outline; one query. Its headings are those of the report, in every language."""
    rows = Section.objects.filter(report=report).select_related("convention_part", "reply_subject")
    rows = rows.defer("source_text")
    rows = rows.annotate(
        first=Min("paragraphs__number"), last=Max("paragraphs__number"), size=Sum(Length("paragraphs__source_text"))
    ).in_order()
    under, seen = {}, [report.symbol]
    for section in rows:
        section.report = report
        under.setdefault(section.parent_id, []).append(section)
        own = getattr(section, "reply_subject", None)
        seen.append([*(getattr(section, name) for name in SEEN), own and (own.text, own.translations)])
    headings = _headings(under, None)
    return Outline(headings, *_ends(headings), blake2b(repr(seen).encode(), digest_size=16).hexdigest())


def _headings(under, parent_id, depth=2):
    headings = []
    for section in under.get(parent_id, ()):
        children = _headings(under, section.pk, depth + 1)
        headings.append(Heading(section, children, *_ends([section, *children]), min(depth, 6)))
    return tuple(headings)


def _ends(rows):
    """The first and the last paragraph under any of these headings or sections."""
    numbers = [number for row in rows for number in (row.first, row.last) if number is not None]
    return min(numbers, default=None), max(numbers, default=None)


def _extent(first, last):
    if first is None:
        return ""
    return f"{first}" if first == last else f"{first}–{last}"


@dataclass(frozen=True, slots=True)
class PartPage:
    """One page of a part: its headings in reading order, and its paragraph numbers in short, such as "12–19"."""

    number: int
    headings: tuple[Heading, ...]
    extent: str


def part_pages(outline: Outline, part: Heading, size: int = PAGE_SIZE) -> list[PartPage]:
    """The part cut between replies into pages of at most `size` characters, unless one reply is longer."""
    pages: list[list[Heading]] = [[]]
    page_size = 0
    waiting = []  # headings without text of their own go with the text that follows them
    for heading in outline.in_order(part):
        waiting.append(heading)
        heading_size = heading.section.size or 0
        if not heading_size:
            continue
        if page_size and page_size + heading_size > size:
            pages.append([])
            page_size = 0
        pages[-1] += waiting
        page_size, waiting = page_size + heading_size, []
    pages[-1] += waiting
    return [_page(number, headings) for number, headings in enumerate(pages, 1)]


def _page(number, headings):
    return PartPage(number, tuple(headings), _extent(*_ends([heading.section for heading in headings])))


@cached_per_version(KEPT_REPORTS)
def totals(report: Report) -> dict[str, int]:
    """The report at a glance: how much it holds, and how many entries the registers hold; a fixed number of queries."""
    types = Counter(Entry.objects.order_by().values_list("type", flat=True))
    paragraphs = contents(report)
    linked = {row.key for content in paragraphs.values() for row in content.annotations if row.kind == ARTICLE}
    return {
        "paragraphs": len(paragraphs),
        "replies": sum(heading.section.is_reply for heading in outline(report).in_order()),
        "articles_reported": len(linked),
        "articles": ConventionArticle.objects.count(),
        "entries": types.total(),
        "institutions": types[Entry.Type.INSTITUTION],
        "laws": types[Entry.Type.LAW],
        "programmes": types[Entry.Type.PROGRAMME],
    }


def most_named(report: Report, limit: int = 6) -> dict[str, list[Entry]]:
    """The entries of each type that most paragraphs name, with `paragraph_count`, at most `limit`; two queries."""
    return _most_named(report, limit, get_language())


@cached_per_version(KEPT_REPORTS)
def _most_named(report, limit, language):
    numbers = numbers_by_entry(report)
    rows = by_shown_name(report, Entry.objects.filter(pk__in=numbers))
    for entry in rows:
        entry.paragraph_count = len(numbers[entry.pk])
    rows.sort(key=lambda entry: -entry.paragraph_count)
    return {type: [entry for entry in rows if entry.type == type][:limit] for type in Entry.Type.values}


def reports_by(field: str, **where: str) -> list[tuple[str, int]]:
    """The State parties or treaty bodies, each with its number of reports, by name; one query."""
    rows = Report.objects.filter(**where).order_by(field).values_list(field)
    return list(rows.annotate(count=Count("pk")))


def listed_reports(after: str = "", **where: str) -> QuerySet[Report]:
    """The reports of a State party, a treaty body or both, by symbol, those after a symbol."""
    rows = Report.objects.filter(**where).order_by("symbol")
    return rows.filter(symbol__gt=after) if after else rows
