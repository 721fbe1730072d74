"""The annexes that a report cites, none of which is part of its text."""

import re

from sections.models import Paragraph, Reference, Report
from sections.text.parts import TextPart
from sections.text.sentences import sentence_bounds
from sections.text.snippet import Snippet, snippets

SHORT = 60  # characters; a shorter sentence is shown with the sentence before it


def annexes_by_label(report: Report) -> dict[str, list[tuple[Paragraph, Snippet]]]:
    """The annexes in order of their numbers, each with the paragraphs and the sentences that cite it; one query.

    The sentence before comes with a short one.
    """
    rows = Reference.objects.filter(kind=Reference.Kind.ANNEX, block__paragraph__report=report)
    rows = rows.select_related("block__paragraph__section").defer("block__paragraph__source_text")
    citations: dict[str, list[tuple[Paragraph, Snippet]]] = {}
    for row in rows.order_by("block__paragraph__number", "block__position", "start"):
        paragraph = row.block.paragraph
        paragraph.report = paragraph.section.report = report
        citations.setdefault(row.target, []).append((paragraph, _sentence(row)))
    return {label: citations[label] for label in sorted(citations, key=_number)}


def _sentence(reference):
    text, span = reference.block.text, (reference.start, reference.end)
    passage = snippets(text, [span])[0]
    before = [bounds for bounds in sentence_bounds(text) if bounds[1] <= passage.start]
    if not before or passage.end - passage.start >= SHORT or passage.cut_before:
        return passage
    low = before[-1][0]
    return Snippet(low, passage.end, (TextPart(text[low : passage.start]), *passage.parts), False, passage.cut_after)


def _number(label):
    digits = re.match(r"[0-9]{1,9}", label)
    return int(digits[0]) if digits else 0, label
