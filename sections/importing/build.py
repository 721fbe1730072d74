"""The records of a report as model instances, and stored reports as records again."""

from dataclasses import dataclass, field, fields
from typing import Any

from django.db.models import CharField, Model, Prefetch

from sections.models import Abbreviation, Block, ConventionPart, Footnote, Paragraph, Reference, Report, Section, Table
from sections.text.whole_numbers import whole_number

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

    def save(self) -> None:
        """Saves every row that has no key yet, and the report and its sections; the caller holds the transaction."""
        self.report.save()
        for section in self.sections:  # each names its parent, which stands before it
            section.save()
        rest = (self.paragraphs, self.blocks, self.tables, self.footnotes, self.references, self.abbreviations)
        for rows in rest:
            if new_rows := [row for row in rows if row.pk is None]:
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
    values = vars(record) | {"section": section, "sha256": record.sha256}
    del values["blocks"], values["footnotes"]
    paragraph = Paragraph(report=instances.report, **values)
    instances.paragraphs.append(paragraph)
    blocks = []
    for block_record in record.blocks:
        values = {name: getattr(block_record, name) for name in ("kind", "level", "label")}
        blocks.append(_add_block(instances, paragraph, len(blocks), block_record, record.source_line, **values))
        if table := block_record.table:
            cells = {"header": list(table.header), "rows": [list(row) for row in table.rows]}
            number = len(instances.tables) + 1
            row = Table(report=instances.report, number=number, block=blocks[-1], **(vars(table) | cells))
            instances.tables.append(_fitting(row, record.source_line))
    for position, note in enumerate(record.footnotes, len(blocks)):
        values = {"kind": Block.Kind.FOOTNOTE, "label": str(note.number)}
        body = _add_block(instances, paragraph, position, note, record.source_line, **values)
        place = {"block": blocks[note.block], "offset": note.offset}
        instances.footnotes.append(Footnote(report=instances.report, number=note.number, body=body, **place))


def _add_block(instances, paragraph, position, record, line, **values):
    block = Block(paragraph=paragraph, position=position, text=record.text, **values)
    instances.blocks.append(block)
    instances.references += [_fitting(Reference(block=block, **vars(row)), line) for row in record.references]
    return block


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
    """The records of a stored report; parts and warnings, which are not stored, are left out."""
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
        tuple(_record(AbbreviationRecord, row) for row in report.abbreviations.order_by("position")),
    )


def prove(report: Report, source: bytes | None = None) -> Proof:
    """The proof that a stored report is its source: by its slices, and by the source file where it is at hand."""
    hashes = dict(report.paragraphs.values_list("number", "sha256"))
    return verify(read_back(report), hashes, source)


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
        for note in block.footnotes.all():
            references = _reference_records(note.body)
            place = {"block": block.position, "text": note.body.text, "references": references}
            notes.append(_record(FootnoteRecord, note, **place))
        blocks.append(_record(BlockRecord, block, references=_reference_records(block), table=_table_record(block)))
    notes.sort(key=lambda note: (note.block, note.offset))
    return _record(ParagraphRecord, row, section=row.section.key, blocks=tuple(blocks), footnotes=tuple(notes))


def _reference_records(block):
    rows = sorted(block.references.all(), key=lambda row: (row.start, _order(row.target)))
    return tuple(_record(ReferenceRecord, row) for row in rows)


def _order(target):
    return whole_number(target) or 0, target


def _table_record(block):
    table = getattr(block, "table", None)
    if table is None:
        return None
    return _record(TableRecord, table, header=tuple(table.header), rows=tuple(tuple(row) for row in table.rows))
