"""What a query means: each thing asked for, with all the ways in which the report may say it."""

from dataclasses import dataclass, field, replace

import numpy as np

from .adapter import Index
from .catalogue import Catalogue, nearly_named, stems
from .engine import spellcheck
from .engine.analysis import stem
from .engine.highlight import Mark
from .engine.postings import EMPTY, documents, merged
from .engine.query_parser import Phrase, Query, Word
from .engine.scoring import Group, Way
from .engine.stopwords import FAINT_WORDS, PARTS_OF_A_REPORT, carries_meaning
from .expansion import IN_NAME, LIKE_NAME, RELATED, SYNONYM, Ways

FAINT = 0.4  # what a word counts that says little beside others
MOST_MENDED = 10_000  # words that a process remembers what they were mended to


@dataclass(frozen=True, slots=True)
class Also:
    """What else was searched for: the words typed, the other names or words, and of an entry its key."""

    typed: str
    others: tuple[str, ...]
    entry: int | None = None


@dataclass(slots=True)
class Meaning:
    """A query understood: the groups to rank by, what to mark, what to leave out, and what to tell the reader."""

    groups: list[Group] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    strict: list[int] = field(default_factory=list)  # groups that every hit meets, partial ones too
    without: np.ndarray = field(default_factory=lambda: EMPTY)
    also: list[Also] = field(default_factory=list)
    mended: list[tuple[str, str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    entries: list[int] = field(default_factory=list)  # that the query names
    subjects: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)  # stems looked for in them, by group
    words: list[str] = field(default_factory=list)  # stems of the words that carry meaning


def understand(query: Query, index: Index, things: Catalogue, names: bool = True, exact: bool = False) -> Meaning:
    """The meaning of a query; `names` off looks for the words alone, `exact` on mends nothing."""
    return _Reader(query, index, things, names, exact).read()


class _Reader:
    def __init__(self, query, index, things, names, exact):
        self.query, self.index, self.things = query, index, things
        self.names, self.exact = names, exact
        self.ways = Ways(index, things, names)
        self.meaning = Meaning()
        self.named = set()  # groups that a name made
        words = [member for group in query.groups for member in group]
        self.all_kept = not any(isinstance(one, Phrase) or one.prefix or carries_meaning(one.exact) for one in words)

    def read(self) -> Meaning:
        run = []
        for members in self.query.groups:
            if len(members) == 1 and isinstance(members[0], Word) and not members[0].prefix:
                run.append(self._mended(members[0]))
                continue
            self._run(run)
            run = []
            self._members(members)
        self._run(run)
        self._without()
        return self.meaning

    def _mended(self, word):
        """The word, or what was probably meant by one that is found nowhere."""
        if self.exact or self._is_known(word):
            return word
        apart = spellcheck.allowed(word.exact)
        if not apart:
            return word
        kept = self.index.in_language.setdefault("mended", {})
        if word.exact not in kept and len(kept) < MOST_MENDED:
            known = [*self.index.like(word.exact, apart), *self.things.known_words.items()]
            kept[word.exact] = spellcheck.mend(word.exact, known)
        found = kept.get(word.exact)
        if not found:
            return word
        self.meaning.mended.append((word.text, found))
        return Word(found, found, stem(found))

    def _is_known(self, word):
        if word.exact in PARTS_OF_A_REPORT or not carries_meaning(word.exact):
            return True
        if word.stem in self.things.known_stems or self.index.forms(word.stem):
            return True
        return self.names and self.ways.subject([word.stem]).size > 0

    def _run(self, run):
        """Words in a row: names first, then each word with what the thesaurus says."""
        if not run:
            return
        sequence = [word.stem for word in run]
        groups = {}
        for spotted in self._spotted_names(run, sequence):
            group = self._entry_group(run[spotted.first : spotted.last], spotted.values)
            groups.update(dict.fromkeys(range(spotted.first, spotted.last), group))
        telling = any(carries_meaning(word.exact) and word.exact not in FAINT_WORDS for word in run)
        for place, word in enumerate(run):
            if place not in groups and (self.all_kept or carries_meaning(word.exact) or _is_month(run, place)):
                groups[place] = self._word_group(word, telling and word.exact in FAINT_WORDS)
        self._nearly_named(run, groups)
        for spotted in self.things.synonyms.spot(sequence) if self.names else ():
            own = {groups[place] for place in range(spotted.first, spotted.last) if place in groups}
            typed = " ".join(word.text for word in run[spotted.first : spotted.last])
            self._synonyms(typed, spotted.values, own)
        for places, values in self.things.synonyms.scattered(sequence) if self.names else ():
            own = {groups[place] for place in places if place in groups}
            self._synonyms(" ".join(run[place].text for place in places), values, own)

    def _spotted_names(self, run, sequence):
        return self.things.names.spot(sequence, lambda *place: self._names_fit(run, *place)) if self.names else ()

    def _names_fit(self, run, entry, first, last):
        """Whether a name may be meant: one that is also a plain word only where it is written in capitals."""
        if last - first > 1 or (run[first].stem,) not in self.things.capitals:
            return True
        shouted = len(run) > 1 and all(word.text.isupper() for word in run if word.text.isalpha())
        return run[first].text.isupper() and not shouted

    def _entry_group(self, words, entries):
        typed = " ".join(word.text for word in words)
        sequences = self.ways.names_of(tuple(word.stem for word in words), entries)
        number = self._add(Group(typed, self.ways.name(sequences, entries)))
        self.named.add(number)
        self.meaning.subjects += [(number, each) for each in sequences]
        for sequence in sequences:
            self._mark(number, sequence)
        for entry in entries:
            self.meaning.marks.append(Mark(number, by="entry", entry=entry))
            thing = self.things.entries[entry]
            own = stems(typed)
            others = tuple(name for name in dict.fromkeys((thing.name, *thing.names)) if stems(name) != own)
            self.meaning.also.append(Also(typed, others, entry))
        self.meaning.entries.extend(entries)
        return number

    def _nearly_named(self, run, groups):
        """Entries whose name is almost what the words say: another way to say them all."""
        own = {run[place].stem: number for place, number in groups.items() if number not in self.named}
        for entry in nearly_named(self.things, set(own)) if self.names else ():
            way = Way(self.index.posting(f"e{entry}"), LIKE_NAME)
            self.meaning.also.append(
                Also(" ".join(word.text for word in run), (self.things.entries[entry].name,), entry)
            )
            for number in own.values():
                self.meaning.groups[number].ways.append(way)
                self.meaning.marks.append(Mark(number, by="entry", entry=entry, weight=LIKE_NAME))

    def _word_group(self, word, is_faint=False):
        group = Group(word.text, self.ways.word(word), required=not is_faint, weight=FAINT if is_faint else 1.0)
        number = self._add(group)
        self._mark(number, (word.stem,))
        if self.names:
            self.meaning.subjects.append((number, (word.stem,)))
            for stem in self.index.relatives(word.stem):
                self._mark(number, (stem,), weight=RELATED)
            for entry in self.things.entries_by_stem.get(word.stem, ()):
                self.meaning.marks.append(Mark(number, by="entry", entry=entry, weight=IN_NAME))
        self.meaning.words.append(word.stem)
        return number

    def _synonyms(self, typed, values, groups):
        """Gives all groups that the term covers the ways in which the thesaurus says it otherwise."""
        found = []
        for says in values:
            sequence = tuple(stems(says))
            spotted = self.things.names.spot(sequence)
            entries = spotted[0].values if spotted and spotted[0].last - spotted[0].first == len(sequence) else ()
            ways = self.ways.synonym(sequence, entries)
            if not ways:
                continue
            found.append(says)
            for number in groups:
                self.meaning.groups[number].ways += [way for way in ways if way.keys.size]
                self._mark(number, sequence, weight=SYNONYM)
                self.meaning.subjects.append((number, sequence))
                self.meaning.marks.extend(Mark(number, by="entry", entry=entry, weight=SYNONYM) for entry in entries)
        if found and groups:
            self.meaning.also.append(Also(typed, tuple(found)))

    def _members(self, members):
        """Alternatives that the reader gave, a phrase, or the beginning of a word."""
        ways, marks = [], []
        for member in members:
            if isinstance(member, Phrase):
                ways.append(Way(self.ways.exactly(member)))
                marks.append((member.exacts, "exact"))
            elif member.prefix:
                ways.append(Way(self.ways.beginning(member)))
                marks.append(((member.exact,), "beginning"))
            else:
                word = self._mended(member)
                ways += self.ways.word(word)
                marks.append(((word.stem,), "stem"))
                ways += self._entry_ways(word, marks)
        number = self._add(Group(" or ".join(member.text for member in members), ways))
        self.meaning.strict.append(number)
        for words, by in marks:
            if by == "entry":
                self.meaning.marks.append(Mark(number, by="entry", entry=words))
            else:
                self._mark(number, words, by)
            if by == "stem" and self.names:
                self.meaning.subjects.append((number, words))

    def _entry_ways(self, word, marks):
        """In an OR, a single word may still be an entry's name."""
        spotted = self.things.names.spot([word.stem]) if self.names else []
        entries = spotted[0].values if spotted and self._names_fit([word], None, 0, 1) else ()
        marks.extend((entry, "entry") for entry in entries)
        self.meaning.entries.extend(entries)
        return [Way(self.index.posting(f"e{entry}")) for entry in entries]

    def _add(self, group):
        """The number of the group; one that is asked for twice is one group."""
        group.ways = [way for way in group.ways if way.keys.size]
        for number, other in enumerate(self.meaning.groups):
            if other.label.casefold() == group.label.casefold():
                return number
        self.meaning.groups.append(group)
        return len(self.meaning.groups) - 1

    def _mark(self, number, words, by="stem", weight=1.0):
        self.meaning.marks.append(Mark(number, words, by, weight=weight))

    def _without(self):
        found = []
        for member in self.query.without:
            if isinstance(member, Phrase):
                found.append(self.ways.exactly(member))
            elif member.prefix:
                found.append(self.ways.beginning(member))
            else:
                found.append(self.index.stem_posting(member.stem))
                if self.names:
                    spotted = self.things.names.spot([member.stem])
                    found += [self.index.posting(f"e{entry}") for each in spotted for entry in each.values]
        self.meaning.without = documents(merged([each for each in found if each.size]))


def _is_month(run, place):
    """Whether a "may" is the month, which a number stands beside."""
    beside = run[max(place - 1, 0) : place + 2]
    return run[place].exact == "may" and any(word.exact.isdigit() for word in beside)


def settle(meaning: Meaning) -> None:
    """Takes the groups that nothing in the index meets out of the conditions, unless all are so or they are strict."""
    for number, group in enumerate(meaning.groups):
        if not group.ways and number not in meaning.strict:
            meaning.unknown.append(group.label)
            meaning.groups[number] = replace(group, required=False)
