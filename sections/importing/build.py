"""The records of a report as model instances, and stored reports as records again."""

from dataclasses import dataclass, field

from django.db.models import CharField, Model, Prefetch

from sections.models import Abbreviation, Block, ConventionPart, Footnote, Paragraph, Reference, Report, Section, Table

from .parse.faults import ImportFault
from .parse.records import (
    AbbreviationRecord,
    BlockRecord,
    FootnoteRecord,
    ParagraphRecord,
    ReferenceRecord,
    ReportText,
    SectionRecord,
    TableRecord,
)
from .verify import Proof, verify


@dataclass
class Instances:
    """Unsaved rows of one report, in the order in which they can be saved."""

    report: Report
    sections: list[Section] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    footnotes: list[Footnote] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    abbreviations: list[Abbreviation] = field(default_factory=list)

    def save(self):
        """Saves every row that has no key yet, and the report and its sections; the caller holds the transaction."""
        self.report.save()
        for section in self.sections:  # each names its parent, which stands before it
            section.save()
        for rows in (
            self.paragraphs,
            self.blocks,
            self.tables,
            self.footnotes,
            self.references,
            self.abbreviations,
        ):
            if new := [row for row in rows if row.pk is None]:
                type(new[0]).objects.bulk_create(new, batch_size=500)


def build(report: Report, text: ReportText) -> Instances:
    """The rows for a report's text, linked to each other and not saved; raises ImportFault for one that is too long."""
    made = Instances(report)
    convention_parts = ConventionPart.objects.in_bulk(field_name="roman")
    sections = {}
    for record in text.sections:
        section = _section(report, record, sections.get(record.parent), convention_parts)
        sections[record.key] = section
        made.sections.append(_fitting(section, record.source_line))
    for record in text.paragraphs:
        _add_paragraph(made, record, sections[record.section])
    for record in text.abbreviations:
        row = Abbreviation(
            report=report,
            position=record.position,
            acronym=record.acronym,
            name=record.name,
            source_text=record.source_text,
            source_line=record.source_line,
        )
        made.abbreviations.append(_fitting(row, record.source_line))
    return made


def _section(report, record, parent, convention_parts):
    return Section(
        report=report,
        key=record.key,
        position=record.position,
        kind=record.kind,
        level=record.level,
        label=record.label,
        title=record.title,
        number=record.number,
        last_number=record.last_number,
        convention_part=convention_parts.get(record.convention_part),
        parent=parent,
        recovered=record.recovered,
        evidence=record.evidence,
        bookmark=record.bookmark,
        source_text=record.source_text,
        source_line=record.source_line,
    )


def _add_paragraph(made, record, section):
    paragraph = Paragraph(
        report=made.report,
        number=record.number,
        section=section,
        position=record.position,
        source_text=record.source_text,
        source_line=record.source_line,
        sha256=record.sha256,
    )
    made.paragraphs.append(paragraph)
    blocks = []
    for each in record.blocks:
        blocks.append(_block(made, paragraph, len(blocks), each.kind, each, record.source_line))
        if each.table:
            table = Table(report=made.report, number=len(made.tables) + 1, block=blocks[-1], **_cells(each.table))
            made.tables.append(_fitting(table, record.source_line))
    for at, note in enumerate(record.footnotes, len(blocks)):
        body = _block(made, paragraph, at, Block.Kind.FOOTNOTE, note, record.source_line)
        footnote = Footnote(
            report=made.report, number=note.number, block=blocks[note.block], offset=note.offset, body=body
        )
        made.footnotes.append(footnote)


def _block(made, paragraph, position, kind, record, line):
    if kind == Block.Kind.FOOTNOTE:
        label, level = str(record.number), 0
    else:
        label, level = record.label, record.level
    block = Block(paragraph=paragraph, position=position, kind=kind, level=level, label=label, text=record.text)
    made.blocks.append(block)
    for each in record.references:
        row = Reference(block=block, kind=each.kind, start=each.start, end=each.end, target=each.target)
        made.references.append(_fitting(row, line))
    return block


def _cells(table):
    return {
        "title": table.title,
        "unit": table.unit,
        "header": list(table.header),
        "rows": [list(row) for row in table.rows],
        "source": table.source,
    }


def _fitting(row: Model, line):
    """The row, unless a text in it is longer than its column: PostgreSQL would refuse it, SQLite would not."""
    for column in row._meta.concrete_fields:
        if isinstance(column, CharField) and len(getattr(row, column.attname) or "") > column.max_length:
            raise ImportFault(
                line,
                f"the {column.verbose_name} of this {row._meta.verbose_name} has more than {column.max_length} "
                "characters. Is its line broken in the source?",
            )
    return row


def read_back(report: Report) -> ReportText:
    """The records of a stored report; parts and warnings, which aren't stored, are left out."""
    sections = report.sections.select_related("convention_part", "parent").order_by("position")
    paragraphs = report.paragraphs.select_related("section").prefetch_related(
        Prefetch("blocks", Block.objects.select_related("table").order_by("position")),
        "blocks__references",
        "blocks__footnotes__body__references",
    )
    return ReportText(
        report.source_sha256,
        tuple(_section_record(section) for section in sections),
        tuple(_paragraph_record(paragraph) for paragraph in paragraphs.order_by("number")),
        tuple(
            AbbreviationRecord(row.position, row.acronym, row.name, row.source_line, row.source_text)
            for row in report.abbreviations.order_by("position")
        ),
    )


def prove(report: Report, source: bytes | None = None) -> Proof:
    """The proof that a stored report is its source: by its slices, and by the source file where it is at hand."""
    hashes = dict(report.paragraphs.values_list("number", "sha256"))
    return verify(read_back(report), hashes, source)


def _section_record(row):
    return SectionRecord(
        key=row.key,
        position=row.position,
        kind=row.kind,
        level=row.level,
        label=row.label,
        title=row.title,
        number=row.number,
        last_number=row.last_number,
        convention_part=row.convention_part and row.convention_part.roman,
        parent=row.parent and row.parent.key,
        recovered=row.recovered,
        evidence=row.evidence,
        bookmark=row.bookmark,
        source_line=row.source_line,
        source_text=row.source_text,
    )


def _paragraph_record(row):
    blocks, notes = [], []
    for block in row.blocks.all():
        if block.kind == Block.Kind.FOOTNOTE:
            continue
        for note in block.footnotes.all():
            place = (note.number, block.position, note.offset, note.body.text, _reference_records(note.body))
            notes.append(FootnoteRecord(*place))
        blocks.append(
            BlockRecord(
                block.kind, block.level, block.label, block.text, _reference_records(block), _table_record(block)
            )
        )
    notes.sort(key=lambda note: (note.block, note.offset))
    return ParagraphRecord(
        row.number, row.position, row.section.key, row.source_line, row.source_text, tuple(blocks), tuple(notes)
    )


def _reference_records(block):
    rows = sorted(block.references.all(), key=lambda row: (row.start, _order(row.target)))
    return tuple(ReferenceRecord(row.kind, row.start, row.end, row.target) for row in rows)


def _order(target):
    return (int(target), "") if target.isdecimal() else (0, target)


def _table_record(block):
    table = getattr(block, "table", None)
    if table is None:
        return None
    rows = tuple(tuple(row) for row in table.rows)
    return TableRecord(table.title, table.unit, tuple(table.header), rows, table.source)
