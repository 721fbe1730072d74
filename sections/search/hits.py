"""The hits of one page: where they are, and what they show of each paragraph."""

from collections.abc import Iterable
from threading import Lock
from typing import NamedTuple

from cachetools import LRUCache
from django.utils.translation import get_language

from sections.models import ConventionPart, Report, Section, Subjects
from sections.queries.reports import section_title
from sections.text.snippet import best_snippet

from .catalogue import Catalogue
from .engine.match_spans import BlockText, Marks, Subject, analyse, matching_spans, matching_subjects
from .engine.scoring import ScoredDocument
from .index_documents import read_blocks
from .named_results import Place, address
from .query_plan import MATCHES, QueryPlan
from .results import Hit
from .scope import Scope

MIN_WEIGHT = 0.05  # of a clause in a snippet
CACHED_PARAGRAPHS = 4_000


class ParagraphText(NamedTuple):
    """What hits show of a paragraph: its blocks, ready to be searched, the entries it mentions, its subjects."""

    blocks: tuple[BlockText, ...]
    entries: tuple[int, ...]
    subjects: tuple[Subject, ...]


_cache: LRUCache[tuple[int, int], ParagraphText] = LRUCache(CACHED_PARAGRAPHS)  # by content version and primary key
_cache_lock = Lock()


def read_hits(
    rows: list[ScoredDocument], scope: Scope, catalogue: Catalogue, report: Report | None, plan: QueryPlan
) -> tuple[Hit, ...]:
    """The hits for these documents; a paragraph deleted since the index was read is left out."""
    marks, language = Marks(plan.marks), get_language()
    weights = {number: max(clause.idf, MIN_WEIGHT) for number, clause in enumerate(plan.clauses)}
    documents = [row.number for row in rows]
    keys, numbers = (column[documents].tolist() for column in (scope.paragraphs, scope.numbers))
    paragraphs = read_paragraphs(keys, scope.version.content)
    places = _reports_and_places(documents, scope, catalogue, report)
    hits = []
    for row, key, number, (of, place) in zip(rows, keys, numbers, places, strict=True):
        paragraph = paragraphs.get(key)
        if paragraph is None or place is None:
            continue
        matches = matching_spans(paragraph.blocks, marks)
        shown, snippet = best_snippet([(block.analysed.text, spans) for block, spans in matches], weights)
        hits.append(
            Hit(
                number=number,
                report=of,
                url=address("paragraph", language, symbol=of.symbol, number=number),
                score=row.score,
                place=place,
                kind=paragraph.blocks[shown].kind,
                snippet=snippet,
                entries=tuple(catalogue.entries[entry] for entry in paragraph.entries if entry in catalogue.entries),
                match=MATCHES[row.match],
                subjects=_subjects(paragraph, plan, matches),
                explanation=row.explanation,
            )
        )
    return tuple(hits)


def _reports_and_places(
    documents: list[int], scope: Scope, catalogue: Catalogue, report: Report | None
) -> list[tuple[Report | None, Place | None]]:
    """The report and the place of each document, None for what was removed meanwhile.

    In one report nothing is read; in all reports one query reads the sections of the documents.
    """
    keys = scope.sections[documents].tolist()
    if scope.report is not None:
        return [(report, catalogue.places.get(key)) for key in keys]
    rows = Section.objects.select_related("report", "reply_subject").defer("source_text", "evidence").in_bulk(set(keys))
    sections = [rows.get(key) for key in keys]
    return [
        (section.report, _place(section, scope.links.numbers(document, "p"), catalogue)) if section else (None, None)
        for document, section in zip(documents, sections, strict=True)
    ]


def _place(section, parts, catalogue):
    """The section as a place; the index has the part of the Convention, which may stand in a heading above."""
    romans = [catalogue.parts[number] for number in parts if number in catalogue.parts]
    part = str(ConventionPart(roman=romans[0])) if romans else ""
    return Place(section_title(section), section.get_absolute_url(), section.number if section.is_reply else None, part)


def _subjects(paragraph, plan, matches):
    """The subjects under which the paragraph is found, where its text alone lacks a clause."""
    if not plan.subjects or not paragraph.subjects:
        return ()
    met = {clause for _, spans in matches for _, _, clause, _ in spans}
    return matching_subjects(paragraph.subjects, plan.subjects, met)


def read_paragraphs(keys: Iterable[int], content: int) -> dict[int, ParagraphText]:
    """By primary key the paragraphs that exist, as of the content version; three queries for those not in memory."""
    with _cache_lock:
        paragraphs = {key: _cache[content, key] for key in keys if (content, key) in _cache}
    missing = [key for key in keys if key not in paragraphs]
    if missing:
        rows = _read_paragraphs(missing)
        with _cache_lock:
            _cache.update({(content, key): paragraph for key, paragraph in rows.items()})
        paragraphs |= rows
    return paragraphs


def _read_paragraphs(keys):
    paragraphs = {}
    phrases = dict(Subjects.objects.filter(paragraph__in=keys).values_list("paragraph", "phrases"))
    for key, blocks in read_blocks(keys).items():
        texts = (BlockText(block.position, block.kind, analyse(block.text), block.mentions) for block in blocks)
        entries = dict.fromkeys(entry for block in blocks for _, _, entry in block.mentions)
        paragraphs[key] = ParagraphText(tuple(texts), tuple(entries), tuple(map(Subject.of, phrases.get(key, ()))))
    return paragraphs
