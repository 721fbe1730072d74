"""A report as a whole: its outline, its totals, the entries that it names most."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max, Min
from django.utils.translation import gettext

from sections.models import ArticleLink, ConventionArticle, ConventionPart, Entry, Paragraph, Report, Section, Table


def section_name(section: Section) -> str:
    """The section in short: "Reply 14", or the heading of a section that is no reply."""
    return gettext("Reply %(number)s") % {"number": section.number} if section.is_reply else str(section)


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
        if self.first is None:
            return ""
        return f"{self.first}" if self.first == self.last else f"{self.first}–{self.last}"

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
    """The headings of a report as a tree, and in reading order."""

    report: Report
    headings: tuple[Heading, ...]

    def in_order(self, top: Heading | None = None) -> Iterator[Heading]:
        """Each heading in reading order, the upper before the lower; with `top`, that heading and those below it."""
        for heading in [top] if top else self.headings:
            yield heading
            for child in heading.children:
                yield from self.in_order(child)

    def replies(self) -> list[Heading]:
        """The headings that are replies, in order."""
        return [heading for heading in self.in_order() if heading.section.is_reply]

    def path(self, section_id: int) -> list[Heading]:
        """The headings from the top down to the section of that key; empty for a section of another report."""
        return _path(self.headings, section_id)

    def convention_part(self, section_id: int) -> ConventionPart | None:
        """The part of the Convention that the section or the nearest heading above it names, or None."""
        parts = [heading.section.convention_part for heading in self.path(section_id)]
        return next((part for part in reversed(parts) if part), None)

    @property
    def first(self) -> int | None:
        """Number of the first paragraph, or None."""
        return min((heading.first for heading in self.headings if heading.first is not None), default=None)

    @property
    def last(self) -> int | None:
        """Number of the last paragraph, or None."""
        return max((heading.last for heading in self.headings if heading.last is not None), default=None)


def _path(headings, section_id):
    for heading in headings:
        if heading.section.pk == section_id:
            return [heading]
        if below := _path(heading.children, section_id):
            return [heading, *below]
    return []


def outline(report: Report) -> Outline:
    """The report's outline; one query."""
    rows = Section.objects.filter(report=report).select_related("convention_part").defer("source_text")
    rows = rows.annotate(first=Min("paragraphs__number"), last=Max("paragraphs__number")).in_order()
    under = {}
    for section in rows:
        section.report = report
        under.setdefault(section.parent_id, []).append(section)
    return Outline(report, _headings(under, None))


def _headings(under, parent_id, depth=2):
    return tuple(_heading(under, section, depth) for section in under.get(parent_id, ()))


def _heading(under, section, depth):
    children = _headings(under, section.pk, depth + 1)
    firsts = [number for number in (section.first, *(child.first for child in children)) if number is not None]
    lasts = [number for number in (section.last, *(child.last for child in children)) if number is not None]
    return Heading(section, children, min(firsts, default=None), max(lasts, default=None), min(depth, 6))


@dataclass(frozen=True, slots=True)
class Totals:
    """The report at a glance: how much it holds, and how many entries the registers hold."""

    paragraphs: int
    replies: int
    tables: int
    articles_reported: int
    articles: int
    institutions: int
    laws: int
    programmes: int

    @property
    def entries(self) -> int:
        """Number of entries in all registers."""
        return self.institutions + self.laws + self.programmes


def totals(report: Report) -> Totals:
    """The report at a glance; a fixed number of queries."""
    types = list(Entry.objects.order_by().values_list("type", flat=True))
    links = ArticleLink.objects.shown().filter(paragraph__report=report)
    return Totals(
        paragraphs=Paragraph.objects.filter(report=report).count(),
        replies=Section.objects.replies().filter(report=report).count(),
        tables=Table.objects.filter(report=report).count(),
        articles_reported=links.order_by().values("article").distinct().count(),
        articles=ConventionArticle.objects.count(),
        institutions=types.count(Entry.Type.INSTITUTION),
        laws=types.count(Entry.Type.LAW),
        programmes=types.count(Entry.Type.PROGRAMME),
    )


def most_named(report: Report, limit: int = 6) -> dict[str, list[Entry]]:
    """The entries of each type that most paragraphs name, with `paragraph_count`, at most `limit`; one query."""
    rows = Entry.objects.with_counts(report).filter(paragraph_count__gt=0).order_by("-paragraph_count", "name", "slug")
    by_type = {type: [] for type in Entry.Type.values}
    for entry in rows:
        if len(by_type[entry.type]) < limit:
            by_type[entry.type].append(entry)
    return by_type
