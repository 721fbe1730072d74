"""Query planning: each thing asked for as a clause, with all the variants by which the report may express it."""

from dataclasses import dataclass, field

import numpy as np

from .catalogue import Catalogue
from .engine import spellcheck
from .engine.analysis import stem
from .engine.english import LOW_INFORMATION, REPORT_PARTS, carries_meaning
from .engine.match_spans import Mark
from .engine.postings import EMPTY, documents, merged
from .engine.query_parser import Phrase, Query, Word
from .engine.scoring import Clause, Variant
from .expansion import IN_NAME, RELATED, SIMILAR_NAME, SYNONYM, Expansion
from .named import name_stems
from .request import SearchRequest
from .scope import Scope

LOW_WEIGHT = 0.4  # of a low-information word


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What else was searched for: the words typed, the other names or words, and the key of the entry if it is one."""

    typed: str
    names: tuple[str, ...]
    entry: int | None = None


@dataclass(slots=True)
class QueryPlan:
    """What to rank by, what to mark, what to leave out, and what to tell the reader."""

    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)  # of the request and of fields in the query
    fields: list[tuple[str, str, str | None]] = field(default_factory=list)  # typed: (field, as typed, value if known)
    clauses: list[Clause] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    required: list[int] = field(default_factory=list)  # clauses that partial matches meet too
    excluded: np.ndarray = field(default_factory=lambda: EMPTY)  # documents
    alternatives: list[Alternatives] = field(default_factory=list)
    corrections: list[tuple[str, str]] = field(default_factory=list)  # (as typed, as corrected)
    unknown: list[str] = field(default_factory=list)  # what the report does not contain
    entries: list[int] = field(default_factory=list)  # that the query names
    subjects: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)  # stems searched in subjects, by clause
    stems: list[str] = field(default_factory=list)  # of the words that carry meaning


def plan(request: SearchRequest, query: Query, scope: Scope, catalogue: Catalogue) -> QueryPlan:
    """The plan for a query in the report of the scope.

    Clauses that nothing in the report matches become optional, unless they are required.
    """
    expansion = Expansion(scope, catalogue, request.names, request.ignored)
    planned = _Planner(query, catalogue, expansion, request.exact).plan()
    planned.fields = [(name, typed, catalogue.field_value(name, typed)) for name, typed in query.fields]
    planned.filters = dict(request.filters)
    for name, _, value in planned.fields:
        if value is not None and value not in planned.filters.get(name, ()):
            planned.filters[name] = (*planned.filters.get(name, ()), value)
    for number, clause in enumerate(planned.clauses):
        if not clause.variants and number not in planned.required:
            planned.unknown.append(clause.label)
            clause.optional = True
    return planned


class _Planner:
    def __init__(self, query, catalogue, expansion, exact) -> None:
        self.query, self.catalogue, self.expansion, self.exact = query, catalogue, expansion, exact
        self.scope, self.names = expansion.scope, expansion.names
        self.planned = QueryPlan()
        self.name_clauses = set()
        # A query of stop words only is searched for as it is.
        self.keep_stop_words = not any(
            isinstance(term, Phrase) or term.prefix or carries_meaning(term.exact) for term in query.terms
        )

    def plan(self):
        run = []
        for members in self.query.groups:
            if len(members) == 1 and isinstance(members[0], Word) and not members[0].prefix:
                run.append(self._corrected(members[0]))
            else:
                self._add_run(run)
                run = []
                self._add_group(members)
        self._add_run(run)
        self._exclude()
        return self.planned

    def _corrected(self, word):
        """The word, or its spelling correction if the report does not contain it."""
        distance = 0 if self.exact or self._is_known(word) else spellcheck.max_distance(word.exact)
        if not distance:
            return word
        known = [*self.scope.words.like(word.exact, distance), *self.catalogue.known_words(self.scope)]
        correction = spellcheck.correct(word.exact, known)
        if not correction:
            return word
        self.planned.corrections.append((word.text, correction))
        return Word(correction, correction, stem(correction))

    def _is_known(self, word):
        if word.exact in REPORT_PARTS or not carries_meaning(word.exact):
            return True
        if self.catalogue.knows(word.stem) or self.scope.words.forms(word.stem):
            return True
        return self.expansion.subject([word.stem]).size > 0

    def _add_run(self, run):
        """Words in a row: first names, then each word by itself, then similar names and synonyms of all of them."""
        stems = [word.stem for word in run]
        clauses = {}  # by place in the run
        names = self.catalogue.names.longest(stems, lambda first, last: self._may_be_name(run, first, last))
        for match in names if self.names else ():
            clause = self._add_name(run[match.first : match.last], match.values)
            clauses.update(dict.fromkeys(range(match.first, match.last), clause))
        has_content = any(carries_meaning(word.exact) and word.exact not in LOW_INFORMATION for word in run)
        for place, word in enumerate(run):
            if place not in clauses and (self.keep_stop_words or carries_meaning(word.exact) or _is_month(run, place)):
                clauses[place] = self._add_word(word, has_content and word.exact in LOW_INFORMATION)
        self._add_similar_entries(run, clauses)
        if self.expansion.thesaurus:
            for match in self.catalogue.synonyms.longest(stems):
                self._add_synonyms(run, range(match.first, match.last), match.values, clauses)
            for places, values in self.catalogue.synonyms.scattered(stems):
                self._add_synonyms(run, places, values, clauses)

    def _may_be_name(self, run, first, last):
        """A name that is also a stop word counts only in capitals, and not where everything is in capitals."""
        if last - first > 1 or (run[first].stem,) not in self.catalogue.capitals:
            return True
        all_capitals = len(run) > 1 and all(word.text.isupper() for word in run if word.text.isalpha())
        return run[first].text.isupper() and not all_capitals

    def _add_name(self, words, entries):
        typed = " ".join(word.text for word in words)
        sequences = self.expansion.names_of(tuple(word.stem for word in words), entries)
        number = self._add(Clause(typed, self.expansion.name(sequences, entries)))
        self.name_clauses.add(number)
        self._mark(number, sequences, entries)
        for entry in entries:
            item = self.catalogue.entries[entry]
            names = dict.fromkeys(name for name in (item.name, *item.names) if name_stems(name) != name_stems(typed))
            self.planned.alternatives.append(Alternatives(typed, tuple(names), entry))
        self.planned.entries.extend(entries)
        return number

    def _add_similar_entries(self, run, clauses):
        """Entries whose name is almost what the words say: a further variant of each word."""
        clause_of = {run[place].stem: number for place, number in clauses.items() if number not in self.name_clauses}
        for entry in self.catalogue.similar_entries(set(clause_of)) if self.names else ():
            (mentions,) = self.expansion.mentions([entry])
            typed, name = " ".join(word.text for word in run), self.catalogue.entries[entry].name
            self.planned.alternatives.append(Alternatives(typed, (name,), entry))
            for number in clause_of.values():
                self.planned.clauses[number].variants.append(Variant(mentions, SIMILAR_NAME))
                self._mark(number, [], [entry], SIMILAR_NAME)

    def _add_word(self, word, is_low):
        weight = LOW_WEIGHT if is_low else 1.0
        number = self._add(Clause(word.text, self.expansion.word(word), optional=is_low, weight=weight))
        self._mark(number, [(word.stem,)])
        if self.names:
            related = self.scope.words.relatives(word.stem)
            self.planned.marks += [Mark(number, (other,), weight=RELATED) for other in related]
            self._mark(number, [], self.catalogue.entries_with(word.stem), IN_NAME)
        self.planned.stems.append(word.stem)
        return number

    def _add_synonyms(self, run, places, synonyms, clauses):
        """Adds the synonyms of a thesaurus term to all clauses that it covers."""
        numbers = {clauses[place] for place in places if place in clauses}
        used = []
        for synonym in synonyms:
            sequence = name_stems(synonym)
            entries = self.catalogue.names.exact(sequence)
            variants = self.expansion.synonym(sequence, entries)
            if not variants:
                continue
            used.append(synonym)
            for number in numbers:
                self.planned.clauses[number].variants += variants
                self._mark(number, [sequence], entries, SYNONYM)
        if used and numbers:
            typed = " ".join(run[place].text for place in places)
            others = tuple(synonym for synonym in used if name_stems(synonym) != name_stems(typed))
            self.planned.alternatives += [Alternatives(typed, others)] if others else []

    def _add_group(self, members):
        """Alternatives joined by OR, a phrase, or a prefix: a required clause."""
        variants, quoted, entries, stems = [], [], [], []
        for member in members:
            if isinstance(member, Phrase) or member.prefix:
                variants.append(Variant(self.expansion.literal(member)))
                quoted.append((member.exacts, "exact") if isinstance(member, Phrase) else ((member.exact,), "prefix"))
            else:
                word = self._corrected(member)
                is_name = self.names and self._may_be_name([word], 0, 1)
                named = self.catalogue.names.exact([word.stem]) if is_name else ()
                variants += [*self.expansion.word(word), *map(Variant, self.expansion.mentions(named))]
                entries += named
                stems.append((word.stem,))
        number = self._add(Clause(" or ".join(member.text for member in members), variants))
        self.planned.required.append(number)
        self.planned.entries += entries
        self.planned.marks += [Mark(number, words, by) for words, by in quoted]
        self._mark(number, stems, entries)

    def _exclude(self):
        postings = []
        for member in self.query.excluded:
            postings.append(self.expansion.literal(member))
            if self.names and isinstance(member, Word) and not member.prefix:
                postings += self.expansion.mentions(self.catalogue.names.exact([member.stem]))
        self.planned.excluded = documents(merged(postings))

    def _add(self, clause):
        """The number of the clause; one that is asked for twice is one clause."""
        clause.variants = [variant for variant in clause.variants if variant.postings.size]
        for number, other in enumerate(self.planned.clauses):
            if other.label.casefold() == clause.label.casefold():
                return number
        self.planned.clauses.append(clause)
        return len(self.planned.clauses) - 1

    def _mark(self, number, sequences, entries=(), weight=1.0):
        """Notes what shows that a paragraph meets the clause: stems in its text or subjects, mentions of entries."""
        self.planned.marks += [Mark(number, sequence, weight=weight) for sequence in sequences]
        self.planned.marks += [Mark(number, by="entry", entry=entry, weight=weight) for entry in entries]
        self.planned.subjects += [(number, sequence) for sequence in sequences if self.names]


def _is_month(run, place):
    """Whether a "may" is the month, beside a number."""
    neighbours = run[max(place - 1, 0) : place + 2]
    return run[place].exact == "may" and any(word.exact.isdigit() for word in neighbours)
