"""The hits of one page, with what they show read from the database as it is now."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language

from sections.models import Block, Mention, Report, Section, Subjects

from .catalogue import Catalogue
from .engine.highlight import BlockText, Marks, analyse, best_snippet, matching_spans, matching_subjects
from .engine.scoring import ScoredDocument
from .query_plan import QueryPlan
from .results import Hit, Place
from .scope import Scope

MIN_WEIGHT = 0.05  # of a clause in a snippet
CACHED = 8_192  # places and addresses


def read_hits(
    rows: list[ScoredDocument], scope: Scope, catalogue: Catalogue, report: Report | None, plan: QueryPlan
) -> tuple[Hit, ...]:
    """The hits for these documents; a paragraph deleted since the index was read is left out."""
    marks, language = Marks(plan.marks), get_language()
    weights = {number: max(clause.idf, MIN_WEIGHT) for number, clause in enumerate(plan.clauses)}
    key_of = {row.number: int(scope.paragraphs[row.number]) for row in rows}
    blocks = read_blocks(key_of.values())
    matches = {key: matching_spans(blocks[key], marks) for key in key_of.values() if key in blocks}
    met = {key: {span[2] for _, spans in pairs for span in spans} for key, pairs in matches.items()}
    lacking = [key for key, clauses in met.items() if plan.subjects and len(clauses) < len(weights)]
    subjects = dict(Subjects.objects.filter(paragraph__in=lacking).values_list("paragraph", "phrases"))
    hits = []
    for row in rows:
        key, number = key_of[row.number], int(scope.numbers[row.number])
        place = _place(scope.version.names, int(scope.sections[row.number]), language)
        if key not in matches or place is None:
            continue
        mentioned = dict.fromkeys(entry for block in blocks[key] for _, _, entry in block.mentions)
        hits.append(
            Hit(
                number=number,
                url=_paragraph_url(report.symbol, number, language),
                score=row.score,
                place=place,
                snippet=best_snippet(matches[key], weights),
                entries=tuple(catalogue.entries[entry] for entry in mentioned if entry in catalogue.entries),
                partial=row.is_partial,
                subjects=matching_subjects(subjects.get(key, ()), plan.subjects, met[key]),
                explanation=row.explanation,
            )
        )
    return tuple(hits)


@lru_cache(maxsize=CACHED)
def _read_place(names, key, language):
    section = Section.objects.select_related("report", "convention_part").get(pk=key)
    above, part = section, section.convention_part
    while part is None and above.parent_id:
        above = above.parent
        part = above.convention_part
    reply = section.number if section.is_reply else None
    return Place(str(section), section.get_absolute_url(), reply, str(part) if part else "")


def _place(names, key, language):
    """The section in that version of the names, None for one deleted since the index was read."""
    try:
        return _read_place(names, key, language)
    except Section.DoesNotExist:
        return None


@lru_cache(maxsize=CACHED)
def _paragraph_url(symbol, number, language):
    return reverse("paragraph", kwargs={"symbol": symbol, "number": number})


def read_blocks(keys: Iterable[int]) -> dict[int, list[BlockText]]:
    """By primary key of these paragraphs their blocks, ready to be searched. Two queries."""
    blocks, mentions = defaultdict(list), defaultdict(list)
    shown = Mention.objects.shown().filter(block__paragraph__in=keys).order_by("start", "end", "entry")
    for block, *mention in shown.values_list("block", "start", "end", "entry"):
        mentions[block].append(tuple(mention))
    rows = Block.objects.filter(paragraph__in=keys).order_by("position")
    for key, paragraph, position, kind, text in rows.values_list("pk", "paragraph", "position", "kind", "text"):
        blocks[paragraph].append(BlockText(position, kind, analyse(text), tuple(mentions[key])))
    return blocks
