"""The database as fixtures: text files in a fixed order that `loaddata` reads and a diff shows well.

What rows point at is fetched table by table: a join of many tables can take minutes in a database that has just been
filled and has no statistics yet.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet

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

INLINE_LIMIT = 8  # strings of a list that stand in one line; more stand on lines of their own


@dataclass(frozen=True, slots=True)
class Record:
    """One row as a fixture holds it: the model's label, its natural key and its fields."""

    model: str
    key: tuple
    fields: dict[str, Any]


def fixture_files() -> Iterator[tuple[str, list[Record]]]:
    """Name and records of every fixture file, in the order in which they must be loaded."""
    reports = list(Report.objects.order_by("symbol"))
    for name, records in FILES.items():
        if "*" in name:
            for report in reports:
                yield f"{name.replace('*', report.symbol.replace('/', '-'))}.json", list(records(report))
        else:
            yield f"{name}.json", list(records())


def in_load_order(directory: Path) -> list[Path]:
    """The fixture files of a folder in the order in which they must be loaded."""
    return [path for name in FILES for path in sorted(directory.glob(f"{name}.json"))]


def as_text(records: list[Record]) -> str:
    """The text of a fixture file: one field a line, so that a change shows as the line that it is."""
    return "[\n" + ",\n".join(_record_text(record) for record in records) + "\n]\n"


def write_fixtures(directory: Path, dry_run: bool = False) -> list[tuple[str, int, str]]:
    """Writes every fixture file; returns its name, its number of records, and "new", "changed" or "unchanged"."""
    outcome = []
    for name, records in list(fixture_files()):  # all are read before the first is written
        path, text = directory / name, as_text(records)
        before = path.read_text(encoding="utf-8") if path.exists() else None
        if before != text and not dry_run:
            path.write_text(text, encoding="utf-8")
        outcome.append((name, len(records), "new" if before is None else "unchanged" if before == text else "changed"))
    return outcome


def _convention() -> Iterator[Record]:
    yield from _records(ConventionPart.objects.order_by("number"))
    yield from _records(ConventionArticle.objects.order_by("number"))


def _report(report: Report) -> Iterator[Record]:
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


def _entries(type: str) -> Iterator[Record]:
    entries = Entry.objects.filter(type=type).select_related("description_paragraph__report")
    yield from _by_key(entries)
    yield from _by_key(Name.objects.filter(entry__type=type).select_related("entry"))


def _links() -> Iterator[Record]:
    yield from _by_key(ShortForm.objects.select_related("report", "entry"))
    yield from _by_key(Relation.objects.select_related("source", "target", "paragraph__report"))
    yield from _by_key(ArticleLink.objects.select_related("paragraph__report", "article"))
    yield from _by_key(BackReference.objects.select_related("block__paragraph__report", "target__report"))


def _mentions(report: Report) -> list[Record]:
    mentions = Mention.objects.filter(block__paragraph__report=report)
    return _by_key(mentions.prefetch_related("block__paragraph__report", "entry"))


def _figures(report: Report) -> Iterator[Record]:
    yield from _spans(Figure, report)
    sums = CheckedSum.objects.of(report)
    yield from _records(sums.select_related("total__block__paragraph__report", "whole__block__paragraph__report"))


def _spans(model: type[Model], report: Report, *related: str) -> Iterator[Record]:
    return _records(model.objects.of(report).with_places().select_related(*related).in_order())


def _records(rows: QuerySet) -> Iterator[Record]:
    rows = list(rows)
    serialized = serializers.serialize("python", rows, use_natural_foreign_keys=True, use_natural_primary_keys=True)
    for row, data in zip(rows, serialized, strict=True):
        yield Record(data["model"], row.natural_key(), data["fields"])


def _by_key(rows: QuerySet) -> list[Record]:
    """The records in order of their natural keys: databases sort words each in its own way, Python always in one."""
    return sorted(_records(rows), key=lambda record: record.key)


def _record_text(record: Record) -> str:
    fields = ",\n".join(f"  {_json(name)}: {_json(value)}" for name, value in record.fields.items())
    return f'{{\n "model": {_json(record.model)},\n "fields": {{\n{fields}\n }}\n}}'


def _json(value: Any) -> str:
    if isinstance(value, list) and len(value) > INLINE_LIMIT and all(isinstance(item, str) for item in value):
        return "[\n" + ",\n".join(f"   {_json(item)}" for item in value) + "\n  ]"
    # Sorted, as PostgreSQL does not keep the order of keys.
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)


# Every fixture file, in the order in which they must be loaded: this is the only place that says it. A name with a
# star is that of one file for each report.
FILES: dict[str, Callable[..., Iterable[Record]]] = {
    "convention": _convention,
    "report-*": _report,
    "institutions": partial(_entries, "institution"),
    "laws": partial(_entries, "law"),
    "programmes": partial(_entries, "programme"),
    "links": _links,
    "thesaurus": lambda: _by_key(Synonym.objects.all()),
    "mentions-*": _mentions,
    "notes": lambda: _by_key(Note.objects.prefetch_related("paragraph__report")),
    "subjects": lambda: _by_key(Subjects.objects.prefetch_related("paragraph__report")),
    "places": lambda: _by_key(Place.objects.select_related("within")),
    "figures-*": _figures,
    "dates-*": lambda report: _spans(DatedEvent, report),
    "places-*": lambda report: _spans(PlaceMention, report, "place"),
}
