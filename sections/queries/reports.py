"""Questions about a report as a whole: its outline, its extent, what it comes to in figures."""

from dataclasses import dataclass

from django.db.models import Max, Min
from django.utils.translation import gettext

from sections.models import ArticleLink, ConventionArticle, Entry, Paragraph, Report, Section, Table


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the outline with those under it and the paragraphs that stand under all of them."""

    section: Section
    children: tuple["Heading", ...]
    first: int | None
    last: int | None
    depth: int  # of the HTML heading, where the page's own is 1

    @property
    def extent(self):
        """The paragraph numbers in short, such as "12" or "12–19"; empty for a heading without text."""
        if self.first is None:
            return ""
        return f"{self.first}" if self.first == self.last else f"{self.first}–{self.last}"

    @property
    def extent_words(self):
        """The paragraph numbers in words, such as "paragraphs 12 to 19"."""
        if self.first is None:
            return gettext("no paragraph")
        if self.first == self.last:
            return gettext("paragraph %(number)s") % {"number": self.first}
        return gettext("paragraphs %(first)s to %(last)s") % {"first": self.first, "last": self.last}


@dataclass(frozen=True, slots=True)
class Outline:
    """The headings of a report as a tree, and in order of reading."""

    report: Report
    headings: tuple[Heading, ...]

    def in_order(self):
        """Each heading in order of reading, the upper before the lower."""
        waiting = list(reversed(self.headings))
        while waiting:
            heading = waiting.pop()
            yield heading
            waiting.extend(reversed(heading.children))

    def replies(self):
        """The headings that are replies, in order."""
        return [heading for heading in self.in_order() if heading.section.is_reply]

    def path(self, section_id):
        """The headings from the top down to the section of that key; empty for a section elsewhere."""
        return _path(self.headings, section_id)

    def convention_part(self, section_id):
        """The part of the Convention that the section or the nearest heading above it speaks of, or None."""
        parts = [heading.section.convention_part for heading in self.path(section_id)]
        return next((part for part in reversed(parts) if part), None)

    @property
    def first(self):
        """Number of the first paragraph, or None."""
        return min((heading.first for heading in self.headings if heading.first is not None), default=None)

    @property
    def last(self):
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
class Figures:
    """What a report comes to: numbers for people to read."""

    paragraphs: int
    replies: int
    tables: int
    articles_reported: int
    articles: int
    institutions: int
    laws: int
    programmes: int

    @property
    def entries(self):
        return self.institutions + self.laws + self.programmes


def figures(report: Report) -> Figures:
    """The report at a glance; a fixed number of queries."""
    named = Entry.objects.order_by().values_list("type", flat=True)
    by_type = [*named]
    links = ArticleLink.objects.shown().filter(paragraph__report=report)
    return Figures(
        paragraphs=Paragraph.objects.filter(report=report).count(),
        replies=Section.objects.replies().filter(report=report).count(),
        tables=Table.objects.filter(report=report).count(),
        articles_reported=links.order_by().values("article").distinct().count(),
        articles=ConventionArticle.objects.count(),
        institutions=by_type.count(Entry.Type.INSTITUTION),
        laws=by_type.count(Entry.Type.LAW),
        programmes=by_type.count(Entry.Type.PROGRAMME),
    )


def most_named(report: Report, each: int = 6) -> dict[str, list[Entry]]:
    """For each type of entry those that most paragraphs name, with `paragraph_count`; one query."""
    rows = Entry.objects.with_counts(report).filter(paragraph_count__gt=0).order_by("-paragraph_count", "name", "slug")
    by_type = {type: [] for type in Entry.Type.values}
    for entry in rows:
        if len(by_type[entry.type]) < each:
            by_type[entry.type].append(entry)
    return by_type
