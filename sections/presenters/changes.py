"""The public record of changes: who did what, the records concerned, and each field before and after."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from sections.models import (
    ArticleLink,
    Change,
    CheckedSum,
    ConventionArticle,
    ConventionText,
    Entry,
    Mention,
    Name,
    Place,
    RelatedDocument,
    Relation,
    ReplySubject,
    Report,
    Silence,
    Synonym,
)
from sections.models.history import FormerRow
from sections.queries.change_records import ENTRIES, PARAGRAPHS, ChangeRecords, leads_elsewhere, related_words
from sections.queries.changes import rows_of
from sections.queries.reports import section_name
from sections.text.parts import TextPart, side_by_side

from .change_labels import label_of
from .change_sentences import MANY_MENTIONS, OTHERS, SENTENCES, verb_of

MOST_NUMBERS = 30  # of paragraphs in one sentence
MOST_THINGS = 12
DEFAULT = Name.Language.ENGLISH.label  # says nothing new of an added name
# Fields of an added row that its sentence contains, or that say nothing new.
NOT_SHOWN_WHEN_ADDED = {"type", "slug", "position", "form", "in_report", "both_ways", "basis", "review"} | {
    f"{name}_id" for name in ("entry", "report", "paragraph", "article", "source", "target")
}
Parts = tuple[TextPart, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """A record that a change concerns: its name, and its address, which is "" for one that is deleted."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class ChangeSentence:
    """What was done to one record, or to several links alike. Each field comes as its label, before, and after."""

    words: str
    fields: tuple[tuple[str, Parts, Parts], ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeInWords:
    """A change as readers see it."""

    change: Change
    who: str
    things: tuple[Thing, ...]
    sentences: tuple[ChangeSentence, ...]

    @property
    def headline(self) -> str:
        """The change in one sentence."""
        if len(self.sentences) == 1:
            return self.sentences[0].words
        about = ", ".join(thing.words for thing in self.things[:2]) or gettext("Content")
        about += ", …" if len(self.things) > 2 else "."
        count = len(self.sentences)
        words = ngettext("%(who)s made %(count)s change: %(about)s", "%(who)s made %(count)s changes: %(about)s", count)
        return words % {"who": self.who, "count": count, "about": about}


def changes_in_words(changes: Iterable[Change]) -> list[ChangeInWords]:
    """The changes in the reader's language; a fixed number of queries."""
    changes = list(changes)
    rows = rows_of(changes)
    records = ChangeRecords([row for rows in rows.values() for row in rows])
    return [_Describer(change, rows[change.pk], records).in_words() for change in changes]


def role_of(change: Change) -> str:
    """Who made a change: a role, or a name where the site names its editors."""
    if settings.CHANGES_NAME_EDITORS and change.user:
        return change.user.get_full_name() or change.user.get_username()
    return gettext("An editor") if change.is_by_hand else gettext("The software")


class _Describer:
    """Puts one change into words."""

    def __init__(self, change: Change, rows: list[FormerRow], records: ChangeRecords):
        self.change, self.rows, self.records, self.who = change, rows, records, role_of(change)

    def in_words(self) -> ChangeInWords:
        others = [row for row in self.rows if row.instance_type is not Mention]
        mentions = [row for row in self.rows if row.instance_type is Mention]
        things = dict.fromkeys(thing for row in others + mentions for thing in self._things(row))
        sentences = [self._sentence(row) for row in others] + list(self._mention_sentences(mentions))
        return ChangeInWords(self.change, self.who, tuple(things)[:MOST_THINGS], tuple(sentences))

    def _sentence(self, row):
        words = SENTENCES.get(row.instance_type, OTHERS)[verb_of(row)] % self._names(row)
        return ChangeSentence(words, () if row.action == "removed" else tuple(self._fields(row, words)))

    def _names(self, row):
        """The values for the places in a sentence."""
        names = {"who": self.who}
        if row.instance_type not in SENTENCES:
            names["title"] = row.words
        if row.instance_type is Entry:
            names["title"] = row.name
        if hasattr(row, "text"):
            names["title"] = row.text
        if row.instance_type is RelatedDocument:
            names["title"] = row.symbol
        if row.instance_type is ConventionText:
            names["title"] = row.get_language_display()
        if row.instance_type is ReplySubject:
            section = self.records.sections.get(row.section_id)
            names["reply"] = section.number if section else "–"
        if getattr(row, "entry_id", None):
            names["entry"] = self._entry(row.entry_id)
        if hasattr(row, "paragraph_id"):
            paragraph = self.records.paragraphs.get(row.paragraph_id)
            names["number"] = paragraph.number if paragraph else "–"
        if hasattr(row, "surface"):
            names |= {"title": row.surface, "number": self.records.paragraph_number(row.block_id) or "–"}
        if row.instance_type in (ConventionArticle, CheckedSum, Place, Report):
            names["title"] = row.words
        if row.instance_type in (ArticleLink, Silence):
            article = self.records.articles.get(row.article_id)
            names["article"] = article.number if article else "–"
        if row.instance_type is Relation:
            names |= {"source": self._entry(row.source_id), "target": self._entry(row.target_id)}
            names["relation"] = row.get_kind_display()
        if row.instance_type is Synonym:
            names["term"] = row.term
        return names

    def _mention_sentences(self, rows) -> Iterator[ChangeSentence]:
        """One sentence for all mentions of the same words to which the same happened."""
        groups: dict[tuple, set[int]] = {}
        for row in rows:
            verb = verb_of(row)
            former = row.before.entry_id if verb == "moved" else None
            numbers = groups.setdefault((verb, row.surface, row.entry_id, former), set())
            numbers.add(self.records.paragraph_number(row.block_id))
        for (verb, surface, entry, former), found in groups.items():
            numbers = sorted(found - {None})
            listed = ", ".join(map(str, numbers[:MOST_NUMBERS])) or "–"
            words = MANY_MENTIONS[verb] if len(numbers) > 1 else SENTENCES[Mention][verb]
            names = {"who": self.who, "surface": surface, "entry": self._entry(entry), "former": self._entry(former)}
            ending = ", …" if len(numbers) > MOST_NUMBERS else ""
            yield ChangeSentence(words % (names | {"numbers": listed + ending}))

    def _things(self, row) -> Iterator[Thing]:
        """The records of this site that a row belongs to or joins."""
        entries = [getattr(row, column, None) for column in ENTRIES]
        for key in [row.id if row.instance_type is Entry else None, *entries]:
            if key is not None:
                entry = self.records.entries.get(key)
                yield Thing(self._entry(key), entry.get_absolute_url() if entry else "")
        paragraph = self.records.paragraph_of_block.get(
            getattr(row, "block_id", None), getattr(row, "paragraph_id", None)
        )
        if found := self.records.paragraphs.get(paragraph):
            place = gettext("Paragraph %(number)s") % {"number": found.number}
            words = place if found.report.is_default else f"{found.report.symbol}, {place}"
            yield Thing(words, found.get_absolute_url())
        if article := self.records.articles.get(getattr(row, "article_id", None)):
            yield Thing(gettext("Article %(number)s") % {"number": article.number}, article.get_absolute_url())
        if section := self.records.sections.get(getattr(row, "section_id", None)):
            yield Thing(section_name(section), section.get_absolute_url())
        if row.instance_type is RelatedDocument and (report := self.records.reports.get(row.report_id)):
            yield Thing(report.symbol, report.get_absolute_url())
        if row.instance_type is ConventionText:
            yield Thing(gettext("The Convention"), reverse("convention"))
        if record := self.records.record_alone(row):
            yield Thing(str(record), record.get_absolute_url() if hasattr(record, "get_absolute_url") else "")

    def _fields(self, row, words):
        for name in row.changed_columns:
            old = self._value(row.before, name) if row.action == "changed" and row.before else ""
            new = self._value(row, name)
            is_known = row.action == "added" and (name in NOT_SHOWN_WHEN_ADDED or new in words or new == DEFAULT)
            if old != new and not is_known:
                yield (label_of(row.instance_type, name), *side_by_side(old, new))

    def _value(self, row: Model, name: str) -> str:
        """The value of a field in words; "" for none."""
        value = getattr(row, name)
        if value is None or value == "":
            return ""
        if name in ENTRIES:
            return self._entry(value)
        if name in PARAGRAPHS:
            paragraph = self.records.paragraphs.get(value)
            return gettext("Paragraph %(number)s") % {"number": paragraph.number} if paragraph else "–"
        if name in ("article_id", "report_id", "section_id"):
            held = {"article_id": self.records.articles, "report_id": self.records.reports}
            found = held.get(name, self.records.sections).get(value)
            return str(found) if found else "–"
        if isinstance(value, bool):
            return gettext("yes") if value else gettext("no")
        if isinstance(value, list):
            return ", ".join(map(str, value))
        if isinstance(value, dict):
            if row.instance_type is ConventionText:
                return gettext("%(count)s articles") % {"count": len(value)}
            pairs = [
                (code, text)
                for code, texts in sorted(value.items())
                for text in (texts.values() if isinstance(texts, dict) else texts)
            ]
            return "; ".join(f"{code}: {text}" for code, text in pairs)
        if leads_elsewhere(row, name):
            return related_words(row, name)
        display = getattr(row, f"get_{name}_display", None)
        return str(display() if display else value)

    def _entry(self, key):
        if key is None:
            return ""
        entry = self.records.entries.get(key)
        return entry.name if entry else self.records.deleted_entries.get(key, gettext("a deleted entry"))
