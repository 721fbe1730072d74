"""The parts of a catalogue: entries, articles of the Convention, headings of a report, thesaurus.

When a name changes, the rows of all parts are read again, which is quick. Only parts whose rows differ are then made
anew: a part is kept by the rows it was made from, so it is never out of date.
"""

from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from django.db.models import IntegerField
from django.db.models.fields.json import KT, KeyTextTransform, KeyTransform
from django.db.models.functions import Cast

from sections.models import ConventionArticle, ConventionPart, Entry, Name, ReplySubject, Report, Section, Synonym
from sections.queries.reports import section_title

from .engine.analysis import short_terms
from .engine.english import carries_meaning
from .engine.foreign import LANGUAGES, foreign_stem
from .engine.phrase_dictionary import PhraseDictionary
from .named_results import Item, Names, Place, address, name_stems, plain_name

CACHED_ENTRIES = 30_000  # in each language
CACHED_REPORTS = 12  # reports times languages
CACHED_LANGUAGES = 6  # two versions in three languages


class Entries:
    """All entries with their names, in one language."""

    def __init__(self, rows: tuple[tuple, ...], language: str) -> None:
        self.items: dict[int, Item] = {}
        self.by_slug: dict[tuple[str, str], int] = {}
        self.phrases = PhraseDictionary()  # stems → keys of entries
        self.capitals: set[tuple[str, ...]] = set()  # acronyms that count only in capitals
        names = []
        for row in rows:
            item = _entry(language, *row)
            self.items[item.key] = item
            self.by_slug[item.type, item.slug] = item.key
            for text in dict.fromkeys((item.name, *item.names)):
                plain = plain_name(text)
                sequence = name_stems(plain)
                self.phrases.add(sequence, item.key)
                if len(sequence) == 1 and not carries_meaning(short_terms(text)[-1].exact):
                    self.capitals.add(sequence)
                names.append((plain, item))
        self.names = Names(names)


class Articles:
    """The articles and parts of the Convention, in one language."""

    def __init__(self, rows: tuple[tuple, ...], language: str) -> None:
        self.items: dict[int, Item] = {}
        self.parts: dict[int, str] = {}  # number of the Convention part → Roman number
        names = []
        for number, subject, translation, part, roman, *terms in rows:
            name, url = translation or subject, address("convention-article", language, number=number)
            kind, terms = str(ConventionArticle(number=number)), tuple(terms)
            item = Item("article", number, str(number), name, url, kind, terms)
            self.items[number] = item
            self.parts[part] = roman
            names += [(text, item) for text in dict.fromkeys((name, subject, *terms))]
        self.names = Names(names)


class Sections:
    """The headings of a report, in one language."""

    def __init__(self, rows: tuple[tuple, ...]) -> None:
        self.places: dict[int, Place] = {}  # by primary key
        names, romans, parents = [], {}, {}
        for pk, parent, roman, *_ in rows:
            romans[pk], parents[pk] = roman, parent
        for pk, _, _, symbol, key, kind, label, title, number, subject, translation in rows:
            section = Section(report=Report(symbol=symbol), key=key, kind=kind, label=label, title=title, number=number)
            if subject:
                section.reply_subject = ReplySubject(text=translation or subject)
            above = pk
            while romans[above] is None and parents[above]:
                above = parents[above]
            part = "" if romans[above] is None else str(ConventionPart(roman=romans[above]))
            words = section_title(section)
            place = Place(words, section.get_absolute_url(), number if section.is_reply else None, part)
            self.places[pk] = place
            if not section.is_reply:
                names.append((title, Item("section", pk, key, place.label, place.url, kind)))
        self.names = Names(names)


class Translation(NamedTuple):
    """A term of another language, as written and in folded words, and what says it in English."""

    term: str
    words: tuple[str, ...]
    says: str


class Thesaurus:
    """The terms of the thesaurus, and those of its lexicon, whose notes name the language that they are of."""

    def __init__(self, rows: tuple[tuple, ...]) -> None:
        self.phrases = PhraseDictionary()  # stems → terms with the same meaning
        self.lexicon = {language: PhraseDictionary() for language in LANGUAGES.values()}  # foreign stems → translations
        names, foreign = [], Counter()
        for term, says, both_ways, note in rows:
            if language := LANGUAGES.get(note):
                words = [word.exact for word in short_terms(term)]
                translation = Translation(term, tuple(words), says)
                self.lexicon[language].add([foreign_stem(language, word) for word in words], translation)
                foreign.update(words)
                continue
            for words, synonym in [(term, says), (says, term)] if both_ways else [(term, says)]:
                self.phrases.add(name_stems(words), synonym)
                names.append((words, None))
        self.names = Names(names)
        self.foreign_words = list(foreign.items())


@lru_cache(maxsize=CACHED_LANGUAGES)
def entries(version: int, language: str) -> Entries:
    """The entries as of the version of names."""
    names: dict[int, list[str]] = {}
    own: dict[int, str] = {}  # the fullest name in the reader's language, by which pages call the entry
    columns = ("entry", "text", "language", "form")
    for key, text, code, form in Name.objects.order_by("entry", "-in_report", "pk").values_list(*columns):
        names.setdefault(key, []).append(text)
        if code == language[:2] != "en" and form == Name.Form.NAME:
            own[key] = max(own.get(key, ""), text, key=len)
    rows = Entry.objects.order_by("type", "name", "slug").values_list("type", "pk", "slug", "name", "kind")
    return _entries(tuple(_row(row, own.get(row[1], ""), names.get(row[1], [])) for row in rows), language)


def _row(entry, own, names):
    """The entry under its own name where it has one, with all its other names."""
    type_, key, slug, name, kind = entry
    if own in ("", name):
        return (*entry, False, *names)
    return (type_, key, slug, own, kind, True, name, *(text for text in names if text != own))


@lru_cache(maxsize=CACHED_LANGUAGES)
def articles(version: int, language: str) -> Articles:
    """The articles as of the version of names."""
    columns = ("number", "subject", KT(f"translations__{language}__subject"), "part__number", "part__roman")
    rows = ConventionArticle.objects.values_list(*columns, "terms")
    languages = (language[:2], "en")  # the treaty's words in the reader's language, and in that of most reports
    return _articles(
        tuple(
            (*row, *dict.fromkeys(term for code in languages for term in terms.get(code, ()))) for *row, terms in rows
        ),
        language,
    )


@lru_cache(maxsize=CACHED_REPORTS)
def sections(version: int, report: int | None, language: str) -> Sections:
    """The headings of the report as of the version of names."""
    rows = Section.objects.filter(report=report).values_list(
        "pk", "parent", "convention_part__roman", "report__symbol", "key", "kind", "label", "title", "number",
        "reply_subject__text", KeyTextTransform("text", KeyTransform(language, "reply_subject__translations")),
    )  # fmt: skip
    return _sections(tuple(rows), language)


@lru_cache(maxsize=2)
def thesaurus(version: int) -> Thesaurus:
    """The thesaurus as of the version of names."""
    # As a number: of SQLite, Django converts each boolean in Python, which takes as long as all the rest of the query.
    both_ways = Cast("both_ways", IntegerField())
    return _thesaurus(tuple(Synonym.objects.order_by("pk").values_list("term", "says", both_ways, "note")))


@lru_cache(maxsize=CACHED_LANGUAGES)
def _entries(rows, language):
    return Entries(rows, language)


@lru_cache(maxsize=CACHED_LANGUAGES)
def _articles(rows, language):
    return Articles(rows, language)


@lru_cache(maxsize=CACHED_REPORTS)
def _sections(rows, language):
    return Sections(rows)  # their addresses and "Part III" are in the active language


@lru_cache(maxsize=2)
def _thesaurus(rows):
    return Thesaurus(rows)


@lru_cache(maxsize=CACHED_ENTRIES)
def _entry(language, type_, key, slug, name, kind, is_own, *names):
    """An entry as an item; the others stay the same objects when one changes."""
    words = Entry(type=type_, kind=kind).kind_words
    return Item(type_, key, slug, name, address(type_, language, slug=slug), words, names, is_own=is_own)
