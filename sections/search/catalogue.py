"""What is found by its name: entries, articles of the Convention, headings of the report's outline."""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property, lru_cache
from math import log1p

from django.utils.translation import get_language, gettext

from sections.models import Report, current_version
from sections.text.fold import clean_line
from sections.text.whole_numbers import whole_number

from . import catalogue_parts
from .attributes import HAVING
from .named_results import Item, name_stems
from .request import ALL_REPORTS
from .scope import Scope
from .snapshot import current

CACHED_CATALOGUES = 12  # reports times languages
CACHED_REPORTS = 100
SIMILAR = 0.5  # of the weight of all words in the name or typed
MAX_SIMILAR = 3
MIN_SIMILAR_WORDS = 3
ENTRY_TYPES = ("institution", "law", "programme")


class Catalogue:
    """All names that a query over one report may use, in one language, with the stems that find them."""

    def __init__(self, version: int, report: int | None, language: str) -> None:
        entries, articles = catalogue_parts.entries(version, language), catalogue_parts.articles(version, language)
        sections, thesaurus = catalogue_parts.sections(version, report, language), catalogue_parts.thesaurus(version)
        self.entries, self.by_slug = entries.items, entries.by_slug
        self.names, self.capitals = entries.phrases, entries.capitals
        self.articles, self.parts = articles.items, articles.parts
        self.places = sections.places
        self.synonyms, self.lexicon = thesaurus.phrases, thesaurus.lexicon
        self.foreign_words = thesaurus.foreign_words  # (word, number of terms with it) of the lexicon
        self._entry_names = entries.names
        self._item_names = (entries.names, articles.names, sections.names)
        self._all_names = (*self._item_names, thesaurus.names)
        self._name_count = sum(len(names) for names in self._item_names)

    def knows(self, stem: str) -> bool:
        """Whether a name or a term of the thesaurus has the stem."""
        return any(stem in names.stems for names in self._all_names)

    def names_say(self, stem: str) -> bool:
        """Whether a name of an entry has the stem; captions of articles are in the reader's language."""
        return stem in self._entry_names.stems

    @cached_property
    def names_in_capitals(self) -> frozenset[str]:
        """Acronyms that are words of the language, in capitals."""
        return frozenset(stem.upper() for (stem,) in self.capitals)

    @cached_property
    def labels(self) -> dict[str, dict[str, str]]:
        """By filter how people read its values; of a report's attributes only what none of its texts decides."""
        part, reply = gettext("Part %(roman)s"), gettext("Reply %(number)s")
        replies = sorted({place.reply for place in self.places.values() if place.reply})
        labels = {
            "part": {str(number): part % {"roman": roman} for number, roman in self.parts.items()},
            "article": {str(number): item.label for number, item in self.articles.items()},
            "reply": {str(number): reply % {"number": number} for number in replies},
            "has": {value: str(label) for value, label in HAVING.items()},
            **{type_: {} for type_ in ENTRY_TYPES},
        }
        for (type_, slug), entry in self.by_slug.items():
            labels[type_][slug] = self.entries[entry].label
        return labels

    def _with_stem(self, stem):
        return [pair for names in self._item_names for pair in names.by_stem.get(stem, ())]

    def entries_with(self, stem: str) -> list[int]:
        """The keys of entries with the stem in a name."""
        return [item.key for item in dict.fromkeys(item for item, _ in self._entry_names.by_stem.get(stem, ()))]

    def similar_entries(self, stems: set[str]) -> list[int]:
        """Entries with a name that shares most of these stems and has few others, best first; rare stems weigh most."""
        if len(stems) < MIN_SIMILAR_WORDS:
            return []
        similarity = {}
        for item, name in {pair for stem in stems for pair in self._entry_names.by_stem.get(stem, ())}:
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
        items = Counter()
        for names in self._item_names:
            items.update({stem: len({item for item, _ in pairs}) for stem, pairs in names.by_stem.items()})
        return {stem: log1p(self._name_count / (1 + count)) for stem, count in items.items()}

    def most_mentioned(self, scope: Scope) -> list[Item]:
        """The entries that the report mentions, with counts, those in the most paragraphs first."""
        items = [item.counted(scope) for item in self.entries.values()]
        return sorted((item for item in items if item.paragraphs), key=by_frequency)

    def items_with_all(self, stems: set[str], scope: Scope) -> list[Item]:
        """Items with a name that contains all the stems, with counts; the fewer other words in it, the further up."""
        if not stems:
            return []
        lengths = {}
        for item, name in min(map(self._with_stem, stems), key=len):
            if name >= stems:
                lengths[item] = min(len(name), lengths.get(item, len(name)))
        ranked = [(-len(stems) / length, item.counted(scope)) for item, length in lengths.items()]
        return [item for _, item in sorted(ranked, key=lambda row: (row[0], *by_frequency(row[1])))]

    def known_words(self, scope: Scope) -> Iterable[tuple[str, int]]:
        """Words of the thesaurus and of names that the report may contain, with the number of names that have each."""
        absent = {item for item in self.entries.values() if not scope.frequency(item.posting_key)}
        counts = Counter()
        for names in self._all_names:
            counts.update({word: sum(item not in absent for item in items) for word, items in names.by_word.items()})
        return [(word, count) for word, count in counts.items() if count]

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
    rows = Report.objects.with_others()
    return rows.filter(symbol=clean_line(symbol)).first() if symbol else rows.default()


def open_report(symbol: str = "") -> tuple[Report | None, Scope]:
    """The report of that symbol and its scope, an empty one where there is no such report; for all None and theirs."""
    version = current_version()
    if symbol == ALL_REPORTS:
        return None, current(None, version)
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
    return Catalogue(version, report, language)
