"""The database as fixtures: text files in a fixed order that `loaddata` reads and a diff shows well.

What rows point at is fetched table by table: a join of many tables can take minutes in a database that has just been
filled and has no statistics yet.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet

from sections import models

INLINE_LIMIT = 8  # strings of a list that stand in one line; more stand on lines of their own


@dataclass(frozen=True, slots=True)
class Record:
    """One row as a fixture holds it: the model's label, its natural key and its fields."""

    model: str
    key: tuple
    fields: dict[str, Any]


def fixture_files() -> Iterator[tuple[str, list[Record]]]:
    """Name and records of every fixture file, in the order in which they must be loaded."""
    reports = list(models.Report.objects.order_by("symbol"))
    for name, tables in FILES.items():
        for report in reports if "*" in name else [None]:
            symbol = report.symbol.replace("/", "-") if report else ""
            yield f"{name.replace('*', symbol)}.json", [record for rows in tables(report) for record in _records(rows)]


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


def _report(report: models.Report) -> Iterable[QuerySet]:
    blocks = models.Block.objects.filter(paragraph__report=report)
    references = models.Reference.objects.filter(block__paragraph__report=report)
    return [
        models.Report.objects.filter(pk=report.pk),
        report.sections.select_related("report", "convention_part", "parent__report"),
        report.paragraphs.select_related("report", "section__report"),
        blocks.prefetch_related("paragraph__report"),
        report.tables.prefetch_related("report", "block__paragraph__report"),
        report.footnotes.prefetch_related("report", "block__paragraph__report", "body__paragraph__report"),
        references.prefetch_related("block__paragraph__report"),
        report.abbreviations.select_related("report"),
    ]


def _entries(type: str) -> Iterable[QuerySet]:
    entries = models.Entry.objects.filter(type=type).select_related("description_paragraph__report")
    return [
        entries,
        models.Name.objects.filter(entry__type=type).select_related("entry"),
        models.FormerAddress.objects.filter(entry__type=type).select_related("entry"),
    ]


def _records(rows: QuerySet) -> Iterator[Record]:
    rows = sorted(rows, key=_place)
    serialized = serializers.serialize("python", rows, use_natural_foreign_keys=True, use_natural_primary_keys=True)
    for row, data in zip(rows, serialized, strict=True):
        yield Record(data["model"], row.natural_key(), data["fields"])


def _place(row: Model) -> tuple:
    """Where a row stands in its file: by its natural key, a heading behind the one that holds it.

    Databases sort words each in its own way, Python always in one.
    """
    return (row.position,) if isinstance(row, models.Section) else row.natural_key()


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
FILES: dict[str, Callable[[models.Report | None], Iterable[QuerySet]]] = {
    # Not the text of the treaty, which belongs to the operator of a site and not to the project.
    "convention": lambda report: [
        models.Convention.objects.all(),
        models.ConventionPart.objects.all(),
        models.ConventionArticle.objects.all(),
    ],
    "report-*": _report,
    "replies": lambda report: [models.ReplySubject.objects.select_related("section__report")],
    "documents": lambda report: [models.RelatedDocument.objects.select_related("report")],
    "institutions": lambda report: _entries("institution"),
    "laws": lambda report: _entries("law"),
    "programmes": lambda report: _entries("programme"),
    "links": lambda report: [
        models.ShortForm.objects.select_related("report", "entry"),
        models.Relation.objects.select_related("source", "target", "paragraph__report"),
        models.ArticleLink.objects.select_related("paragraph__report", "article"),
        models.BackReference.objects.select_related("block__paragraph__report", "target__report"),
        models.Silence.objects.select_related("report", "article"),
    ],
    "thesaurus": lambda report: [models.Synonym.objects.all()],
    "mentions-*": lambda report: [
        models.Mention.objects.filter(block__paragraph__report=report).prefetch_related(
            "block__paragraph__report", "entry"
        )
    ],
    "notes": lambda report: [
        models.Note.objects.prefetch_related("paragraph__report"),
        models.Sample.objects.select_related("report"),
        models.SampleItem.objects.select_related("sample__report"),
    ],
    "subjects": lambda report: [models.Subjects.objects.prefetch_related("paragraph__report")],
    "places": lambda report: [models.Place.objects.select_related("within")],
    "figures-*": lambda report: [
        models.Figure.objects.of(report).with_places(),
        models.CheckedSum.objects.of(report),
        models.Addend.objects.of(report),
    ],
    "dates-*": lambda report: [models.DatedEvent.objects.of(report).with_places()],
    "places-*": lambda report: [models.PlaceMention.objects.of(report).with_places().select_related("place")],
}
