"""Questions about the annexes that a report cites, none of which is part of its text."""

import re
from dataclasses import dataclass

from sections.models import Paragraph, Reference, Report
from sections.text.parts import TextPart
from sections.text.sentences import sentence_bounds
from sections.text.snippet import Snippet, snippets

TELLING = 60  # characters that a sentence needs to say anything; a shorter one brings the one before it


@dataclass(frozen=True, slots=True)
class Citing:
    """A paragraph that cites an annex, and the sentence in which it does, with the one before it if it is short."""

    paragraph: Paragraph
    passage: Snippet


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex by its label as printed, and where it is cited."""

    label: str
    cited: tuple[Citing, ...]


def annexes(report: Report) -> list[Annex]:
    """The annexes in order of their numbers, each with the paragraphs that cite it; one query."""
    rows = Reference.objects.filter(kind=Reference.Kind.ANNEX, block__paragraph__report=report)
    rows = rows.select_related("block__paragraph__section").defer("block__paragraph__source_text")
    found = {}
    for row in rows.order_by("block__paragraph__number", "block__position", "start"):
        paragraph = row.block.paragraph
        paragraph.report = paragraph.section.report = report
        found.setdefault(row.target, []).append(Citing(paragraph, _sentence(row)))
    return [Annex(label, tuple(found[label])) for label in sorted(found, key=_order)]


def _sentence(reference):
    text, span = reference.block.text, (reference.start, reference.end)
    passage = snippets(text, [span])[0]
    before = [bounds for bounds in sentence_bounds(text) if bounds[1] <= passage.start]
    if not before or passage.end - passage.start >= TELLING or passage.cut_before:
        return passage
    low = before[-1][0]
    return Snippet(low, passage.end, (TextPart(text[low : passage.start]), *passage.parts), False, passage.cut_after)


def _order(label):
    number = re.match(r"\d+", label)
    return (int(number.group()) if number else 0, label)
