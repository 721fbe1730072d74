"""The hits of one page, with what they show read from the database as it is now."""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext

from sections.models import Block, Mention, Paragraph, Report, Subjects

from .catalogue import Catalogue
from .engine.highlight import BlockText, Marks, analyse, best_snippet, matching_spans, matching_subjects
from .engine.postings import BITS
from .engine.scoring import ScoredDocument
from .query_plan import QueryPlan
from .results import Hit, Place
from .scope import Scope

MIN_WEIGHT = 0.05  # of a clause in a snippet


def read_hits(
    rows: list[ScoredDocument], scope: Scope, catalogue: Catalogue, report: Report | None, plan: QueryPlan
) -> tuple[Hit, ...]:
    """The hits for these documents; a paragraph deleted since the index was read is left out. Four queries."""
    docs = np.array([row.number for row in rows], np.int64)
    keys = scope.paragraphs[docs].tolist()
    paragraphs = Paragraph.objects.filter(pk__in=keys).select_related("section").defer("source_text")
    paragraphs = {paragraph.pk: paragraph for paragraph in paragraphs}
    blocks = read_blocks(keys)
    subjects = dict(Subjects.objects.filter(paragraph__in=keys).values_list("paragraph", "phrases"))
    parts = _parts(docs, scope, catalogue)
    marks = Marks(plan.marks)
    weights = {number: max(clause.idf, MIN_WEIGHT) for number, clause in enumerate(plan.clauses)}
    hits = []
    for row, key, part in zip(rows, keys, parts, strict=True):
        if key not in paragraphs:
            continue
        number, section = paragraphs[key].number, paragraphs[key].section
        section.report = report
        reply = section.number if section.is_reply else None
        matches = matching_spans(blocks[key], marks)
        met = {clause for _, spans in matches for _, _, clause, _ in spans}
        phrases = subjects.get(key, ()) if len(met) < len(weights) else ()
        mentioned = dict.fromkeys(entry for block in blocks[key] for _, _, entry in block.mentions)
        hits.append(
            Hit(
                number=number,
                url=reverse("paragraph", kwargs={"symbol": report.symbol, "number": number}),
                score=row.score,
                place=Place(str(section), section.get_absolute_url(), reply, part),
                snippet=best_snippet(matches, weights),
                entries=tuple(catalogue.entries[entry] for entry in mentioned if entry in catalogue.entries),
                partial=row.is_partial,
                subjects=matching_subjects(phrases, plan.subjects, met),
                explanation=row.explanation,
            )
        )
    return tuple(hits)


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


def _parts(docs, scope, catalogue):
    """For each document the part of the Convention that its section belongs to, in words, or ""."""
    parts = [""] * docs.size
    for number, roman in catalogue.parts.items():
        for place in np.flatnonzero(np.isin(docs, scope.posting(f"p{number}") >> BITS)).tolist():
            parts[place] = gettext("Part %(roman)s") % {"roman": roman}
    return parts
