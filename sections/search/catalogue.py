"""What is found by its name: entries, articles of the Convention, headings of the outline."""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from sections.models import ConventionArticle, Entry, Name, Section, Synonym

from .adapter import Index
from .engine.analysis import short_terms
from .engine.phrase_trie import Sequences
from .engine.postings import documents
from .engine.stopwords import carries_meaning

LEADING = {"the", "el", "la", "los", "las"}


@dataclass(frozen=True, slots=True, eq=False)
class Thing:
    """An entry, an article or a section: its type, key, name and address; `paragraphs` counts those that have it."""

    type: str
    key: int  # of the row; of an article and a reply its number
    slug: str
    name: str
    url: str
    kind: str = ""
    paragraphs: int = 0
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A section of the outline as a hit names it: reply number or None, Convention part in words or ""."""

    thing: Thing
    label: str
    reply: int | None
    part: str


@dataclass(slots=True)
class Catalogue:
    """All things of one version of the index, with the words and names that find them."""

    entries: dict[int, Thing] = field(default_factory=dict)
    articles: dict[int, Thing] = field(default_factory=dict)
    places: dict[int, "Place"] = field(default_factory=dict)  # sections; replies once they are needed
    parts: dict[int, str] = field(default_factory=dict)
    by_slug: dict[tuple[str, str], int] = field(default_factory=dict)
    names: Sequences = field(default_factory=Sequences)  # stems → entry keys
    synonyms: Sequences = field(default_factory=Sequences)  # stems → texts that say it otherwise
    by_stem: dict[str, dict[Thing, set[int]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    name_lengths: dict[tuple[Thing, int], int] = field(default_factory=dict)
    capitals: set[tuple] = field(default_factory=set)  # acronyms that count only in capitals
    name_weights: dict[tuple[Thing, int], float] = field(default_factory=lambda: defaultdict(float))
    entries_by_stem: dict[str, list[int]] = field(default_factory=dict)
    folded: list = field(default_factory=list)  # for suggestions, once they are needed
    known_words: dict[str, int] = field(default_factory=dict)  # words of names and of the thesaurus
    known_stems: set[str] = field(default_factory=set)


def catalogue(index: Index) -> Catalogue:
    """The catalogue that belongs to the version of the index."""
    return index.once("catalogue", lambda: _read(index))


def _read(index):
    made = Catalogue()
    names = defaultdict(list)
    for name in Name.objects.order_by("entry", "-in_report", "pk"):
        names[name.entry_id].append(name.text)
    for entry in Entry.objects.order_by("type", "name", "slug"):
        count = documents(index.posting(f"e{entry.pk}")).size
        url, kind = entry.get_absolute_url(), entry.kind_words
        thing = Thing(entry.type, entry.pk, entry.slug, entry.name, url, kind, count, tuple(names[entry.pk]))
        made.entries[entry.pk] = thing
        made.by_slug[entry.type, entry.slug] = entry.pk
        for number, text in enumerate(dict.fromkeys((entry.name, *thing.names))):
            _name(made, thing, number, text)
    for article in ConventionArticle.objects.select_related("part"):
        count = documents(index.posting(f"a{article.number}")).size
        subject = article.translated("subject")
        thing = Thing("article", article.number, str(article.number), subject, article.get_absolute_url(),
                      str(article), count)  # fmt: skip
        made.articles[article.number] = thing
        made.parts[article.part.number] = article.part.roman
        for number, text in enumerate(dict.fromkeys((thing.name, article.subject))):
            _words(made, thing, number, text)
    for section in Section.objects.exclude(kind=Section.Kind.REPLY).select_related("report", "convention_part"):
        made.places[section.pk] = place = _place(section)
        _words(made, place.thing, 0, section.title)
    _thesaurus(made)
    made.entries_by_stem = {
        stem: [thing.key for thing in owners if thing.key in made.entries and thing.type not in ("article", "section")]
        for stem, owners in made.by_stem.items()
    }
    for stem, owners in made.by_stem.items():
        for thing, numbers in owners.items():
            for number in numbers:
                made.name_weights[thing, number] += _weight(made, stem)
    return made


NEARLY = 0.5  # of the weight of all words in the name or typed


def nearly_named(things: Catalogue, words: set[str]) -> list[int]:
    """Entries with a name that shares most of these stems, and has few others; rare words weigh most."""
    if len(words) < 3:
        return []
    shared = defaultdict(float)
    typed = sum(_weight(things, word) for word in words)
    for word in words:
        for thing, numbers in things.by_stem.get(word, {}).items():
            if thing.key in things.entries and thing.type not in ("article", "section"):
                for number in numbers:
                    shared[thing, number] += _weight(things, word)
    near = {}
    for (thing, number), weight in shared.items():
        whole = things.name_weights[thing, number] + typed - weight
        if weight >= NEARLY * whole:
            near[thing.key] = max(near.get(thing.key, 0.0), weight / whole)
    return sorted(near, key=lambda key: (-near[key], key))[:3]


def _weight(things, word):
    return float(np.log1p(len(things.name_lengths) / (1 + len(things.by_stem.get(word, ())))))


def place(things: Catalogue, key: int) -> Place:
    """The section of that key."""
    if key not in things.places:
        things.places[key] = _place(Section.objects.select_related("report", "convention_part").get(pk=key))
    return things.places[key]


def _place(section):
    name = f"{section.label} {section.title}".strip()
    thing = Thing("section", section.pk, section.key, name, section.get_absolute_url(), section.kind)
    above, part = section, section.convention_part
    while part is None and above.parent_id:
        above = above.parent
        part = above.convention_part
    return Place(thing, name, section.number if section.is_reply else None, str(part) if part else "")


def plain_name(text: str) -> str:
    """A name without the brackets that only set off words which tell it apart."""
    return text.replace("[", "").replace("]", "").replace(";", " ")


def stems(text: str) -> list[str]:
    """The stems of a text in order, without a leading article."""
    found = short_terms(text)
    return [term.stem for term in (found[1:] if len(found) > 1 and found[0].exact in LEADING else found)]


def _name(made, thing, number, text):
    sequence = tuple(stems(plain_name(text)))
    made.names.add(sequence, thing.key)
    if len(sequence) == 1 and not carries_meaning(short_terms(text)[-1].exact):
        made.capitals.add(sequence)
    _words(made, thing, number, plain_name(text))


def _words(made, thing, number, text):
    found = {term.stem for term in short_terms(text) if carries_meaning(term.exact)}
    made.name_lengths[thing, number] = len(found)
    for stem in found:
        made.by_stem[stem][thing].add(number)
    _know(made, text)


def _know(made, text):
    for term in short_terms(text):
        made.known_words[term.exact] = made.known_words.get(term.exact, 0) + 1
        made.known_stems.add(term.stem)


def _thesaurus(made):
    for row in Synonym.objects.order_by("pk"):
        for term, says in ((row.term, row.says), (row.says, row.term) if row.both_ways else (None, None)):
            if term is None:
                continue
            made.synonyms.add(tuple(stems(term)), says)
            _know(made, term)
