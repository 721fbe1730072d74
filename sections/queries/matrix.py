"""Articles of the Convention against entries: how many paragraphs of a report bear on one and name the other."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch

from sections.models import ArticleLink, ConventionArticle, Entry, Mention, Name, Report

from .entries import acronyms

LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True)
class MatrixRequest:
    """The type and kind of the entries, the part of the articles; an empty value asks for all."""

    type: str
    kind: str = ""
    part: int | None = None
    first: int = 0  # index of the first column shown


@dataclass(frozen=True, slots=True)
class Matrix:
    """The entries at the head of the columns shown, and the rows with a number in any of them.

    A row is an article with the number of paragraphs for each entry. `first`, `last` and `total` count columns.
    """

    entries: list[Entry]
    rows: list[tuple[ConventionArticle, list[tuple[Entry, int]]]]
    first: int
    total: int

    @property
    def last(self) -> int:
        """Index of the column after the last one shown."""
        return self.first + len(self.entries)


def column_label(entry: Entry) -> str:
    """The entry's acronym or, if it has none, its name, cut at a word if it is long."""
    name = next(iter(acronyms(entry)), entry.name)
    if len(name) <= LONGEST_LABEL:
        return name
    return f"{name[: LONGEST_LABEL - 1].rpartition(' ')[0]} …"


def matrix(report: Report | None, asked: MatrixRequest, width: int) -> Matrix:
    """The matrix with the most named entries first, `width` columns of it; five queries."""
    articles_of = _articles_by_paragraph(report, asked.part)
    counts, totals = Counter(), Counter()
    for entry, paragraph in _mentions(report, asked):
        if paragraph in articles_of:
            totals[entry] += 1
            counts.update((article, entry) for article in articles_of[paragraph])
    entries = Entry.objects.filter(pk__in=totals).prefetch_related(Prefetch("names", Name.objects.order_by("pk")))
    ranked = sorted(entries, key=lambda entry: (-totals[entry.pk], entry.name, entry.slug))
    first = asked.first if asked.first < len(ranked) else 0
    shown = ranked[first : first + width]
    articles = ConventionArticle.objects.filter(pk__in={article for article, _ in counts}).order_by("number")
    rows = [(article, [(entry, counts[article.pk, entry.pk]) for entry in shown]) for article in articles]
    return Matrix(shown, [row for row in rows if any(count for _, count in row[1])], first, len(ranked))


def _articles_by_paragraph(report, part):
    links = ArticleLink.objects.shown().filter(paragraph__report=report).order_by()
    if part is not None:
        links = links.filter(article__part__number=part)
    articles = defaultdict(list)
    for paragraph, article in links.values_list("paragraph_id", "article_id"):
        articles[paragraph].append(article)
    return articles


def _mentions(report, asked):
    rows = Mention.objects.shown().filter(block__paragraph__report=report, entry__type=asked.type).order_by()
    if asked.kind:
        rows = rows.filter(entry__kind=asked.kind)
    return rows.values_list("entry_id", "block__paragraph_id").distinct()
