"""Entries and articles of the same paragraphs: those of given paragraphs, and all of a report as a matrix."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from sections.models import ArticleLink, ConventionArticle, Entry, Mention, Name, Report

from .entries import acronyms
from .entry_names import by_shown_name, shown_name
from .paragraphs import ARTICLE, contents

LONGEST_LABEL = 40

# An entry or an article, and the numbers of the paragraphs that name it or bear on it, in order.
Companion = tuple[Entry | ConventionArticle, list[int]]


def entries_in(
    report: Report | None, paragraphs: Iterable[int], leaving_out: Entry | None = None
) -> dict[str, list[Companion]]:
    """The entries named in the report's paragraphs of these numbers, by type, the most named first; one query."""
    numbers = _numbers(report, paragraphs, Entry.Type.values)
    if leaving_out is not None:
        numbers.pop(leaving_out.pk, None)
    entries = by_shown_name(report, Entry.objects.filter(pk__in=numbers))
    entries.sort(key=lambda entry: -len(numbers[entry.pk]))
    return {type: [(row, numbers[row.pk]) for row in entries if row.type == type] for type in Entry.Type.values}


def articles_of(report: Report | None, paragraphs: Iterable[int]) -> list[Companion]:
    """The articles that the report's paragraphs of these numbers bear on, the most linked first; one query."""
    numbers = _numbers(report, paragraphs, [ARTICLE])
    articles = ConventionArticle.objects.filter(number__in=numbers)
    companions = [(article, numbers[article.number]) for article in articles]
    return sorted(companions, key=lambda companion: (-len(companion[1]), companion[0].number))


def _numbers(report, paragraphs, kinds):
    """By the key of an entry or article the paragraphs of these numbers that have annotations of these kinds to it."""
    held = contents(report)
    found = [held[number] for number in paragraphs if number in held]
    return _grouped(
        {(row.key, content.number) for content in found for row in content.annotations if row.kind in kinds}
    )


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


def column_label(entry: Entry, report: Report | None) -> str:
    """The entry's acronym or, if it has none, the name that pages show, cut at a word if it is long."""
    name = next(iter(acronyms(entry)), "") or shown_name(report, entry).text
    if len(name) <= LONGEST_LABEL:
        return name
    return f"{name[: LONGEST_LABEL - 1].rpartition(' ')[0]} …"


def matrix(report: Report | None, asked: MatrixRequest, width: int) -> Matrix:
    """The matrix with the most named entries first, `width` columns of it; five queries."""
    links = ArticleLink.objects.shown().filter(paragraph__report=report).order_by()
    if asked.part is not None:
        links = links.filter(article__part__number=asked.part)
    articles_by_paragraph = _grouped(links.values_list("paragraph_id", "article_id"))
    mentions = Mention.objects.shown().filter(block__paragraph__report=report, entry__type=asked.type).order_by()
    if asked.kind:
        mentions = mentions.filter(entry__kind=asked.kind)
    counts, totals = Counter(), Counter()
    for entry, paragraph in mentions.values_list("entry_id", "block__paragraph_id").distinct():
        if paragraph in articles_by_paragraph:
            totals[entry] += 1
            counts.update((article, entry) for article in articles_by_paragraph[paragraph])
    entries = Entry.objects.filter(pk__in=totals).prefetch_related(Prefetch("names", Name.objects.order_by("pk")))
    ranked = sorted(by_shown_name(report, entries), key=lambda entry: -totals[entry.pk])
    first = asked.first if asked.first < len(ranked) else 0
    shown = ranked[first : first + width]
    articles = ConventionArticle.objects.filter(pk__in={article for article, _ in counts}).order_by("number")
    rows = [(article, [(entry, counts[article.pk, entry.pk]) for entry in shown]) for article in articles]
    return Matrix(shown, [row for row in rows if any(count for _, count in row[1])], first, len(ranked))


def _grouped(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """The second numbers by the first, in order."""
    groups = defaultdict(list)
    for key, number in sorted(pairs):
        groups[key].append(number)
    return groups
