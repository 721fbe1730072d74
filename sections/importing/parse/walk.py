"""Walks through the lines once and gives every line to the heading, paragraph or abbreviation that it belongs to."""

from .classify import Kind, shape_of
from .drafts import Abbreviation, Heading, Paragraph, heading_from
from .faults import ImportFault
from .footnotes import Row, check, refuse
from .paragraphs import ParagraphReader
from .patterns import ABBREVIATION
from .records import Warning
from .tables import starts_table


class Walk:
    """The state of the walk; `run()` gives the drafts in order."""

    def __init__(
        self, rows: list[Row], warnings: list[Warning], known: frozenset[tuple[str, str]] = frozenset()
    ) -> None:
        self.rows = rows
        self.shapes = [shape_of(row.text) for row in rows]
        self.warnings = warnings
        self.known = known  # label and title of the headings that the published contents name
        self.margin_numbers = [(n, shape.number) for n, shape in enumerate(self.shapes) if shape.kind is Kind.NUMBERED]
        self.place_of = {n: place for place, (n, _) in enumerate(self.margin_numbers)}
        self.drafts: list[tuple[int, Heading | Paragraph | Abbreviation]] = []
        self.expected = 1
        self.notes: dict[int, int] = {}

    def run(self) -> list[Heading | Paragraph | Abbreviation]:
        """The drafts, each with its exact slice; raises ImportFault at the first line that fits nowhere."""
        at = 0
        while at < len(self.rows):
            at = self._step(at)
        if self.expected == 1:
            raise ImportFault(1, "there is no numbered paragraph in this file. Is it the text of a report?")
        self._close()
        return [draft for _, draft in self.drafts]

    @property
    def open(self) -> Heading | Paragraph | Abbreviation | None:
        """The draft that takes the lines now."""
        return self.drafts[-1][1] if self.drafts else None

    def _step(self, at):
        row, shape = self.rows[at], self.shapes[at]
        if shape.kind is Kind.BLANK:
            return at + 1
        if self._is_heading(at):
            refuse(row, "a heading")
            self.drafts.append((at, heading_from(shape, row.line)))
        elif isinstance(self.open, Abbreviation) or getattr(self.open, "kind", "") == "abbreviations":
            self._abbreviation(at)
        elif shape.kind is Kind.NUMBERED and self._is_paragraph(at):
            self._paragraph(at)
        elif isinstance(self.open, Paragraph):
            return self.open.reader.take(self.rows, self.shapes, at)
        else:
            self._refuse_text(row)
        return at + 1

    def _is_heading(self, at):
        shape = self.shapes[at]
        if shape.kind is Kind.HEADING:
            return not (isinstance(self.open, Paragraph) and starts_table(self.rows, self.shapes, at))
        if shape.kind is Kind.TITLE:
            return not starts_table(self.rows, self.shapes, at)
        if shape.kind is not Kind.LABELLED:
            return False
        if not isinstance(self.open, Paragraph) or (shape.label, shape.text.strip().casefold()) in self.known:
            return True
        reader = self.open.reader
        if reader.continues(shape.label) or (reader.after_colon and shape.label in ("1.", "A.", "I.")):
            return False
        if not shape.number:
            return True
        after = self._after(at)
        return after is not None and self.shapes[after].kind is Kind.HEADING and not reader.after_colon

    def _after(self, at):
        """The next line that is not blank."""
        return next((n for n in range(at + 1, len(self.shapes)) if self.shapes[n].kind is not Kind.BLANK), None)

    def _is_paragraph(self, at):
        """Whether a number at the margin is the next paragraph's, rather than a list's; raises ImportFault."""
        shape, row = self.shapes[at], self.rows[at]
        inside = self.open.reader if isinstance(self.open, Paragraph) else None
        if shape.number == self.expected:
            return shape.stray_space or not (inside and inside.opens_list(shape.number) and self._comes_again(at))
        if inside and not shape.stray_space and inside.opens_list(shape.number):
            return False
        if shape.number < self.expected:
            reason = f"duplicate paragraph {shape.number}; paragraph {self.expected} is expected here"
        elif self.expected == 1:
            reason = f"the first paragraph has the number {shape.number}"
        else:
            reason = f"paragraph {shape.number} follows paragraph {self.expected - 1}; {self.expected} is missing"
        raise ImportFault(row.line, f"{reason}. Number the paragraphs 1, 2, 3 and so on.")

    def _comes_again(self, at):
        """Whether, after the run of numbers that begins here, the paragraph of the same number is still to come."""
        place = self.place_of[at]
        number = self.margin_numbers[place][1]
        for later in range(place + 1, len(self.margin_numbers)):
            other = self.margin_numbers[later][1]
            if other != number + later - place:
                return other == number
        return False

    def _paragraph(self, at):
        row, shape = self.rows[at], self.shapes[at]
        reader = ParagraphReader(shape.number, row.line, self.warnings)
        reader.begin(shape, row.line)
        self.drafts.append((at, Paragraph(shape.number, row.line, shape.stray_space, reader)))
        self.expected += 1

    def _abbreviation(self, at):
        row = self.rows[at]
        match = ABBREVIATION.fullmatch(row.text)
        if not match:
            raise ImportFault(
                row.line,
                "this line of the list of abbreviations is not an acronym, a tab and a name. Write it in that form.",
            )
        refuse(row, "the list of abbreviations")
        self.drafts.append((at, Abbreviation(match.group(1), match.group(2), row.line)))

    def _refuse_text(self, row):
        if self.open is None:
            reason = "this text stands before the first heading and the first paragraph"
        else:
            reason = f"this text stands under the heading “{self.open.words}” but in no numbered paragraph"
        raise ImportFault(row.line, f"{reason}. Number it as a paragraph, or remove it.")

    def _close(self):
        """Gives each draft its slice, the blank lines after it included, and the paragraphs their notes."""
        starts = [at for at, _ in self.drafts]
        starts[0] = 0
        for (_, draft), start, end in zip(self.drafts, starts, [*starts[1:], len(self.rows)], strict=True):
            rows = self.rows[start:end]
            draft.source_text = "".join(row.raw for row in rows)
            if isinstance(draft, Paragraph):
                check(rows, self.notes)
                draft.footnotes = draft.reader.footnotes(rows)
