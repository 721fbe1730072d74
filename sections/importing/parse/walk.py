"""Walks through the lines once and gives every line to the heading, paragraph or abbreviation that it belongs to."""

from itertools import pairwise

from sections.text.whole_numbers import whole_number

from .classify import Kind
from .drafts import Abbreviation, Heading, heading_of
from .footnotes import refuse
from .lines import Line
from .paragraphs import Paragraph
from .patterns import ABBREVIATION
from .records import ImportFault, Warning
from .tables import after_blanks, starts_table

Draft = Heading | Paragraph | Abbreviation


class Walk:
    """The state of the walk; `run()` gives the drafts in order."""

    def __init__(self, lines: list[Line], warnings: list[Warning], known: frozenset[tuple[str, str]]) -> None:
        self.lines = lines
        self.warnings = warnings
        self.known = known  # label and title of the headings that the published contents name
        self.drafts: dict[int, Draft] = {}  # by the place of their first line
        self.expected = 1

    def run(self) -> list[Draft]:
        """The drafts, each with its exact slice; raises ImportFault at the first line that fits nowhere."""
        at = 0
        while at < len(self.lines):
            at = self._step(at)
        if self.expected == 1:
            raise ImportFault(1, "there is no numbered paragraph in this file. Is it the text of a report?")
        self._close()
        return list(self.drafts.values())

    @property
    def open(self) -> Draft | None:
        """The draft that takes the lines now."""
        return next(reversed(self.drafts.values()), None)

    def _step(self, at):
        line, shape = self.lines[at], self.lines[at].shape
        if shape.kind is Kind.BLANK:
            return at + 1
        if self._is_heading(at):
            refuse(line, "a heading")
            place = {"bookmark": shape.bookmark, "source_line": line.number}
            self.drafts[at] = heading_of(shape.text, shape.label, **place)
        elif isinstance(self.open, Abbreviation) or getattr(self.open, "kind", "") == "abbreviations":
            self.drafts[at] = _abbreviation(line)
        elif shape.kind is Kind.NUMBERED and self._is_paragraph(at):
            self.drafts[at] = Paragraph(shape, line.number, self.warnings)
            self.expected += 1
        elif isinstance(self.open, Paragraph):
            return self.open.take(self.lines, at)
        else:
            self._refuse_text(line)
        return at + 1

    def _is_heading(self, at):
        shape, inside = self.lines[at].shape, isinstance(self.open, Paragraph)
        if shape.kind is Kind.HEADING:
            return not (inside and starts_table(self.lines, at))
        if shape.kind is Kind.TITLE:
            return not starts_table(self.lines, at)
        if shape.kind is not Kind.LABELLED:
            return False
        if not inside or (shape.label, shape.text.strip().casefold()) in self.known:
            return True
        after_colon = self.open.after_colon
        if self.open.levels.continues(shape.label) or (after_colon and shape.label in ("1.", "A.", "I.")):
            return False
        if not whole_number(shape.label.removesuffix(".")):
            return True
        after = after_blanks(self.lines, at + 1)
        return after < len(self.lines) and self.lines[after].shape.kind is Kind.HEADING and not after_colon

    def _is_paragraph(self, at):
        """Whether a number at the margin is the next paragraph's, rather than a list's; raises ImportFault."""
        line, shape = self.lines[at], self.lines[at].shape
        may_be_item = isinstance(self.open, Paragraph) and not shape.stray_space and self.open.opens_list(shape.number)
        if shape.number == self.expected:
            return not (may_be_item and self._comes_again(at))
        if may_be_item:
            return False
        if shape.number < self.expected:
            reason = f"duplicate paragraph {shape.number}; paragraph {self.expected} is expected here"
        elif self.expected == 1:
            reason = f"the first paragraph has the number {shape.number}"
        else:
            reason = f"paragraph {shape.number} follows paragraph {self.expected - 1}; {self.expected} is missing"
        raise ImportFault(line.number, f"{reason}. Number the paragraphs 1, 2, 3 and so on.")

    def _comes_again(self, at):
        """Whether, after the run of numbers that begins here, the paragraph of the same number is still to come."""
        number = self.lines[at].shape.number
        later = (self.lines[n].shape for n in range(at + 1, len(self.lines)))
        for expected, shape in enumerate((shape for shape in later if shape.kind is Kind.NUMBERED), number + 1):
            if shape.number != expected:
                return shape.number == number
        return False

    def _refuse_text(self, line):
        if self.open is None:
            reason = "this text stands before the first heading and the first paragraph"
        else:
            reason = f"this text stands under the heading “{self.open.words}” but in no numbered paragraph"
        raise ImportFault(line.number, f"{reason}. Number it as a paragraph, or remove it.")

    def _close(self):
        """Gives each draft its slice, the blank lines after it included, and the paragraphs their notes."""
        notes: dict[int, int] = {}
        bounds = [0, *list(self.drafts)[1:], len(self.lines)]
        for draft, (start, end) in zip(self.drafts.values(), pairwise(bounds), strict=True):
            lines = self.lines[start:end]
            draft.source_text = "".join(line.raw for line in lines)
            if isinstance(draft, Paragraph):
                draft.end(lines, notes)


def _abbreviation(line):
    match = ABBREVIATION.fullmatch(line.text)
    if not match:
        raise ImportFault(
            line.number,
            "this line of the list of abbreviations is not an acronym, a tab and a name. Write it in that form.",
        )
    refuse(line, "the list of abbreviations")
    return Abbreviation(match.group(1), match.group(2), line.number)
