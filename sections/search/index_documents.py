"""Reads from the tables what is indexed of paragraphs, in few queries and without building a model for every row."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from sections.models import ArticleLink, Block, Mention, Paragraph, Section, Subjects

from .engine.documents import Document, IndexedBlock, document

CHUNK = 500  # paragraphs that are read at a time


@dataclass(frozen=True, slots=True)
class Source:
    """What is indexed of a paragraph: its keys, its blocks as the search reads them, its links and subjects."""

    key: int
    number: int
    section: int
    report: int
    blocks: list[IndexedBlock]
    outline_keys: tuple[str, ...]  # of its Convention part and its reply
    article_keys: list[str]
    subjects: list[str]

    @property
    def text_digest(self) -> str:
        """Differs when the text or its place in the report do."""
        texts = [(block.kind, block.text) for block in self.blocks]
        return _digest(self.report, self.number, self.section, self.outline_keys, texts)

    @property
    def links_digest(self) -> str:
        """Differs when the mentions, articles or subjects do."""
        return _digest([block.mentions for block in self.blocks], self.article_keys, self.subjects)

    def document(self) -> Document:
        """The analysed form, the keys of the outline and of the articles left out."""
        return document(self.blocks, self.subjects)


def _digest(*values):
    return hashlib.blake2b(repr(values).encode(), digest_size=8).hexdigest()


class Outline:
    """The keys of the sections of a report: "p" and the Convention part, "r" and the numbers of the reply."""

    def __init__(self, report: int) -> None:
        rows = Section.objects.filter(report=report).select_related("convention_part")
        self._sections = {section.pk: section for section in rows}
        self._keys = {pk: tuple(self._keys_of(section)) for pk, section in self._sections.items()}

    def keys(self, section: int) -> tuple[str, ...]:
        """The keys of the section of that primary key; a part is inherited from the headings above."""
        return self._keys[section]

    def _keys_of(self, section):
        part = reply = None
        while section is not None:
            part = part or section.convention_part
            if reply is None and section.is_reply:
                reply = section
            section = self._sections.get(section.parent_id)
        if part:
            yield f"p{part.number}"
        if reply:
            yield from (f"r{number}" for number in range(reply.number, (reply.last_number or reply.number) + 1))


def sources(report: int) -> Iterator[Source]:
    """The paragraphs of the report of that primary key by number, some hundred read at a time."""
    rows = Paragraph.objects.filter(report=report)
    outline = Outline(report)
    numbers = list(rows.order_by("number").values_list("number", flat=True))
    for start in range(0, len(numbers), CHUNK):
        chunk = numbers[start : start + CHUNK]
        yield from read(rows.filter(number__gte=chunk[0], number__lte=chunk[-1]), outline)


def read(rows: QuerySet[Paragraph], outline: Outline | None = None) -> list[Source]:
    """The paragraphs of a queryset by number; five queries. Without an outline they lack its keys."""
    paragraphs = list(rows.order_by("number").values_list("pk", "number", "section", "report"))
    inside = rows.order_by().values("pk")
    named, indexed, articles = defaultdict(list), defaultdict(list), defaultdict(set)
    mentions = Mention.objects.shown().filter(block__paragraph__in=inside).order_by("block", "start", "entry")
    for block, start, entry in mentions.values_list("block", "start", "entry"):
        named[block].append((start, entry))
    blocks = Block.objects.filter(paragraph__in=inside).order_by("paragraph", "position")
    for key, paragraph, kind, text in blocks.values_list("pk", "paragraph", "kind", "text"):
        indexed[paragraph].append(IndexedBlock(kind, text, tuple(named.get(key, ()))))
    links = ArticleLink.objects.shown().filter(paragraph__in=inside).order_by()
    for paragraph, article in links.values_list("paragraph", "article__number"):
        articles[paragraph].add(f"a{article}")
    subjects = dict(Subjects.objects.filter(paragraph__in=inside).values_list("paragraph", "phrases"))
    return [
        Source(
            key, number, section, report, indexed[key], outline.keys(section) if outline else (),
            sorted(articles[key]), subjects.get(key, []),
        )
        for key, number, section, report in paragraphs
    ]  # fmt: skip
