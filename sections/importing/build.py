"""The records of a report as model instances, and stored reports as records again."""

from dataclasses import dataclass, field, fields
from typing import Any

from django.db.models import CharField, Model

from sections.models import Abbreviation, Block, ConventionPart, Footnote, Paragraph, Reference, Report, Section, Table

from .parse.records import (
    AbbreviationRecord,
    BlockRecord,
    FootnoteRecord,
    ImportFault,
    ParagraphRecord,
    ReferenceRecord,
    ReportText,
    SectionRecord,
    TableRecord,
)


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

    def save(self) -> None:
        """Saves every row, over the stored one where it has a key; the caller holds the transaction."""
        self.report.save()
        for section in self.sections:  # each names its parent, which stands before it
            section.save()
        rest = (self.paragraphs, self.blocks, self.tables, self.footnotes, self.references, self.abbreviations)
        for rows in rest:
            new_rows = [row for row in rows if row.pk is None]
            for row in rows:
                if row.pk is not None:
                    row.save()
            if new_rows:
                type(new_rows[0]).objects.bulk_create(new_rows, batch_size=500)


def build(report: Report, text: ReportText) -> Instances:
    """The rows for a report's text, linked to each other and not saved; raises ImportFault for one that is too long."""
    instances = Instances(report)
    convention_parts = ConventionPart.objects.in_bulk(field_name="roman")
    sections: dict[str, Section] = {}
    for record in text.sections:
        values = vars(record) | {
            "parent": sections.get(record.parent),
            "convention_part": convention_parts.get(record.convention_part),
        }
        del values["part"]
        sections[record.key] = section = Section(report=report, **values)
        instances.sections.append(_fitting(section, record.source_line))
    for record in text.paragraphs:
        _add_paragraph(instances, record, sections[record.section])
    for record in text.abbreviations:
        row = Abbreviation(report=report, **vars(record))
        instances.abbreviations.append(_fitting(row, record.source_line))
    return instances


def _add_paragraph(instances, record, section):
    report = instances.report
    values = vars(record) | {"section": section, "sha256": record.sha256}
    del values["blocks"], values["footnotes"]
    paragraph = Paragraph(report=report, **values)
    instances.paragraphs.append(paragraph)
    blocks = []
    for position, piece in enumerate((*record.blocks, *record.footnotes)):
        block = Block(paragraph=paragraph, position=position, text=piece.text)
        blocks.append(block)
        references = [Reference(block=block, **vars(reference)) for reference in piece.references]
        instances.references += [_fitting(row, record.source_line) for row in references]
        if isinstance(piece, FootnoteRecord):
            block.kind, block.label = Block.Kind.FOOTNOTE, str(piece.number)
            place = {"block": blocks[piece.block], "offset": piece.offset}
            instances.footnotes.append(Footnote(report=report, number=piece.number, body=block, **place))
            continue
        block.kind, block.level, block.label = piece.kind, piece.level, piece.label
        if piece.table:
            table = Table(report=report, number=len(instances.tables) + 1, block=block, **vars(piece.table))
            instances.tables.append(_fitting(table, record.source_line))
    instances.blocks += blocks


def _fitting(row: Model, line):
    """The row, unless a text in it is longer than its column: PostgreSQL would refuse it, SQLite would not."""
    for column in row._meta.concrete_fields:
        if isinstance(column, CharField) and len(getattr(row, column.attname) or "") > column.max_length:
            raise ImportFault(
                line,
                f"the {column.name.replace('_', ' ')} of this {row._meta.model_name} has more than {column.max_length} "
                "characters. Is its line broken in the source?",
            )
    return row


def read_back(report: Report) -> ReportText:
    """The records of a stored report; parts and warnings, which are not stored, are left out."""
    sections = report.sections.select_related("convention_part", "parent").order_by("position")
    paragraphs = report.paragraphs.with_text().order_by("number")
    return ReportText(
        report.source_sha256,
        tuple(_section_record(section) for section in sections),
        tuple(_paragraph_record(paragraph) for paragraph in paragraphs),
        tuple(_record(AbbreviationRecord, row) for row in report.abbreviations.order_by("position")),
    )


def _record(record_type: type, row: Model, **values: Any):
    """A record of the type: these values, and the row's for its other fields."""
    names = [column.name for column in fields(record_type) if column.name not in values]
    return record_type(**values, **{name: getattr(row, name) for name in names})


def _section_record(row):
    part = row.convention_part and row.convention_part.roman
    return _record(SectionRecord, row, part=None, convention_part=part, parent=row.parent and row.parent.key)


def _paragraph_record(row):
    blocks, notes = [], []
    for block in row.blocks.all():
        if block.kind == Block.Kind.FOOTNOTE:
            continue
        table = _record(TableRecord, block.table) if hasattr(block, "table") else None
        blocks.append(_record(BlockRecord, block, references=_references(block), table=table))
        for note in block.footnotes.all():
            body = {"text": note.body.text, "references": _references(note.body)}
            notes.append(_record(FootnoteRecord, note, block=block.position, **body))
    notes.sort(key=lambda note: (note.block, note.offset))
    return _record(ParagraphRecord, row, section=row.section.key, blocks=tuple(blocks), footnotes=tuple(notes))


def _references(block):
    rows = sorted(block.references.all(), key=lambda row: (row.start, len(row.target), row.target))  # annex 9 before 10
    return tuple(_record(ReferenceRecord, row) for row in rows)
