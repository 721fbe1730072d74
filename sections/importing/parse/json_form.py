"""A report's records as plain values for JSON."""

from itertools import groupby

from .records import ReportText


def as_json(report: ReportText) -> dict:
    """The shape that `import_report --json` prints."""
    reply_of = {section.key: section.number for section in report.sections if section.kind == "reply"}
    return {
        "sections": [_section(section) for section in report.sections],
        "replies": _replies(report),
        "paragraphs": [_paragraph(paragraph, reply_of.get(paragraph.section)) for paragraph in report.paragraphs],
        "footnotes": [
            {"number": note.number, "paragraph": paragraph.number, "text": note.text}
            for paragraph in report.paragraphs
            for note in paragraph.footnotes
        ],
        "tables": [
            _table(paragraph.number, block.table)
            for paragraph in report.paragraphs
            for block in paragraph.blocks
            if block.table
        ],
        "abbreviations": [{"acronym": row.acronym, "name": row.name} for row in report.abbreviations if row.acronym],
        "warnings": [{"line": warning.line, "message": warning.message} for warning in report.warnings],
    }


def _replies(report):
    numbers = {
        key: [paragraph.number for paragraph in paragraphs]
        for key, paragraphs in groupby(report.paragraphs, key=lambda paragraph: paragraph.section)
    }
    return [
        {
            "number": section.number,
            "recovered": section.recovered,
            "first_paragraph": min(numbers.get(section.key, []), default=None),
            "last_paragraph": max(numbers.get(section.key, []), default=None),
            "part": section.part,
            "convention_part": section.convention_part,
        }
        for section in report.sections
        if section.kind == "reply"
    ]


def _section(section):
    return {
        "key": section.key,
        "kind": section.kind,
        "level": section.level,
        "label": section.label,
        "title": section.title,
        "number": section.number,
        "last_number": section.last_number,
        "parent": section.parent,
        "part": section.part,
        "convention_part": section.convention_part,
        "recovered": section.recovered,
        "evidence": section.evidence,
        "line": section.source_line,
    }


def _paragraph(paragraph, reply):
    return {
        "number": paragraph.number,
        "reply": reply,
        "blocks": [
            {"type": block.kind, "level": block.level, "label": block.label, "text": block.text}
            for block in paragraph.blocks
        ],
        "footnotes": [note.number for note in paragraph.footnotes],
        "annexes": paragraph.annexes,
    }


def _table(paragraph, table):
    return {
        "paragraph": paragraph,
        "title": table.title,
        "unit": table.unit,
        "header": list(table.header),
        "rows": [list(row) for row in table.rows],
        "source": table.source,
    }
