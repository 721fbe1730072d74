"""What is found by its name: entries, articles of the Convention, headings of the report's outline."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from math import log1p
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import get_language

from sections.models import ConventionArticle, Entry, Name, Report, Section, Synonym, current_version
from sections.text.fold import clean_line
from sections.text.whole_numbers import whole_number

from .engine.analysis import short_terms
from .engine.english import carries_meaning
from .engine.phrase_dictionary import PhraseDictionary
from .engine.postings import documents
from .scope import Scope
from .snapshot import current

ARTICLES = {"the", "el", "la", "los", "las"}
CACHED_CATALOGUES = 12  # reports times languages
CACHED_REPORTS = 100
CACHED_ADDRESSES = 8_192
CACHED_NAMES = 30_000
SIMILAR = 0.5  # of the weight of all words in the name or typed
MAX_SIMILAR = 3
MIN_SIMILAR_WORDS = 3
ENTRY_TYPES = ("institution", "law", "programme")


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """An entry, an article or a heading.

    `type` is institution, law, programme, article or section; `key` is the primary key, of an article its number.
    `paragraphs` is set in results: the number of paragraphs of the report that mention it or are linked to it.
    """

    type: str
    key: int
    slug: str
    name: str
    url: str
    kind: str = ""
    names: tuple[str, ...] = ()
    paragraphs: int = 0

    @property
    def posting_key(self) -> str:
        """The key of its postings; "" for a heading, which has none."""
        if self.type == "section":
            return ""
        return f"a{self.key}" if self.type == "article" else f"e{self.key}"

    def counted(self, scope: Scope) -> "Item":
        """The item with its number of paragraphs in the report."""
        count = documents(scope.posting(self.posting_key)).size if self.posting_key else 0
        return replace(self, paragraphs=count)


class Place(NamedTuple):
    """Where a hit is: its section, the number of its reply or None, "Part III" of the Convention or ""."""

    label: str
    url: str
    reply: int | None
    part: str


class Catalogue:
    """All names that a query over one report may use, in one language, with the stems that find them."""

    def __init__(self, report: int | None) -> None:
        self.entries: dict[int, Item] = {}
        self.articles: dict[int, Item] = {}
        self.parts: dict[int, str] = {}  # number of the Convention part → Roman number
        self.places: dict[int, Place] = {}  # by primary key of a section of the report
        self.by_slug: dict[tuple[str, str], int] = {}
        self.names = PhraseDictionary()  # stems → keys of entries
        self.synonyms = PhraseDictionary()  # stems → terms of the thesaurus with the same meaning
        self.capitals: set[tuple[str, ...]] = set()  # acronyms that count only in capitals
        self.stems: set[str] = set()
        self._texts: list[tuple[str, Item | None]] = []  # all names; None: a term of the thesaurus
        self._by_stem: dict[str, list[tuple[Item, frozenset[str]]]] = defaultdict(list)  # with all stems of the name
        self._name_count = 0
        self._read_entries()
        self._read_articles()
        self._read_sections(report)
        self._read_thesaurus()

    def _read_entries(self):
        names = defaultdict(list)
        for entry, text in Name.objects.order_by("entry", "-in_report", "pk").values_list("entry", "text"):
            names[entry].append(text)
        for entry in Entry.objects.order_by("type", "name", "slug"):
            url, others = address(entry.type, get_language(), slug=entry.slug), tuple(names[entry.pk])
            item = Item(entry.type, entry.pk, entry.slug, entry.name, url, entry.kind_words, others)
            self.entries[entry.pk] = item
            self.by_slug[entry.type, entry.slug] = entry.pk
            for text in dict.fromkeys((entry.name, *others)):
                sequence = name_stems(plain_name(text))
                self.names.add(sequence, item.key)
                if len(sequence) == 1 and not carries_meaning(short_terms(text)[-1].exact):
                    self.capitals.add(sequence)
                self._add_name(item, plain_name(text))

    def _read_articles(self):
        for article in ConventionArticle.objects.select_related("part"):
            name, number = article.translated("subject"), article.number
            url = address("convention-article", get_language(), number=number)
            item = Item("article", number, str(number), name, url, str(article))
            self.articles[number] = item
            self.parts[article.part.number] = article.part.roman
            for text in dict.fromkeys((name, article.subject)):
                self._add_name(item, text)

    def _read_sections(self, report):
        rows = Section.objects.filter(report=report).select_related("report", "convention_part")
        sections = {section.pk: section for section in rows}
        for key, section in sections.items():
            above = section
            while above.convention_part is None and above.parent_id:
                above = sections[above.parent_id]
            label, url, part = str(section), section.get_absolute_url(), str(above.convention_part or "")
            self.places[key] = Place(label, url, section.number if section.is_reply else None, part)
            if not section.is_reply:
                self._add_name(Item("section", key, section.key, label, url, section.kind), section.title)

    def _read_thesaurus(self):
        rows = Synonym.objects.order_by("pk").values_list("term", "says", "both_ways")
        for term, says, both_ways in rows:
            for words, synonym in [(term, says), (says, term)] if both_ways else [(term, says)]:
                self.synonyms.add(name_stems(words), synonym)
                self._add_text(words, None)

    def _add_name(self, item, text):
        stems = _meaningful_stems(text)
        self._name_count += 1
        for stem in stems:
            self._by_stem[stem].append((item, stems))
        self._add_text(text, item)

    def _add_text(self, text, item):
        self._texts.append((text, item))
        self.stems |= _all_stems(text)

    @cached_property
    def _words(self):
        """By word the items that have it in a name; needed only where a word that was typed is unknown."""
        words = defaultdict(list)
        for text, item in self._texts:
            for term in short_terms(text):
                words[term.exact].append(item)
        return words

    def entries_with(self, stem: str) -> list[int]:
        """The keys of entries with the stem in a name."""
        items = dict.fromkeys(item for item, _ in self._by_stem.get(stem, ()))
        return [item.key for item in items if item.type in ENTRY_TYPES]

    def similar_entries(self, stems: set[str]) -> list[int]:
        """Entries with a name that shares most of these stems and has few others, best first; rare stems weigh most."""
        if len(stems) < MIN_SIMILAR_WORDS:
            return []
        similarity = {}
        for item, name in {pair for stem in stems for pair in self._by_stem.get(stem, ())}:
            if item.type not in ENTRY_TYPES:
                continue
            share = self._weight(name & stems) / self._weight(name | stems)
            if share >= SIMILAR:
                similarity[item.key] = max(similarity.get(item.key, 0.0), share)
        return sorted(similarity, key=lambda key: (-similarity[key], key))[:MAX_SIMILAR]

    def _weight(self, stems):
        unknown = log1p(self._name_count)
        return sum(self._weights.get(stem, unknown) for stem in stems)

    @cached_property
    def _weights(self):
        """The weight of each stem among all names: the rarer, the more."""
        items = {stem: {item for item, _ in names} for stem, names in self._by_stem.items()}
        return {stem: log1p(self._name_count / (1 + len(with_stem))) for stem, with_stem in items.items()}

    def most_mentioned(self, scope: Scope) -> list[Item]:
        """The entries that the report mentions, with counts, those in the most paragraphs first."""
        items = [item.counted(scope) for item in self.entries.values()]
        return sorted((item for item in items if item.paragraphs), key=by_frequency)

    def items_with_all(self, stems: set[str], scope: Scope) -> list[Item]:
        """Items with a name that contains all the stems, with counts; the fewer other words in it, the further up."""
        if not stems:
            return []
        rarest = min(stems, key=lambda stem: len(self._by_stem.get(stem, ())))
        lengths = {}
        for item, name in self._by_stem.get(rarest, ()):
            if name >= stems:
                lengths[item] = min(len(name), lengths.get(item, len(name)))
        ranked = [(-len(stems) / length, item.counted(scope)) for item, length in lengths.items()]
        return [item for _, item in sorted(ranked, key=lambda row: (row[0], *by_frequency(row[1])))]

    def known_words(self, scope: Scope) -> Iterable[tuple[str, int]]:
        """Words of the thesaurus and of names that the report may contain, with the number of names that have each."""
        absent = {item for item in self.entries.values() if not scope.posting(item.posting_key).size}
        for word, items in self._words.items():
            count = sum(item not in absent for item in items)
            if count:
                yield word, count

    def field_value(self, name: str, typed: str) -> str | None:
        """The value of a filter for what is typed after a field, a name or a number; None for an unknown one."""
        typed = clean_line(typed).lower()
        if name in ENTRY_TYPES:
            if (name, typed) in self.by_slug:
                return typed
            entries = (self.entries[key] for key in self.names.exact(name_stems(typed)))
            return next((entry.slug for entry in entries if entry.type == name), None)
        romans = {roman.lower(): number for number, roman in self.parts.items()}
        number = romans.get(typed) if name == "part" and typed in romans else whole_number(typed)
        return str(number) if number is not None and self.posting_key(name, str(number)) else None

    def posting_key(self, name: str, value: str) -> str | None:
        """The key of the postings of a filter's value, None for an unknown value."""
        is_entry = name in ENTRY_TYPES
        number = self.by_slug.get((name, value)) if is_entry else whole_number(value)
        known = {"part": self.parts, "article": self.articles}.get(name)
        if number is None or (known is not None and number not in known):
            return None
        return f"e{number}" if is_entry else f"{name[0]}{number}"


def by_frequency(item: Item) -> tuple[int, str, str]:
    """A sort key: the items with the most paragraphs first, then by name."""
    return -item.paragraphs, item.name, item.slug


def report_of(symbol: str = "") -> Report | None:
    """The report of that symbol, the default one for an empty symbol; None where there is none."""
    return Report.objects.filter(symbol=clean_line(symbol)).first() if symbol else Report.objects.default()


def open_report(symbol: str = "") -> tuple[Report | None, Scope]:
    """The report of that symbol and its scope in the current snapshot, an empty one where there is no such report."""
    version = current_version()
    report = _report_of(version.names, symbol)
    return report, current(report.pk if report else 0, version)


@lru_cache(maxsize=CACHED_REPORTS)
def _report_of(names, symbol):
    return report_of(symbol)


def catalogue(scope: Scope) -> Catalogue:
    """The catalogue for the report of the scope, in the reader's language, as of the scope's version of names."""
    return _read(scope.version.names, scope.report, get_language())


@lru_cache(maxsize=CACHED_CATALOGUES)
def _read(version, report, language):
    return Catalogue(report)


def plain_name(text: str) -> str:
    """A name without the brackets around the words that only distinguish it from others."""
    return text.replace("[", "").replace("]", "").replace(";", " ")


@lru_cache(maxsize=CACHED_NAMES)
def name_stems(text: str) -> tuple[str, ...]:
    """The stems of a name in order, without a leading article."""
    terms = short_terms(text)
    return tuple(term.stem for term in (terms[1:] if len(terms) > 1 and terms[0].exact in ARTICLES else terms))


@lru_cache(maxsize=CACHED_NAMES)
def _meaningful_stems(text):
    return frozenset(term.stem for term in short_terms(text) if carries_meaning(term.exact))


@lru_cache(maxsize=CACHED_NAMES)
def _all_stems(text):
    return frozenset(term.stem for term in short_terms(text))


@lru_cache(maxsize=CACHED_ADDRESSES)
def address(view: str, language: str, **arguments: str | int) -> str:
    """The path of a view in the reader's language; named, because each language has addresses of its own."""
    return reverse(view, kwargs=arguments)
