"""The change log in plain English: what each change added, changed or removed, old and new side by side."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model
from django.urls import reverse

from sections.models import (
    ArticleLink,
    Change,
    ConventionText,
    Mention,
    Note,
    RelatedDocument,
    Relation,
    ReplySubject,
    Silence,
    Subjects,
    Synonym,
)
from sections.models.history import FormerRow
from sections.queries.change_records import ENTRIES, PARAGRAPHS, ChangeRecords, leads_elsewhere, related_words
from sections.queries.changes import OF_ENTRY, OF_PARAGRAPH, Columns, rows_of
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
Parts = tuple[TextPart, ...]
REVIEWED = {"confirmed": "confirmed", "rejected": "rejected", "unreviewed": "reopened for review"}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What happened to one row, or to several similar links: words such as "Name “NOT” added", and its fields.

    Of each field the label, and its words before and after.
    """

    words: str
    fields: tuple[tuple[str, Parts, Parts], ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """A change in words: what it is about, with the address of that or "", and line by line what it did."""

    change: Change
    about: str
    url: str
    lines: tuple[ChangeLine, ...]


def describe_changes(
    changes: Iterable[Change], parts: Columns | None = None, key: int | None = None
) -> list[ChangeEntry]:
    """The changes in words; with `parts` and a key, only what they did to one record."""
    changes = list(changes)
    rows = rows_of(changes, parts, key)
    records = _Records([row for rows in rows.values() for row in rows])
    return [_describe(change, rows[change.pk], records) for change in changes]


def _describe(change, rows, records):
    mentions = [row for row in rows if row.instance_type is Mention]
    others = [row for row in rows if row.instance_type is not Mention]
    subjects = list(dict.fromkeys(records.subject(row) for row in others or mentions))
    about = " and ".join(name for name, _ in subjects[:2])
    if len(subjects) > 2:
        about += f" and {len(subjects) - 2} more"
    lines = [_line(row, records) for row in others]
    url = subjects[0][1] if len(subjects) == 1 else ""
    return ChangeEntry(change, about, url, (*lines, *_mention_lines(mentions, records)))


def _line(row, records):
    noun = "editors’ note" if row.instance_type is Note else getattr(row, "type", row.instance_type._meta.verbose_name)
    title = records.title(row)
    fields = [] if row.action == "removed" else _changed_fields(row, records, title)
    return ChangeLine(f"{noun[:1].upper()}{noun[1:]} “{title}” {row.action}", tuple(fields))


def _changed_fields(row, records, title):
    for name in row.changed_columns:
        old = records.value(row.before, name) if row.action == "changed" and row.before else ""
        new = records.value(row, name)
        is_known = new in title or name in NOT_SHOWN_WHEN_ADDED or new == "English"
        if old != new and not (row.action == "added" and is_known):
            yield (LABELS.get(name, name.removesuffix("_id").replace("_", " ")), *side_by_side(old, new))


def _mention_lines(rows, records) -> Iterator[ChangeLine]:
    """One line for all mentions of the same words to which the same happened, with the numbers of their paragraphs."""
    groups: dict[tuple, list[int]] = {}
    for row in rows:
        number = records.paragraph_number(row.block_id)
        groups.setdefault((row.surface, _mention_words(row, records)), []).append(number)
    for (surface, words), numbers in groups.items():
        known = sorted({number for number in numbers if number})
        where = f" in paragraph{'s' if len(known) > 1 else ''} {', '.join(map(str, known))}" if known else ""
        count = f"{len(numbers)} links" if len(numbers) > 1 else "Link"
        yield ChangeLine(f"{count} from “{surface}” {words}{where}")


def _mention_words(row, records):
    before = row.before
    entry = records.entry_name(row.entry_id)
    if row.action != "changed" or before is None:
        return f"to {entry} {row.action}"
    if row.entry_id != before.entry_id:
        return f"moved from {records.entry_name(before.entry_id)} to {entry}"
    return f"to {entry} {REVIEWED[row.review] if row.review != before.review else 'changed'}"


def _translations_in_words(translations):
    """Texts by language: those of each field, or the list of them."""
    pairs = [
        (language, text)
        for language, texts in sorted(translations.items())
        for text in (texts.values() if isinstance(texts, dict) else texts)
    ]
    return "; ".join(f"{language}: {text}" for language, text in pairs)


class _Records(ChangeRecords):
    """The records to which rows of history refer, in words; deleted entries by their last name."""

    def __init__(self, rows: list[FormerRow]):
        super().__init__(rows)
        self.references = {
            "section_id": self._reply_name,
            "article_id": lambda key: str(self.articles.get(key, "")),
            "report_id": lambda key: str(self.reports.get(key, "")),
            **dict.fromkeys(ENTRIES, self.entry_name),
            **dict.fromkeys(PARAGRAPHS, self._paragraph_name),
        }

    def entry_name(self, key):
        entry = self.entries.get(key)
        return entry.name if entry else self.deleted_entries.get(key, "a deleted entry")

    def _paragraph_name(self, key):
        paragraph = self.paragraphs.get(key)
        return f"paragraph {paragraph.number}" if paragraph else "a deleted paragraph"

    def _reply_name(self, key):
        section = self.sections.get(key)
        return f"{section.report.symbol}, reply {section.number}" if section else "a deleted reply"

    def subject(self, row: FormerRow) -> tuple[str, str]:
        """Name and address of what a row is about; the address of a deleted record is ""."""
        if row.instance_type is Synonym:
            return "The thesaurus", ""
        if row.instance_type is ConventionText:
            return "The text of the Convention", reverse("convention")
        if row.instance_type is ReplySubject:
            record, name = self.sections.get(row.section_id), self._reply_name(row.section_id)
        elif row.instance_type is RelatedDocument:
            record = self.reports.get(row.report_id)
            name = f"{record.symbol}, related documents" if record else "a deleted report"
        elif row.instance_type is Silence:
            record, name = self.articles.get(row.article_id), self.value(row, "article_id")
        elif row.instance_type in OF_PARAGRAPH:
            record, name = self.paragraphs.get(row.paragraph_id), self._paragraph_name(row.paragraph_id)
        elif hasattr(row, "block_id") and row.instance_type is not Mention:
            key = self.paragraph_of_block.get(row.block_id)
            record, name = self.paragraphs.get(key), self._paragraph_name(key)
        elif row.instance_type not in OF_ENTRY:
            record, name = self.record_alone(row), row.words
        else:
            key = getattr(row, OF_ENTRY[row.instance_type][0])
            record, name = self.entries.get(key), self.entry_name(key)
        return name[:1].upper() + name[1:], record.get_absolute_url() if record else ""

    def title(self, row: FormerRow) -> str:
        """What distinguishes a row from others of its model."""
        if row.instance_type is Relation:
            return f"{self.entry_name(row.source_id)} {row.get_kind_display()} {self.entry_name(row.target_id)}"
        if row.instance_type is ArticleLink:
            return f"{self.value(row, 'paragraph_id')} → {self.value(row, 'article_id')}"
        if row.instance_type is Synonym:
            return f"{row.term} → {row.says}"
        if row.instance_type is Silence:
            return f"{self.value(row, 'article_id')}, {self.value(row, 'report_id')}"
        if row.instance_type is Subjects:
            return "; ".join(row.phrases[:3]) + ("; …" if row.phrases[3:] else "")
        if row.instance_type is ConventionText:
            return row.get_language_display()
        if row.instance_type is RelatedDocument:
            return row.symbol
        return row.text if hasattr(row, "text") else row.words

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
        if isinstance(value, dict):
            return f"{len(value)} articles" if name == "articles" else _translations_in_words(value)
        if leads_elsewhere(row, name):
            return related_words(row, name)
        display = getattr(row, f"get_{name}_display", None)
        return str(display() if display else value)
