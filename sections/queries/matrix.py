"""Articles of the Convention against entries: how many paragraphs of a report bear on one and name the other."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch

from sections.models import ArticleLink, ConventionArticle, Entry, Mention, Name, Report

from .convention import tint
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
class Column:
    """An entry at the head of a column, and the number of paragraphs that the whole column counts."""

    entry: Entry
    count: int

    @property
    def label(self) -> str:
        """The entry's acronym or, if it has none, its name, cut at a word if it is long."""
        name = next(iter(acronyms(self.entry)), self.entry.name)
        if len(name) <= LONGEST_LABEL:
            return name
        return f"{name[: LONGEST_LABEL - 1].rpartition(' ')[0]} …"


@dataclass(frozen=True, slots=True)
class Cell:
    """The number of paragraphs that bear on the article and name the entry."""

    entry: Entry
    count: int

    @property
    def tint(self) -> int:
        """The step of the tint, 0 for none to 5."""
        return tint(self.count)


@dataclass(frozen=True, slots=True)
class Row:
    """An article and its cells, in the order of the columns."""

    article: ConventionArticle
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The columns shown, the rows with a number in any of them; `first` and `total` count columns."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    first: int
    total: int

    @property
    def last(self) -> int:
        """Index of the column after the last one shown."""
        return self.first + len(self.columns)


def matrix(report: Report | None, asked: MatrixRequest, width: int = 12) -> Matrix:
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
    columns = tuple(Column(entry, totals[entry.pk]) for entry in shown)
    articles = ConventionArticle.objects.filter(pk__in={article for article, _ in counts}).order_by("number")
    rows = (Row(row, tuple(Cell(entry, counts[row.pk, entry.pk]) for entry in shown)) for row in articles)
    return Matrix(columns, tuple(row for row in rows if any(cell.count for cell in row.cells)), first, len(ranked))


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
