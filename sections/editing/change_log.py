"""Tells changes in plain words: what was added, changed or removed, old and new side by side."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from sections.models import (
    ArticleLink,
    Block,
    Change,
    ConventionArticle,
    Entry,
    Mention,
    Name,
    Note,
    Paragraph,
    Relation,
    Report,
    ShortForm,
    Subjects,
    Synonym,
)
from sections.queries.changes import Step
from sections.text.diff import side_by_side
from sections.text.parts import TextPart

NOUNS = {
    Entry: "",
    Name: "name",
    ShortForm: "short form",
    Relation: "relation",
    Mention: "link",
    ArticleLink: "article link",
    Synonym: "line of the thesaurus",
    Note: "editors’ note",
    Subjects: "subjects",
}
LABELS = {
    "description_paragraph_id": "described in",
    "in_report": "stands in the report",
    "entry_id": "entry",
    "paragraph_id": "paragraph",
    "article_id": "article",
    "source_id": "from",
    "target_id": "to",
    "report_id": "report",
    "block_id": "in",
    "says": "what the report says",
    "both_ways": "both ways",
    "start_year": "first year",
    "end_year": "last year",
}
# Fields of a row that was added which its title tells already, or which say nothing new.
PLAIN = {"type", "slug", "entry_id", "report_id", "paragraph_id", "article_id", "source_id", "target_id", "position"}
PLAIN |= {"form", "in_report", "both_ways", "basis", "review"}


@dataclass(frozen=True, slots=True)
class Told:
    """One field of a row in words, before and after."""

    label: str
    old: tuple[TextPart, ...]
    new: tuple[TextPart, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one row, or of several links alike: words such as "Name “NOT” added", and its fields."""

    words: str
    fields: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """A change in words: what it is about with its address, or "", and line by line what it did."""

    change: Change
    about: str
    url: str
    lines: tuple[Line, ...]


def told(changes: Iterable[Change], found: dict[int, list[Step]]) -> list[Act]:
    """The changes in words; `found` holds the steps of each by its key."""
    things = _Things([step for each in found.values() for step in each])
    return [_act(change, found.get(change.pk, []), things) for change in changes]


def _act(change, steps, things):
    subjects = [things.subject(step) for step in steps if step.model is not Mention]
    subjects = list(dict.fromkeys(subjects or [things.subject(step) for step in steps]))
    about = " and ".join(name for name, _ in subjects[:2]) + (f" and {len(subjects) - 2} more" if subjects[2:] else "")
    lines = [_line(step, things) for step in steps if step.model is not Mention]
    return Act(change, about, subjects[0][1] if len(subjects) == 1 else "", (*lines, *_link_lines(steps, things)))


def _line(step, things):
    row = step.row
    noun = NOUNS[step.model] or row.type
    title = things.title(step.model, row)
    words = f"{noun[:1].upper()}{noun[1:]} “{title}” {step.kind}"
    fields = []
    for name in step.fields:
        old = things.value(name, step.before) if step.kind == "changed" and step.before else ""
        new = things.value(name, row)
        if step.kind == "removed":
            continue
        if step.kind == "added" and (not new or new in title or name in PLAIN or new == "English"):
            continue
        if old != new:
            fields.append(Told(_label(name), *side_by_side(old, new)))
    return Line(words, tuple(fields))


def _link_lines(steps, things):
    """The links in few lines: alike ones together, with the numbers of their paragraphs."""
    groups: dict[tuple, list[int]] = {}
    for step in steps:
        if step.model is Mention:
            groups.setdefault(_link_words(step, things), []).append(things.number(step.row.block_id))
    for (surface, what), numbers in groups.items():
        known = sorted({number for number in numbers if number})
        where = f" in paragraph{'s' if len(known) > 1 else ''} {', '.join(map(str, known))}" if known else ""
        count = f"{len(numbers)} links" if len(numbers) > 1 else "Link"
        yield Line(f"{count} from “{surface}” {what}{where}")


def _link_words(step, things):
    row, before = step.row, step.before
    entry = things.name(row.entry_id)
    if step.kind != "changed" or before is None:
        return row.surface, f"to {entry} {step.kind}"
    if row.entry_id != before.entry_id:
        return row.surface, f"moved from {things.name(before.entry_id)} to {entry}"
    if row.review != before.review:
        words = {"confirmed": "confirmed", "rejected": "rejected", "unreviewed": "opened again for review"}
        return row.surface, f"to {entry} {words[row.review]}"
    return row.surface, f"to {entry} changed"


class _Things:
    """The records that rows of history point to, in words; those that are gone by their last name."""

    def __init__(self, steps):
        rows = [row for step in steps for row in (step.row, step.before) if row]
        keys = {name: {getattr(row, name, None) for row in rows} - {None} for name in _POINTERS}
        entries = keys["entry_id"] | keys["source_id"] | keys["target_id"]
        entries |= {step.key for step in steps if step.model is Entry}
        self.entries = Entry.objects.in_bulk(entries)
        gone = entries - self.entries.keys()
        history = Entry.history.model.objects.filter(id__in=gone).order_by("history_id")
        self.gone = dict(history.values_list("id", "name"))
        paragraphs = keys["paragraph_id"] | keys["description_paragraph_id"]
        self.paragraphs = Paragraph.objects.select_related("report").defer("source_text").in_bulk(paragraphs)
        blocks = Block.objects.filter(pk__in=keys["block_id"])
        self.numbers = dict(blocks.values_list("pk", "paragraph__number"))
        self.articles = ConventionArticle.objects.in_bulk(keys["article_id"])
        self.reports = Report.objects.in_bulk(keys["report_id"])

    def name(self, key):
        entry = self.entries.get(key)
        return entry.name if entry else self.gone.get(key, "an entry that is gone")

    def number(self, block):
        return self.numbers.get(block)

    def subject(self, step) -> tuple[str, str]:
        """Name and address of what a step is about."""
        row = step.row
        if step.model in (Note, ArticleLink, Subjects):
            paragraph = self.paragraphs.get(row.paragraph_id)
            return (f"Paragraph {paragraph.number}", paragraph.get_absolute_url()) if paragraph else ("A paragraph", "")
        if step.model is Synonym:
            return "The thesaurus", ""
        key = {Entry: "id", Relation: "source_id"}.get(step.model, "entry_id")
        entry = self.entries.get(getattr(row, key))
        return self.name(getattr(row, key)), entry.get_absolute_url() if entry else ""

    def title(self, model: type[models.Model], row) -> str:
        """What tells this row from others of its kind."""
        if model is Relation:
            return f"{self.name(row.source_id)} {row.get_kind_display()} {self.name(row.target_id)}"
        if model is ArticleLink:
            return f"{self.value('paragraph_id', row)} → {self.value('article_id', row)}"
        if model is Synonym:
            return f"{row.term} → {row.says}"
        if model is Subjects:
            return "; ".join(row.phrases[:3]) + ("; …" if row.phrases[3:] else "")
        return row.name if model is Entry else row.text

    def value(self, name: str, row) -> str:
        """The value of a field in words."""
        value = getattr(row, name)
        if value is None or value == "":
            return ""
        if name in _POINTERS:
            return self._pointed(name, value)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, list):
            return ", ".join(map(str, value))
        shown = getattr(row, f"get_{name}_display", None)
        return str(shown() if shown else value)

    def _pointed(self, name, key):
        if name in ("entry_id", "source_id", "target_id"):
            return self.name(key)
        if name in ("paragraph_id", "description_paragraph_id"):
            found = self.paragraphs.get(key)
            return f"paragraph {found.number}" if found else "a paragraph that is gone"
        found = {"article_id": self.articles, "report_id": self.reports}.get(name, {}).get(key)
        return str(found) if found else ""


_POINTERS = (
    "entry_id",
    "source_id",
    "target_id",
    "paragraph_id",
    "description_paragraph_id",
    "block_id",
    "article_id",
    "report_id",
)


def _label(name):
    return LABELS.get(name, name.replace("_", " "))
