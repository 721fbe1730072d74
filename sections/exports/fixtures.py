"""The database as fixtures: text files in a fixed order that `loaddata` reads and a diff shows well.

What rows point at is fetched table by table: joins of many tables can take a database that has just
been filled, and knows nothing of its tables' sizes yet, minutes.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet

from sections.models import (
    ArticleLink,
    BackReference,
    Block,
    CheckedSum,
    ConventionArticle,
    ConventionPart,
    DatedEvent,
    Entry,
    Figure,
    Mention,
    Name,
    Note,
    Place,
    PlaceMention,
    Reference,
    Relation,
    Report,
    ShortForm,
    Subjects,
    Synonym,
)

MOST_IN_A_LINE = 8  # words or phrases of a list; more stand on lines of their own


@dataclass(frozen=True)
class Record:
    """One row as a fixture holds it: the model's label, its natural key and its fields."""

    model: str
    key: tuple
    fields: dict


def fixture_files() -> Iterator[tuple[str, list[Record]]]:
    """Name and records of every fixture file, in the order in which they must be loaded."""
    yield "convention.json", [*_records(ConventionPart.objects.all()), *_records(ConventionArticle.objects.all())]
    reports = list(Report.objects.all())
    for report in reports:
        yield f"report-{_file_name(report)}.json", list(_report_records(report))
    for type, plural in (("institution", "institutions"), ("law", "laws"), ("programme", "programmes")):
        yield f"{plural}.json", list(_entry_records(type))
    yield "links.json", list(_link_records())
    yield "thesaurus.json", _by_key(Synonym.objects.all())
    for report in reports:
        yield f"mentions-{_file_name(report)}.json", list(_mention_records(report))
    yield "notes.json", _by_key(Note.objects.prefetch_related("paragraph__report"))
    yield "subjects.json", _by_key(Subjects.objects.prefetch_related("paragraph__report"))
    yield "places.json", _by_key(Place.objects.select_related("within"))
    for report in reports:
        yield f"figures-{_file_name(report)}.json", list(_figure_records(report))
        yield f"dates-{_file_name(report)}.json", list(_spans(DatedEvent, report))
        yield f"places-{_file_name(report)}.json", list(_spans(PlaceMention, report, "place"))


def as_text(records: list[Record]) -> str:
    """The text of a fixture file: one field a line, so that a change shows as the line that it is."""
    return "[\n" + ",\n".join(_record_text(record) for record in records) + "\n]\n"


def write_fixtures(directory: Path) -> dict[str, str]:
    """Writes every fixture file; says for each name whether it was written anew, changed or the same."""
    outcome = {}
    for name, text in [(name, as_text(records)) for name, records in fixture_files()]:
        path = directory / name
        before = path.read_text(encoding="utf-8") if path.exists() else None
        outcome[name] = "new" if before is None else "unchanged" if before == text else "changed"
        if before != text:
            path.write_text(text, encoding="utf-8")
    return outcome


def _file_name(report: Report) -> str:
    return report.symbol.replace("/", "-")


def _report_records(report):
    yield from _records(Report.objects.filter(pk=report.pk))
    yield from _records(report.sections.select_related("report", "convention_part", "parent__report").in_order())
    yield from _records(report.paragraphs.select_related("report", "section__report").order_by("number"))
    blocks = Block.objects.filter(paragraph__report=report)
    yield from _by_key(blocks.prefetch_related("paragraph__report"))
    yield from _by_key(report.tables.prefetch_related("report", "block__paragraph__report"))
    bodies = ("block__paragraph__report", "body__paragraph__report")
    yield from _by_key(report.footnotes.prefetch_related("report", *bodies))
    references = Reference.objects.filter(block__paragraph__report=report)
    yield from _by_key(references.prefetch_related("block__paragraph__report"))
    yield from _records(report.abbreviations.select_related("report").order_by("position"))


def _entry_records(type):
    entries = Entry.objects.filter(type=type).select_related("description_paragraph__report")
    yield from _by_key(entries)
    yield from _by_key(Name.objects.filter(entry__type=type).select_related("entry"))


def _link_records():
    yield from _by_key(ShortForm.objects.select_related("report", "entry"))
    yield from _by_key(Relation.objects.select_related("source", "target", "paragraph__report"))
    yield from _by_key(ArticleLink.objects.select_related("paragraph__report", "article"))
    yield from _by_key(BackReference.objects.select_related("block__paragraph__report", "target__report"))


def _mention_records(report):
    mentions = Mention.objects.filter(block__paragraph__report=report)
    return _by_key(mentions.prefetch_related("block__paragraph__report", "entry"))


def _figure_records(report):
    yield from _spans(Figure, report)
    sums = CheckedSum.objects.of(report).select_related(
        "total__block__paragraph__report", "whole__block__paragraph__report"
    )
    yield from _records(sums)


def _spans(model, report, *related):
    return _records(model.objects.of(report).with_places().select_related(*related).in_order())


def _records(rows: QuerySet) -> Iterator[Record]:
    rows = list(rows)
    made = serializers.serialize("python", rows, use_natural_foreign_keys=True, use_natural_primary_keys=True)
    for row, data in zip(rows, made, strict=True):
        yield Record(data["model"], row.natural_key(), data["fields"])


def _by_key(rows: QuerySet) -> list[Record]:
    """The records in order of their natural keys: databases sort words each in its own way, Python always in one."""
    return sorted(_records(rows), key=lambda record: record.key)


def _record_text(record: Record) -> str:
    fields = ",\n".join(f"  {_json(name)}: {_json(value)}" for name, value in record.fields.items())
    return f'{{\n "model": {_json(record.model)},\n "fields": {{\n{fields}\n }}\n}}'


def _json(value) -> str:
    if isinstance(value, list) and len(value) > MOST_IN_A_LINE and all(isinstance(each, str) for each in value):
        return "[\n" + ",\n".join(f"   {_json(each)}" for each in value) + "\n  ]"
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
