"""The public record of changes: who did what, the records concerned, and each field before and after."""

from collections.abc import Iterable, Iterator, Sequence

from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext

from sections.models import (
    Addend,
    ArticleLink,
    Change,
    CheckedSum,
    ConventionArticle,
    ConventionText,
    Entry,
    FormerAddress,
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
from sections.queries.changes import Columns, rows_of
from sections.queries.reports import section_name
from sections.text.parts import side_by_side

from .change_items import ChangeInWords, ChangeSentence, Thing
from .change_labels import label_of
from .change_sentences import MANY_ARTICLES, MANY_MENTIONS, OTHERS, SENTENCES, verb_of

MOST_NUMBERS = 30  # of paragraphs in one sentence
MOST_THINGS = 12
DEFAULT = Name.Language.ENGLISH.label  # says nothing new of an added name
# Fields of an added row that its sentence contains, or that say nothing new.
NOT_SHOWN_WHEN_ADDED = {"type", "slug", "position", "form", "in_report", "both_ways", "basis", "review"} | {
    f"{name}_id" for name in ("entry", "report", "paragraph", "article", "source", "target", "figure", "checked_sum")
}


def changes_in_words(
    changes: Iterable[Change], named: bool = False, parts: Columns | None = None, key: int | None = None
) -> list[ChangeInWords]:
    """The changes in the reader's language; a fixed number of queries.

    `named` says who made them by name, for the desk; with `parts` and a key only what they did to one record is told.
    """
    return items_in_words([[change] for change in changes], named, parts, key)


def items_in_words(
    items: Iterable[Sequence[Change]], named: bool = False, parts: Columns | None = None, key: int | None = None
) -> list[ChangeInWords]:
    """The same, where changes that belong together make one item."""
    items = [list(item) for item in items]
    rows = rows_of([change for item in items for change in item], parts, key)
    records = ChangeRecords([row for rows in rows.values() for row in rows])
    return [
        _Describer(item, [row for change in item for row in rows[change.pk]], records, named).in_words()
        for item in items
    ]


def role_of(change: Change, named: bool = False) -> str:
    """Who made a change: a role, or a name at the desk and where the site names its editors."""
    if (named or settings.CHANGES_NAME_EDITORS) and change.person:
        return change.person
    return gettext("An editor") if change.is_by_hand else gettext("The software")


class _Describer:
    """Puts one change into words, or changes that belong together."""

    def __init__(self, changes: list[Change], rows: list[FormerRow], records: ChangeRecords, named: bool):
        self.changes, self.records = changes, records
        self.who = role_of(changes[0], named)
        self.rows = [row for row in rows if not row.is_idle] or rows

    def in_words(self) -> ChangeInWords:
        reviewed = [row for row in self.rows if row.instance_type is ArticleLink and verb_of(row) in MANY_ARTICLES]
        mentions = [row for row in self.rows if row.instance_type is Mention]
        others = [row for row in self.rows if row not in {*reviewed, *mentions}]
        things = dict.fromkeys(thing for row in others + reviewed + mentions for thing in self._things(row))
        sentences = [self._sentence(row) for row in others]
        sentences += [*self._article_sentences(reviewed), *self._mention_sentences(mentions)]
        return ChangeInWords(
            self.changes[0], self.who, tuple(things)[:MOST_THINGS], tuple(sentences), tuple(self.changes), self._lead()
        )

    def _lead(self):
        """Of a merge which entry became part of which."""
        if self.changes[0].kind != Change.Kind.MERGE:
            return ""
        led = next((row for row in self.rows if row.instance_type is FormerAddress), None)
        gone = next((row for row in self.rows if row.instance_type is Entry and row.action == "removed"), None)
        if led is None or gone is None:
            return ""
        words = gettext("%(who)s merged the entry “%(name)s” into “%(entry)s”.")
        return words % {"who": self.who, "name": gone.name, "entry": self._entry(led.entry_id)}

    def _sentence(self, row):
        verb = verb_of(row)
        words = SENTENCES.get(row.instance_type, OTHERS)[verb] % self._names(row)
        told = "entry_id" if verb == "moved" else ""
        fields = [] if row.action == "removed" else [field for name, field in self._fields(row, words) if name != told]
        return ChangeSentence(words, tuple(fields))

    def _article_sentences(self, rows) -> Iterator[ChangeSentence]:
        """One sentence for all links to an article on which the same was decided."""
        groups: dict[tuple, list[FormerRow]] = {}
        for row in rows:
            groups.setdefault((verb_of(row), row.article_id), []).append(row)
        for (verb, _), of_article in groups.items():
            numbers = {self._names(row)["number"] for row in of_article}
            if len(numbers) == 1:
                yield from map(self._sentence, of_article[:1])
            else:
                listed = self._listed(sorted(numbers - {"–"}))
                yield ChangeSentence(MANY_ARTICLES[verb] % (self._names(of_article[0]) | {"numbers": listed}))

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
        if row.instance_type is FormerAddress:
            names["title"] = row.words
        if row.instance_type is ConventionText:
            names["title"] = row.get_language_display()
        if row.instance_type is ReplySubject:
            section = self.records.sections.get(row.section_id)
            names["reply"] = section.number if section else "–"
        if getattr(row, "entry_id", None):
            names["entry"] = self._entry(row.entry_id)
            names["former"] = self._entry(row.before.entry_id) if row.before else ""
        if hasattr(row, "paragraph_id"):
            paragraph = self.records.paragraphs.get(row.paragraph_id)
            names["number"] = paragraph.number if paragraph else "–"
        if hasattr(row, "surface"):
            names |= {"title": row.surface, "number": self.records.paragraph_number(row.block_id) or "–"}
        if row.instance_type in (ConventionArticle, CheckedSum, Place, Report):
            names["title"] = row.words
        if row.instance_type is Addend:
            names |= {"figure": self.records.figures.get(row.figure_id, "–")}
            names |= {"title": self.records.sums.get(row.checked_sum_id, "–")}
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
            words = MANY_MENTIONS[verb] if len(numbers) > 1 else SENTENCES[Mention][verb]
            names = {"who": self.who, "surface": surface, "entry": self._entry(entry), "former": self._entry(former)}
            yield ChangeSentence(words % (names | {"numbers": self._listed(numbers)}))

    @staticmethod
    def _listed(numbers):
        listed = ", ".join(map(str, numbers[:MOST_NUMBERS])) or "–"
        return f"{listed}, …" if len(numbers) > MOST_NUMBERS else listed

    def _things(self, row) -> Iterator[Thing]:
        """The records of this site that a row belongs to or joins, and those that it did before."""
        entries = [getattr(each, column, None) for each in (row, row.before) if each for column in ENTRIES]
        for key in [row.id if row.instance_type is Entry else None, *entries]:
            if key is not None:
                entry = self.records.entries.get(key)
                type = entry.type if entry else self.records.deleted_types.get(key, "")
                yield Thing(self._entry(key), entry.get_absolute_url() if entry else "", type, key)
        paragraph = self.records.paragraph_of_block.get(
            getattr(row, "block_id", None), getattr(row, "paragraph_id", None)
        )
        if found := self.records.paragraphs.get(paragraph):
            place = gettext("Paragraph %(number)s") % {"number": found.number}
            words = place if found.report.is_default else f"{found.report.symbol}, {place}"
            yield Thing(words, found.get_absolute_url(), "paragraph", found.pk)
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
                yield name, (label_of(row.instance_type, name), *side_by_side(old, new))

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
