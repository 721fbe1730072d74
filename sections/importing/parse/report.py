"""A source text to a report's records."""

import hashlib
from itertools import pairwise

from sections.text.ranges import format_ranges

from .contents import Contents
from .drafts import Abbreviation, Heading
from .footnotes import without_bodies
from .heading_recovery import recover
from .lines import decode, split
from .outline import Outline
from .paragraphs import Paragraph
from .patterns import BYTE_ORDER_MARK
from .records import AbbreviationRecord, ParagraphRecord, ReportText, Warning
from .walk import Walk


def parse_report(source: bytes, contents: Contents | None = None) -> ReportText:
    """The records of a source file; raises ImportFault, which names the line, when it cannot be read as a report.

    The published table of contents, where there is one, helps to recover the headings that the conversion lost.
    """
    text = decode(source)
    warnings: list[Warning] = []
    if text.startswith(BYTE_ORDER_MARK):
        warnings.append(Warning(1, "the file begins with a byte order mark; it is part of the first slice only."))
    labelled = contents.labelled if contents else frozenset()
    drafts = Walk(without_bodies(split(text)), warnings, labelled).run()
    _warn_of_footnotes(drafts, warnings)
    drafts = _with_opening(recover(drafts, contents, warnings), warnings)
    sections, paragraphs, abbreviations = _records(drafts, warnings)
    return ReportText(
        hashlib.sha256(source).hexdigest(),
        tuple(sections),
        tuple(paragraphs),
        tuple(abbreviations),
        tuple(sorted(warnings, key=lambda warning: warning.line)),
    )


def _with_opening(drafts, warnings):
    """The drafts, with a heading of ours where a paragraph stands before any: every paragraph has a section."""
    opening = next(n for n, draft in enumerate(drafts) if isinstance(draft, Paragraph))
    if any(isinstance(draft, Heading) and draft.kind != "abbreviations" for draft in drafts[:opening]):
        return drafts
    line = drafts[opening].source_line
    warnings.append(Warning(line, "no heading stands before this paragraph; the outline begins with one of ours."))
    heading = Heading("heading", "Opening", recovered=True, evidence=["paragraphs stand before the first heading"])
    return [*drafts[:opening], heading, *drafts[opening:]]


def _records(drafts, warnings):
    outline, sections, paragraphs, abbreviations = Outline(), [], [], []
    for position, (draft, after) in enumerate(zip(drafts, [*drafts[1:], None], strict=True), 1):
        source = (draft.source_line, draft.source_text)
        if isinstance(draft, Paragraph):
            pieces = (tuple(draft.blocks), draft.footnotes)
            paragraphs.append(ParagraphRecord(draft.number, position, sections[-1].key, *source, *pieces))
        elif isinstance(draft, Abbreviation):
            abbreviations.append(AbbreviationRecord(position, draft.acronym, draft.name, *source))
        elif draft.kind == "abbreviations":
            abbreviations.append(AbbreviationRecord(position, "", draft.title, *source))
        else:
            line, under_reply = draft.source_line or 1, bool(sections) and sections[-1].kind == "reply"
            if draft.kind == "reply" and not isinstance(after, Paragraph):
                warnings.append(Warning(line, f"no paragraph stands under “{draft.words}”."))
            sections.append(outline.place(draft, position, isinstance(after, Heading)))
            if under_reply and draft.kind == "heading" and not draft.label and isinstance(after, Paragraph):
                words = f"the heading “{draft.words}” ends the reply above it; its paragraphs belong to no reply."
                warnings.append(Warning(line, words))
    return sections, paragraphs, abbreviations


def _warn_of_footnotes(drafts, warnings):
    """Warns of numbers that no footnote has, and of footnotes out of order."""
    notes = [
        (note.number, draft.source_line) for draft in drafts if isinstance(draft, Paragraph) for note in draft.footnotes
    ]
    highest = 0
    for number, line in notes:
        if number < highest:
            warnings.append(Warning(line, f"footnote {number} stands after footnote {highest}."))
        highest = max(highest, number)
    for (before, _), (number, line) in pairwise([(0, 0), *sorted(notes)]):
        if missing := range(before + 1, number):
            words = f"footnote {missing[0]} is" if len(missing) == 1 else f"footnotes {format_ranges(missing)} are"
            warnings.append(Warning(line, f"{words} not in the text."))
