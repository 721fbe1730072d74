"""Reads from the tables what is indexed of paragraphs, in few queries and without building a model for every row."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sections.models import ArticleLink, Block, Mention, Paragraph, Report, Subjects

from .engine.documents import Piece

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Source:
    """A paragraph's keys and number, its blocks as the search reads them, its articles' keys and its subjects."""

    key: int
    number: int
    section: int
    report: int
    pieces: list[Piece]
    article_keys: set[str]
    subjects: list[str]


def chunks() -> Iterator[list[Source]]:
    """The paragraphs of all reports in order, some hundred at a time."""
    for report in Report.objects.order_by("pk").values_list("pk", flat=True):
        rows = Paragraph.objects.filter(report=report)
        numbers = list(rows.order_by("number").values_list("number", flat=True))
        for at in range(0, len(numbers), CHUNK):
            first, last = numbers[at], numbers[min(at + CHUNK, len(numbers)) - 1]
            yield read(rows.filter(number__gte=first, number__lte=last))


def read(rows: Iterable[Paragraph]) -> list[Source]:
    """The paragraphs of a queryset by number; five queries."""
    found = list(rows.order_by("number").values_list("pk", "number", "section", "report"))
    inside = rows.order_by().values("pk")
    named, pieces, articles = defaultdict(list), defaultdict(list), defaultdict(set)
    mentions = Mention.objects.shown().filter(block__paragraph__in=inside).order_by("block", "start")
    for block, start, entry in mentions.values_list("block", "start", "entry"):
        named[block].append((start, entry))
    blocks = Block.objects.filter(paragraph__in=inside).order_by("paragraph", "position")
    for key, paragraph, kind, text in blocks.values_list("pk", "paragraph", "kind", "text"):
        pieces[paragraph].append(Piece(kind, text, tuple(named.get(key, ()))))
    links = ArticleLink.objects.shown().filter(paragraph__in=inside).order_by()
    for paragraph, article in links.values_list("paragraph", "article__number"):
        articles[paragraph].add(f"a{article}")
    subjects = dict(Subjects.objects.filter(paragraph__in=inside).values_list("paragraph", "phrases"))
    return [Source(*row, pieces[row[0]], articles[row[0]], subjects.get(row[0], [])) for row in found]
