"""Reads from the tables what is indexed of paragraphs, in few queries and without building a model for every row."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import QuerySet

from sections.models import ArticleLink, Block, Mention, Paragraph, Section, Subjects

from .engine.analysis import stem, terms
from .engine.postings import BITS, GAP, MASK, NOTE, TEXT

CHUNK = 500  # paragraphs that are read at a time
FOOTNOTE = Block.Kind.FOOTNOTE


class IndexedBlock(NamedTuple):
    """A block of a paragraph with its mentions as (start, end, entry)."""

    position: int
    kind: str
    text: str
    mentions: tuple[tuple[int, int, int], ...]


class Document(NamedTuple):
    """A paragraph analysed: positions of each word, positions by key of its links, each word's stem, number of words.

    The keys of links are "e" and an entry, "a" and an article, "x" and a stem of the subjects, which must not match a
    phrase that the paragraph does not contain.
    """

    words: dict[str, list[int]]
    links: dict[str, list[int]]
    stems: dict[str, str]
    length: int


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
        """The analysed form; words beyond the last position are left out."""
        words, links, stems, length = defaultdict(list), defaultdict(list), {}, 0
        start, end = {False: TEXT, True: NOTE}, {False: MASK, True: TEXT - 1}
        for block in self.blocks:
            is_note = block.kind == FOOTNOTE
            first = start[is_note]
            found = terms(block.text)[: max(end[is_note] - first, 0)]
            for term in found:
                words[term.exact].append(first + term.position)
                stems[term.exact] = term.stem
                if term.joined:
                    words[term.joined].append(first + term.position)
                    stems[term.joined] = stem(term.joined)
            for character, _, entry in block.mentions:
                position = next((term.position for term in found if term.end > character), None)
                if position is not None:
                    links[f"e{entry}"].append(first + position)
            length += len(found)
            start[is_note] = first + len(found) + GAP
        first = 0
        for phrase in self.subjects:
            found = terms(phrase)
            for term in found[: max(NOTE - first, 0)]:
                links[f"x{term.stem}"].append(first + term.position)
            first += len(found) + GAP
        return Document(words, links | {key: [0] for key in self.article_keys}, stems, length)


def occurrences(number: int, positions: list[int]) -> list[int]:
    """The positions in the document of that number as occurrences."""
    return [(number << BITS) | position for position in positions]


def _digest(*values):
    return hashlib.blake2b(repr(values).encode(), digest_size=8).hexdigest()


def sources(report: int) -> Iterator[Source]:
    """The paragraphs of the report of that primary key by number, some hundred read at a time."""
    rows = Paragraph.objects.filter(report=report)
    outline = _outline(report)
    numbers = list(rows.order_by("number").values_list("number", flat=True))
    for start in range(0, len(numbers), CHUNK):
        chunk = numbers[start : start + CHUNK]
        yield from read(rows.filter(number__gte=chunk[0], number__lte=chunk[-1]), outline)


def read(rows: QuerySet[Paragraph], outline: dict[int, tuple[str, ...]] | None = None) -> list[Source]:
    """The paragraphs of a queryset by number; five queries. `outline` has the keys of each section, if they matter."""
    paragraphs = list(rows.order_by("number").values_list("pk", "number", "section", "report"))
    inside = rows.order_by().values("pk")
    blocks, articles = read_blocks(inside), defaultdict(set)
    links = ArticleLink.objects.shown().filter(paragraph__in=inside).order_by()
    for paragraph, article in links.values_list("paragraph", "article__number"):
        articles[paragraph].add(f"a{article}")
    subjects = dict(Subjects.objects.filter(paragraph__in=inside).values_list("paragraph", "phrases"))
    return [
        Source(
            key, number, section, report, blocks.get(key, []), (outline or {}).get(section, ()), sorted(articles[key]),
            subjects.get(key, []),
        )
        for key, number, section, report in paragraphs
    ]  # fmt: skip


def read_blocks(paragraphs: Iterable[int] | QuerySet[Paragraph]) -> dict[int, list[IndexedBlock]]:
    """The blocks of each of these paragraphs in order, by the primary key of the paragraph; two queries."""
    mentions, blocks = defaultdict(list), defaultdict(list)
    shown = Mention.objects.shown().filter(block__paragraph__in=paragraphs).order_by("start", "end", "entry")
    for block, *mention in shown.values_list("block", "start", "end", "entry"):
        mentions[block].append(tuple(mention))
    rows = Block.objects.filter(paragraph__in=paragraphs).order_by("paragraph", "position")
    for key, paragraph, *block in rows.values_list("pk", "paragraph", "position", "kind", "text"):
        blocks[paragraph].append(IndexedBlock(*block, tuple(mentions[key])))
    return blocks


def _outline(report):
    """The keys of each section: "p" and the Convention part, inherited from the headings above, "r" and each reply."""
    rows = Section.objects.filter(report=report).select_related("convention_part")
    sections = {section.pk: section for section in rows}
    return {pk: tuple(_outline_keys(section, sections)) for pk, section in sections.items()}


def _outline_keys(section, sections):
    part = reply = None
    while section is not None:
        part = part or section.convention_part
        if reply is None and section.is_reply:
            reply = section
        section = sections.get(section.parent_id)
    if part:
        yield f"p{part.number}"
    if reply:
        yield from (f"r{number}" for number in range(reply.number, (reply.last_number or reply.number) + 1))
