"""A report's records as plain values for JSON."""

from collections import defaultdict
from dataclasses import asdict

from .records import ReportText

PLACE = ("part", "convention_part")  # what a section stands under
SECTION = ("key", "kind", "level", "label", "title", "number", "last_number", "parent", *PLACE, "recovered", "evidence")


def as_json(report: ReportText) -> dict:
    """The shape that `import_report --json` prints."""
    replies = {section.key: section for section in report.sections if section.kind == "reply"}
    numbers = defaultdict(list)
    for paragraph in report.paragraphs:
        numbers[paragraph.section].append(paragraph.number)
    return {
        "sections": [_values(section, *SECTION) | {"line": section.source_line} for section in report.sections],
        "replies": [
            _values(reply, "number", "recovered")
            | {
                "first_paragraph": min(numbers[key], default=None),
                "last_paragraph": max(numbers[key], default=None),
            }
            | _values(reply, *PLACE)
            for key, reply in replies.items()
        ],
        "paragraphs": [_paragraph(paragraph, replies.get(paragraph.section)) for paragraph in report.paragraphs],
        "footnotes": [
            {"number": note.number, "paragraph": paragraph.number, "text": note.text}
            for paragraph in report.paragraphs
            for note in paragraph.footnotes
        ],
        "tables": [
            {"paragraph": paragraph.number, **asdict(block.table)}
            for paragraph in report.paragraphs
            for block in paragraph.blocks
            if block.table
        ],
        "abbreviations": [_values(row, "acronym", "name") for row in report.abbreviations if row.acronym],
        "warnings": [asdict(warning) for warning in report.warnings],
    }


def _paragraph(paragraph, reply):
    return {
        "number": paragraph.number,
        "reply": reply and reply.number,
        "blocks": [{"type": block.kind, **_values(block, "level", "label", "text")} for block in paragraph.blocks],
        "footnotes": [note.number for note in paragraph.footnotes],
        "annexes": paragraph.annexes,
    }


def _values(record, *names):
    return {name: getattr(record, name) for name in names}
