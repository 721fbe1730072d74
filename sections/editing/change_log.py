"""The change log in plain English: what each change added, changed or removed, old and new side by side."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model

from sections.models import (
    ArticleLink,
    Block,
    Change,
    ConventionArticle,
    Entry,
    Mention,
    Note,
    Paragraph,
    Relation,
    Report,
    Subjects,
    Synonym,
)
from sections.queries.changes import OF_ENTRY, OF_PARAGRAPH, Step
from sections.text.parts import TextPart, side_by_side

LABELS = {
    "description_paragraph_id": "described in",
    "in_report": "appears in the report",
    "source_id": "from",
    "target_id": "to",
    "says": "what the report says",
    "start_year": "first year",
    "end_year": "last year",
}
# Fields of an added row that its title contains, or that say nothing new.
NOT_SHOWN_WHEN_ADDED = {"type", "slug", "position", "form", "in_report", "both_ways", "basis", "review"} | {
    f"{name}_id" for name in ("entry", "report", "paragraph", "article", "source", "target")
}
REVIEWED = {"confirmed": "confirmed", "rejected": "rejected", "unreviewed": "reopened for review"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a row in words, before and after."""

    label: str
    old: tuple[TextPart, ...]
    new: tuple[TextPart, ...]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What happened to one row, or to several similar links: words such as "Name “NOT” added", and its fields."""

    words: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """A change in words: what it is about, with the address of that or "", and line by line what it did."""

    change: Change
    about: str
    url: str
    lines: tuple[ChangeLine, ...]


def describe_changes(changes: Iterable[Change], steps_of: dict[int, list[Step]]) -> list[ChangeEntry]:
    """The changes in words. `steps_of` holds the steps of each change by its key, as `queries.changes.steps` does."""
    records = _Records([step for steps in steps_of.values() for step in steps])
    return [_describe(change, steps_of.get(change.pk, []), records) for change in changes]


def _describe(change, steps, records):
    mentions = [step for step in steps if step.model is Mention]
    others = [step for step in steps if step.model is not Mention]
    subjects = list(dict.fromkeys(records.subject(step) for step in others or mentions))
    about = " and ".join(name for name, _ in subjects[:2])
    if len(subjects) > 2:
        about += f" and {len(subjects) - 2} more"
    lines = [_line(step, records) for step in others]
    url = subjects[0][1] if len(subjects) == 1 else ""
    return ChangeEntry(change, about, url, (*lines, *_mention_lines(mentions, records)))


def _line(step, records):
    noun = "editors’ note" if step.model is Note else getattr(step.row, "type", step.model._meta.verbose_name)
    title = records.title(step)
    fields = [] if step.kind == "removed" else _changed_fields(step, records, title)
    return ChangeLine(f"{noun[:1].upper()}{noun[1:]} “{title}” {step.kind}", tuple(fields))


def _changed_fields(step, records, title):
    for name in step.fields:
        old = records.value(step.before, name) if step.kind == "changed" and step.before else ""
        new = records.value(step.row, name)
        is_known = new in title or name in NOT_SHOWN_WHEN_ADDED or new == "English"
        if old != new and not (step.kind == "added" and is_known):
            yield FieldChange(LABELS.get(name, name.removesuffix("_id").replace("_", " ")), *side_by_side(old, new))


def _mention_lines(steps, records) -> Iterator[ChangeLine]:
    """One line for all mentions of the same words to which the same happened, with the numbers of their paragraphs."""
    groups: dict[tuple, list[int]] = {}
    for step in steps:
        number = records.paragraph_numbers.get(step.row.block_id)
        groups.setdefault((step.row.surface, _mention_words(step, records)), []).append(number)
    for (surface, words), numbers in groups.items():
        known = sorted({number for number in numbers if number})
        where = f" in paragraph{'s' if len(known) > 1 else ''} {', '.join(map(str, known))}" if known else ""
        count = f"{len(numbers)} links" if len(numbers) > 1 else "Link"
        yield ChangeLine(f"{count} from “{surface}” {words}{where}")


def _mention_words(step, records):
    row, before = step.row, step.before
    entry = records.entry_name(row.entry_id)
    if step.kind != "changed" or before is None:
        return f"to {entry} {step.kind}"
    if row.entry_id != before.entry_id:
        return f"moved from {records.entry_name(before.entry_id)} to {entry}"
    return f"to {entry} {REVIEWED[row.review] if row.review != before.review else 'changed'}"


class _Records:
    """The records to which rows of history refer, in words; deleted entries by their last name."""

    def __init__(self, steps: list[Step]):
        rows = [row for step in steps for row in (step.row, step.before) if row]

        def keys(*columns):
            return {getattr(row, column, None) for row in rows for column in columns} - {None}

        entry_keys = keys("entry_id", "source_id", "target_id") | {step.key for step in steps if step.model is Entry}
        self.entries = Entry.objects.in_bulk(entry_keys)
        deleted = Entry.history.filter(id__in=entry_keys - self.entries.keys()).order_by("history_id")
        self.deleted_entries = dict(deleted.values_list("id", "name"))
        paragraphs = Paragraph.objects.select_related("report").defer("source_text")
        self.paragraphs = paragraphs.in_bulk(keys("paragraph_id", "description_paragraph_id"))
        blocks = Block.objects.filter(pk__in=keys("block_id")).order_by()
        self.paragraph_numbers = dict(blocks.values_list("pk", "paragraph__number"))
        articles = ConventionArticle.objects.in_bulk(keys("article_id"))
        reports = Report.objects.in_bulk(keys("report_id"))
        self.references = {
            "article_id": lambda key: str(articles.get(key, "")),
            "report_id": lambda key: str(reports.get(key, "")),
            **dict.fromkeys(("entry_id", "source_id", "target_id"), self.entry_name),
            **dict.fromkeys(("paragraph_id", "description_paragraph_id"), self._paragraph_name),
        }

    def entry_name(self, key):
        entry = self.entries.get(key)
        return entry.name if entry else self.deleted_entries.get(key, "a deleted entry")

    def _paragraph_name(self, key):
        paragraph = self.paragraphs.get(key)
        return f"paragraph {paragraph.number}" if paragraph else "a deleted paragraph"

    def subject(self, step: Step) -> tuple[str, str]:
        """Name and address of what a step is about; the address of a deleted record is ""."""
        if step.model is Synonym:
            return "The thesaurus", ""
        if step.model in OF_PARAGRAPH:
            record, name = self.paragraphs.get(step.row.paragraph_id), self._paragraph_name(step.row.paragraph_id)
        else:
            key = getattr(step.row, OF_ENTRY[step.model][0])
            record, name = self.entries.get(key), self.entry_name(key)
        return name[:1].upper() + name[1:], record.get_absolute_url() if record else ""

    def title(self, step: Step) -> str:
        """What distinguishes a row from others of its model."""
        row = step.row
        if step.model is Relation:
            return f"{self.entry_name(row.source_id)} {row.get_kind_display()} {self.entry_name(row.target_id)}"
        if step.model is ArticleLink:
            return f"{self.value(row, 'paragraph_id')} → {self.value(row, 'article_id')}"
        if step.model is Synonym:
            return f"{row.term} → {row.says}"
        if step.model is Subjects:
            return "; ".join(row.phrases[:3]) + ("; …" if row.phrases[3:] else "")
        return row.name if step.model is Entry else row.text

    def value(self, row: Model, name: str) -> str:
        """The value of a field in words; "" for none."""
        value = getattr(row, name)
        if value is None or value == "":
            return ""
        if name in self.references:
            return self.references[name](value)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, list):
            return ", ".join(map(str, value))
        display = getattr(row, f"get_{name}_display", None)
        return str(display() if display else value)
