"""What is found by its name: entries, articles of the Convention, headings of the report's outline."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
from django.utils.translation import get_language

from sections.models import ConventionArticle, Entry, Name, Report, Section, Synonym
from sections.text.fold import clean_line
from sections.text.whole_numbers import whole_number

from .engine.analysis import short_terms
from .engine.english import carries_meaning
from .engine.phrase_trie import PhraseTrie
from .engine.postings import documents
from .scope import Scope
from .snapshot import current

ARTICLES = {"the", "el", "la", "los", "las"}
CACHED_CATALOGUES = 12  # reports times languages
CACHED_REPORTS = 100
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


@dataclass(slots=True)
class Catalogue:
    """All names that a query over one report may use, in one language, with the stems that find them."""

    entries: dict[int, Item] = field(default_factory=dict)
    articles: dict[int, Item] = field(default_factory=dict)
    parts: dict[int, str] = field(default_factory=dict)  # number of the Convention part → Roman number
    by_slug: dict[tuple[str, str], int] = field(default_factory=dict)
    names: PhraseTrie = field(default_factory=PhraseTrie)  # stems → keys of entries
    synonyms: PhraseTrie = field(default_factory=PhraseTrie)  # stems → terms of the thesaurus with the same meaning
    by_stem: dict[str, dict[Item, set[int]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    name_lengths: dict[tuple[Item, int], int] = field(default_factory=dict)
    name_weights: dict[tuple[Item, int], float] = field(default_factory=lambda: defaultdict(float))
    capitals: set[tuple[str, ...]] = field(default_factory=set)  # acronyms that count only in capitals
    words: dict[str, list[Item | None]] = field(default_factory=lambda: defaultdict(list))  # None: the thesaurus
    stems: set[str] = field(default_factory=set)

    def entries_with(self, stem: str) -> list[int]:
        """The keys of entries with the stem in a name."""
        return [item.key for item in self.by_stem.get(stem, ()) if item.type in ENTRY_TYPES]

    def similar_entries(self, stems: set[str]) -> list[int]:
        """Entries with a name that shares most of these stems and has few others, best first; rare stems weigh most."""
        if len(stems) < MIN_SIMILAR_WORDS:
            return []
        typed, shared, similarity = sum(map(self.weight, stems)), defaultdict(float), {}
        for stem in stems:
            for item, numbers in self.by_stem.get(stem, {}).items():
                if item.type in ENTRY_TYPES:
                    for number in numbers:
                        shared[item, number] += self.weight(stem)
        for (item, number), weight in shared.items():
            total = self.name_weights[item, number] + typed - weight
            if weight >= SIMILAR * total:
                similarity[item.key] = max(similarity.get(item.key, 0.0), weight / total)
        return sorted(similarity, key=lambda key: (-similarity[key], key))[:MAX_SIMILAR]

    def weight(self, stem: str) -> float:
        """The weight of a stem among all names: the rarer, the more."""
        return float(np.log1p(len(self.name_lengths) / (1 + len(self.by_stem.get(stem, ())))))

    def most_mentioned(self, scope: Scope) -> list[Item]:
        """The entries that the report mentions, with counts, those in the most paragraphs first."""
        items = [item.counted(scope) for item in self.entries.values()]
        return sorted((item for item in items if item.paragraphs), key=by_frequency)

    def items_with_all(self, stems: set[str], scope: Scope) -> list[Item]:
        """Items with a name that contains all the stems, with counts; the fewer other words in it, the further up."""
        if not stems:
            return []
        ranked = []
        rarest = min(stems, key=lambda stem: len(self.by_stem.get(stem, ())))
        for item, numbers in self.by_stem.get(rarest, {}).items():
            for stem in stems - {rarest}:
                numbers = numbers & self.by_stem.get(stem, {}).get(item, set())
            if numbers:
                shortest = min(self.name_lengths[item, number] for number in numbers)
                ranked.append((-len(stems) / max(shortest, 1), item.counted(scope)))
        return [item for _, item in sorted(ranked, key=lambda row: (row[0], *by_frequency(row[1])))]

    def known_words(self, scope: Scope) -> Iterable[tuple[str, int]]:
        """Words of the thesaurus and of names that the report may contain, with the number of names that have each."""
        absent = {item for item in self.entries.values() if not scope.posting(item.posting_key).size}
        for word, items in self.words.items():
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
        if name in ENTRY_TYPES:
            entry = self.by_slug.get((name, value))
            return None if entry is None else f"e{entry}"
        number = whole_number(value)
        known = {"part": self.parts, "article": self.articles}.get(name)
        return None if number is None or (known is not None and number not in known) else f"{name[0]}{number}"


def by_frequency(item: Item) -> tuple[int, str, str]:
    """A sort key: the items with the most paragraphs first, then by name."""
    return -item.paragraphs, item.name, item.slug


def report_of(symbol: str = "") -> Report | None:
    """The report of that symbol, the default one for an empty symbol; None where there is none."""
    return Report.objects.filter(symbol=clean_line(symbol)).first() if symbol else Report.objects.default()


def open_report(symbol: str = "") -> tuple[Report | None, Scope]:
    """The report of that symbol and its scope in the current snapshot, an empty one where there is no such report."""
    snapshot = current()
    try:
        report = _known_report(snapshot.version.names, symbol)
    except Report.DoesNotExist:
        report = None
    return report, snapshot.scope(report.pk if report else 0)


@lru_cache(maxsize=CACHED_REPORTS)
def _known_report(names, symbol):
    report = report_of(symbol)
    if report is None:
        raise Report.DoesNotExist  # not to be cached
    return report


def catalogue(scope: Scope) -> Catalogue:
    """The catalogue for the report of the scope, in the reader's language, as of the scope's version of names."""
    return _read(scope.version.names, scope.report, get_language())


@lru_cache(maxsize=CACHED_CATALOGUES)
def _read(version, report, language):
    return _Builder(report).build()


class _Builder:
    def __init__(self, report) -> None:
        self.catalogue, self.report = Catalogue(), report

    def build(self):
        built = self.catalogue
        texts = defaultdict(list)
        for name in Name.objects.order_by("entry", "-in_report", "pk"):
            texts[name.entry_id].append(name.text)
        for entry in Entry.objects.order_by("type", "name", "slug"):
            names = tuple(texts[entry.pk])
            url, kind = entry.get_absolute_url(), entry.kind_words
            item = Item(entry.type, entry.pk, entry.slug, entry.name, url, kind, names)
            built.entries[entry.pk] = item
            built.by_slug[entry.type, entry.slug] = entry.pk
            for number, text in enumerate(dict.fromkeys((entry.name, *names))):
                self._add_name(item, number, text)
        for article in ConventionArticle.objects.select_related("part"):
            name, number = article.translated("subject"), article.number
            item = Item("article", number, str(number), name, article.get_absolute_url(), str(article))
            built.articles[number] = item
            built.parts[article.part.number] = article.part.roman
            for place, text in enumerate(dict.fromkeys((name, article.subject))):
                self._add_words(item, place, text)
        headings = Section.objects.filter(report=self.report).exclude(kind=Section.Kind.REPLY)
        for section in headings.select_related("report"):
            url = section.get_absolute_url()
            item = Item("section", section.pk, section.key, str(section), url, section.kind)
            self._add_words(item, 0, section.title)
        self._add_thesaurus()
        for stem, items in built.by_stem.items():
            for item, numbers in items.items():
                for number in numbers:
                    built.name_weights[item, number] += built.weight(stem)
        return built

    def _add_name(self, item, number, text):
        sequence = tuple(name_stems(plain_name(text)))
        self.catalogue.names.add(sequence, item.key)
        if len(sequence) == 1 and not carries_meaning(short_terms(text)[-1].exact):
            self.catalogue.capitals.add(sequence)
        self._add_words(item, number, plain_name(text))

    def _add_words(self, item, number, text):
        stems = {term.stem for term in short_terms(text) if carries_meaning(term.exact)}
        self.catalogue.name_lengths[item, number] = len(stems)
        for stem in stems:
            self.catalogue.by_stem[stem][item].add(number)
        self._add_vocabulary(text, item)

    def _add_vocabulary(self, text, item=None):
        for term in short_terms(text):
            self.catalogue.words[term.exact].append(item)
            self.catalogue.stems.add(term.stem)

    def _add_thesaurus(self):
        for row in Synonym.objects.order_by("pk"):
            pairs = [(row.term, row.says), (row.says, row.term)] if row.both_ways else [(row.term, row.says)]
            for term, synonym in pairs:
                self.catalogue.synonyms.add(tuple(name_stems(term)), synonym)
                self._add_vocabulary(term)


def plain_name(text: str) -> str:
    """A name without the brackets around the words that only distinguish it from others."""
    return text.replace("[", "").replace("]", "").replace(";", " ")


def name_stems(text: str) -> list[str]:
    """The stems of a name in order, without a leading article."""
    terms = short_terms(text)
    return [term.stem for term in (terms[1:] if len(terms) > 1 and terms[0].exact in ARTICLES else terms)]
