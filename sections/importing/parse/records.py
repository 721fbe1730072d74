"""What the importer gives: frozen records of a report's text, in the order of the source; or a fault."""

import hashlib
from dataclasses import dataclass


class ImportFault(ValueError):
    """A text that cannot be read as a report; `str()` gives the line, the reason and the way out."""

    def __init__(self, line: int | None, message: str) -> None:
        super().__init__(f"line {line}: {message}" if line else message)


@dataclass(frozen=True)
class Warning:
    """Something that a person should look at; the import goes on."""

    line: int
    message: str


@dataclass(frozen=True)
class ReferenceRecord:
    """A place that points outside the text; kind is "annex" or "web", start and end count characters."""

    kind: str
    start: int
    end: int
    target: str


@dataclass(frozen=True)
class TableRecord:
    """A table as printed: every cell is text."""

    title: str
    unit: str
    header: list[str]
    rows: list[list[str]]
    source: str


@dataclass(frozen=True)
class BlockRecord:
    """One piece of a paragraph; kind is "text", "item" or "table", level counts from 1 for items and is 0 otherwise."""

    kind: str
    level: int
    label: str
    text: str
    references: tuple[ReferenceRecord, ...] = ()
    table: TableRecord | None = None


@dataclass(frozen=True)
class FootnoteRecord:
    """A note: its body, and the block (from 0) and offset in that block's text where its mark stands."""

    number: int
    block: int
    offset: int
    text: str
    references: tuple[ReferenceRecord, ...] = ()


@dataclass(frozen=True)
class ParagraphRecord:
    """A numbered paragraph with its exact slice of the source; section is the key of the section it stands in."""

    number: int
    position: int
    section: str
    source_line: int
    source_text: str
    blocks: tuple[BlockRecord, ...]
    footnotes: tuple[FootnoteRecord, ...]

    @property
    def sha256(self) -> str:
        return sha256_of(self.source_text)

    @property
    def annexes(self) -> list[str]:
        """Labels of the annexes it cites, in order, each once."""
        pieces = (*self.blocks, *self.footnotes)
        return list(dict.fromkeys(r.target for piece in pieces for r in piece.references if r.kind == "annex"))


@dataclass(frozen=True)
class SectionRecord:
    """A heading; kind is "part", "heading" or "reply". A recovered one has evidence, and an empty slice."""

    key: str
    position: int
    kind: str
    level: int
    label: str
    title: str
    number: int | None = None
    last_number: int | None = None
    part: str | None = None
    convention_part: str | None = None
    parent: str | None = None
    recovered: bool = False
    evidence: str = ""
    bookmark: str = ""
    source_line: int | None = None
    source_text: str = ""


@dataclass(frozen=True)
class AbbreviationRecord:
    """A line of the list of abbreviations; the list's own heading has an empty acronym."""

    position: int
    acronym: str
    name: str
    source_line: int
    source_text: str


@dataclass(frozen=True)
class ReportText:
    """A whole report as read, with the fingerprint of its source."""

    source_sha256: str
    sections: tuple[SectionRecord, ...]
    paragraphs: tuple[ParagraphRecord, ...]
    abbreviations: tuple[AbbreviationRecord, ...]
    warnings: tuple[Warning, ...] = ()

    @property
    def in_order(self) -> list:
        """Sections, paragraphs and abbreviations as they follow each other in the source."""
        return sorted((*self.sections, *self.paragraphs, *self.abbreviations), key=lambda record: record.position)

    @property
    def source_text(self) -> str:
        """All slices put together: the source."""
        return "".join(record.source_text for record in self.in_order)


def sha256_of(text: str) -> str:
    """The fingerprint of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
