"""Proves that what is stored is the source: every slice by hash, and every slice read again."""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from django.conf import settings

from sections.models import (
    Abbreviation,
    Block,
    Footnote,
    Paragraph,
    Reference,
    Report,
    Section,
    Table,
    cached_per_version,
)

from .build import read_back
from .parse.classify import shape_of
from .parse.paragraphs import reread
from .parse.patterns import ABBREVIATION
from .parse.records import ImportFault, ParagraphRecord, ReportText, sha256_of
from .parse.report import parse_report

AROUND = 30  # characters shown before and after a difference
SOURCES = settings.BASE_DIR / "fixtures" / "source"


@dataclass(frozen=True)
class Failure:
    """One difference from the source; `number` is a paragraph's number, or None for anything else."""

    name: str
    reason: str
    difference: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Proof:
    """What was compared, and all that failed; `with_file` says whether the source file itself was at hand."""

    sections: int
    paragraphs: int
    abbreviations: int
    with_file: bool
    failures: tuple[Failure, ...]

    @property
    def holds(self) -> bool:
        return not self.failures


def proof_of(report: Report, folder: Path = SOURCES) -> Proof:
    """The proof for a stored report as it is now, against the source file where the folder holds it."""
    hashes = dict(report.paragraphs.values_list("number", "sha256"))
    return verify(read_back(report), hashes, _source(report.source_name, folder))


@cached_per_version(8)
def kept_proof(report: Report) -> Proof:
    """The same proof, asked for once in each content version and worked out once for each state of text and source."""
    source = _source(report.source_name, SOURCES)
    digest = hashlib.sha256(source).hexdigest() if source is not None else ""
    return _kept_proof(report.pk, report.source_name, digest, _state(report))


def source_file(report: Report, folder: Path = SOURCES) -> bytes:
    """The source of a stored report: the file that was imported where the folder holds it, else all slices of it."""
    source = _source(report.source_name, folder)
    if source is not None and hashlib.sha256(source).hexdigest() == report.source_sha256:
        return source
    return read_back(report).source_text.encode()


def _source(name, folder):
    """The bytes of the source file of that name, or None."""
    path = folder / name
    return path.read_bytes() if name and path.name == name and path.is_file() else None


@cached_per_version(8)
def _state(report):
    """A digest of all rows that the proof reads; most edits leave it as it is."""
    here = {"block__paragraph__report": report}
    tables = {
        Section: {"report": report},
        Abbreviation: {"report": report},
        Paragraph: {"report": report},
        Block: {"paragraph__report": report},
        Table: here,
        Footnote: here,
        Reference: here,
    }
    digest = hashlib.sha256(report.source_sha256.encode())
    for model, where in tables.items():
        digest.update(repr(list(model.objects.filter(**where).order_by("pk").values_list())).encode())
    return digest.hexdigest()


@lru_cache(maxsize=8)
def _kept_proof(report_pk, source_name, digest, state):
    """The arguments after the first tell one state of the report and its source from another."""
    return proof_of(Report.objects.get(pk=report_pk))


def verify(stored: ReportText, hashes: dict[int, str], source: bytes | None = None) -> Proof:
    """The proof for stored records: `hashes` are the paragraphs' fingerprints as stored, `source` the file if there."""
    originals, failures = _originals(stored, source)
    for section in stored.sections:
        failures += _section_failures(section, originals)
    for paragraph in stored.paragraphs:
        failures += _paragraph_failures(paragraph, hashes.get(paragraph.number, ""), originals)
    for abbreviation in stored.abbreviations:
        failures += _abbreviation_failures(abbreviation, originals)
    failures += _missing(stored, originals)
    if sha256_of(stored.source_text) != stored.source_sha256:
        failures.append(Failure("the whole report", "its slices put together are not the source that was imported"))
    counts = len(stored.sections), len(stored.paragraphs), len(stored.abbreviations)
    return Proof(*counts, source is not None, tuple(failures))


def difference(stored: str, source: str) -> str:
    """Where two texts part, in words; empty when they are equal."""
    if stored == source:
        return ""
    unequal = (n for n, (ours, theirs) in enumerate(zip(stored, source, strict=False)) if ours != theirs)
    at = next(unequal, min(len(stored), len(source)))
    return f"at character {at + 1} the record has {_excerpt(stored, at)}, the source has {_excerpt(source, at)}"


def _excerpt(text, at):
    if at >= len(text):
        return "already ended"
    start, end = max(0, at - AROUND), at + AROUND
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shown = text[start:end].translate(str.maketrans("\r\n\t", "␍␊␉"))
    return f"“{before}{shown}{after}” (U+{ord(text[at]):04X} there)"


def _originals(stored, source):
    """The slices of the source file by kind and number or line; nothing when the file is not the one imported."""
    if source is None:
        return {}, []
    if hashlib.sha256(source).hexdigest() != stored.source_sha256:
        return {}, [Failure("the source file", "it is not the file that was imported: its fingerprint differs")]
    try:
        report = parse_report(source)
    except ImportFault as fault:
        return {}, [Failure("the source file", f"it cannot be read: {fault}")]
    return {_place(record): record.source_text for record in report.in_order if record.source_text}, []


def _place(record):
    if isinstance(record, ParagraphRecord):
        return "paragraph", record.number
    return "line", record.source_line


def _slice_failures(failure, record, originals):
    """A failure when a stored slice differs from the source file's."""
    original = originals.get(_place(record))
    if originals and original is None:
        yield failure("the source has nothing at its place")
    elif originals and original != record.source_text:
        yield failure("its slice differs from the source", difference(record.source_text, original))


def _paragraph_failures(paragraph, sha256, originals):
    failure = partial(Failure, f"paragraph {paragraph.number}", number=paragraph.number)
    yield from _slice_failures(failure, paragraph, originals)
    if paragraph.sha256 != sha256:
        yield failure("its slice does not match its fingerprint")
    try:
        blocks, footnotes = reread(paragraph.source_text, paragraph.number, paragraph.source_line)
    except ImportFault as fault:
        yield failure(f"its slice cannot be read again: {fault}")
        return
    for what, ours, theirs in (("blocks", paragraph.blocks, blocks), ("footnotes", paragraph.footnotes, footnotes)):
        if len(ours) != len(theirs):
            yield failure(f"{len(ours)} {what} are stored, its slice reads as {len(theirs)}")
    for n, (ours, theirs) in enumerate(zip(paragraph.blocks, blocks, strict=False), 1):
        yield from _piece_failures(failure, f"block {n}", ours, theirs)
    for ours, theirs in zip(paragraph.footnotes, footnotes, strict=False):
        yield from _piece_failures(failure, f"footnote {theirs.number}", ours, theirs)


def _piece_failures(failure, what, ours, theirs):
    """A failure when a stored block or footnote differs from the one that the slice reads as."""
    if ours.text != theirs.text:
        yield failure(f"the text of {what} differs from its slice", difference(ours.text, theirs.text))
    elif ours != theirs:
        unequal = [field for field in vars(theirs) if getattr(ours, field) != getattr(theirs, field)]
        values = [f"{field}: {getattr(ours, field)!r} stored, {getattr(theirs, field)!r} read" for field in unequal]
        yield failure(f"{what} differs from what its slice reads as", "; ".join(values))


def _section_failures(section, originals):
    if section.recovered:
        return [Failure(section.key, "it was recovered, but has a slice")] if section.source_text else []
    name = f"heading “{section.label} {section.title}”".replace("“ ", "“")
    shape = shape_of(_first_line(section))
    return _line_failures(name, section, originals, (section.label, shape.label), (section.title, shape.text))


def _abbreviation_failures(abbreviation, originals):
    line, acronym, words = _first_line(abbreviation), "", ""
    if not abbreviation.acronym:
        words = shape_of(line).text
    elif match := ABBREVIATION.fullmatch(line):
        acronym, words = match.groups()
    name = f"abbreviation “{abbreviation.acronym or abbreviation.name}”"
    return _line_failures(name, abbreviation, originals, (abbreviation.acronym, acronym), (abbreviation.name, words))


def _first_line(record):
    return next((line for line in re.split(r"[\r\n]+", record.source_text) if line.strip()), "")


def _line_failures(name, record, originals, *pairs):
    """Failures of a record of one line: in its slice, and in each pair of what is stored and what the slice says."""
    failure = partial(Failure, name)
    yield from _slice_failures(failure, record, originals)
    for ours, theirs in pairs:
        if parted := difference(ours, theirs.strip(" \t")):
            yield failure("it differs from what its slice reads as", parted)


def _missing(stored, originals):
    """Failures for what is in the source and not in the records."""
    stored_places = {_place(record) for record in stored.in_order}
    for kind, number in originals:
        if (kind, number) not in stored_places:
            paragraph = number if kind == "paragraph" else None
            yield Failure(f"{kind} {number}", "it is in the source and not in the records", number=paragraph)
