"""The clauses to rank by: each thing asked for, with all the variants by which the report may express it."""

from itertools import pairwise

from .boolean import Boolean
from .catalogue import Catalogue
from .engine.english import LOW_INFORMATION, carries_meaning
from .engine.match_spans import Mark
from .engine.query_tree import And, Leaf, Near, Node, Or, Phrase, Word, leaves
from .engine.scoring import Clause, Variant
from .expansion import IN_NAME, JOINED, RELATED, SIMILAR_NAME, SYNONYM, TRANSLATED, Expansion
from .named_results import name_stems
from .query_plan import Alternatives, QueryPlan

LOW_WEIGHT = 0.4  # of a low-information word


class Clauses:
    """Adds to a plan the clauses for what is asked for, with the marks that show where a text meets them."""

    def __init__(self, planned: QueryPlan, expansion: Expansion, catalogue: Catalogue, keep_stop_words: bool) -> None:
        self.planned, self.expansion, self.catalogue = planned, expansion, catalogue
        self.keep_stop_words = keep_stop_words
        self.scope, self.names = expansion.scope, expansion.names
        self.sets = Boolean(expansion, catalogue)
        self.name_clauses: set[int] = set()

    def add_run(self, run: list[Word]) -> None:
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
        self._add_joined(run, clauses)
        for translated in self.planned.also:
            self._add_translations(translated, run, clauses)
        self._add_similar_entries(run, clauses)
        if self.expansion.thesaurus:
            for match in self.catalogue.synonyms.longest(stems):
                self._add_synonyms(run, range(match.first, match.last), match.values, clauses)
            for places, values in self.catalogue.synonyms.scattered(stems):
                self._add_synonyms(run, places, values, clauses)

    def add_condition(self, node: Node) -> None:
        """A phrase, a pattern, things near each other, or alternatives: one clause, which a hit must meet."""
        variants = []
        if isinstance(node, Near):
            variants.append(Variant(self.sets.near(node)))
        members = [node] if isinstance(node, Near) else list(leaves(node))
        for leaf in leaves(node):
            if not isinstance(node, Near):
                variants += self._variants(leaf)
        label = " or ".join(" ".join(leaf.text for leaf in leaves(member)) for member in members)
        number = self._add(Clause(label, variants))
        self.planned.required.append(number)
        for leaf in leaves(node):
            self._mark_leaf(number, leaf)

    def add_tree(self, node: Node) -> None:
        """Clauses for all that is asked for in an exact query; whether a document is a hit its tree decides."""
        if isinstance(node, And) and node.is_run:
            self.add_run(list(node.members))
        elif isinstance(node, Word) and not node.pattern:
            self.add_run([node])
        elif isinstance(node, Leaf | Near):
            self.add_condition(node)
        elif isinstance(node, And | Or):
            for member in node.members:
                self.add_tree(member)

    def _variants(self, leaf):
        if isinstance(leaf, Phrase) or leaf.pattern:
            return [Variant(self.expansion.literal(leaf))]
        return [*self.expansion.word(leaf), Variant(self.sets.occurrences(leaf), is_typed=False)]

    def _mark_leaf(self, number, leaf):
        if isinstance(leaf, Phrase):
            by = "stem" if leaf.by == "stem" else "exact"
            plain = not any(mark in part for part in leaf.parts for mark in "*?")
            words = [leaf.parts] if plain else [(part,) for part in leaf.parts]
            self.planned.marks += [Mark(number, each, by if plain else "pattern") for each in words]
        elif leaf.pattern:
            self.planned.marks.append(Mark(number, (leaf.pattern,), "pattern"))
        else:
            is_name = self.names and self._may_be_name([leaf], 0, 1)
            named = self.catalogue.names.exact([leaf.stem]) if is_name else ()
            self.planned.entries += named
            self._mark(number, [(leaf.stem,)], named)

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

    def _add_joined(self, run, clauses):
        """Two words that the report writes as one: further variants of both."""
        for place, (first, second) in enumerate(pairwise(run)):
            joined = self.expansion.joined(first, second)
            for number in {clauses[at] for at in (place, place + 1) if at in clauses} if joined else ():
                self.planned.clauses[number].variants.append(Variant(joined.postings, JOINED))
                self._mark(number, [(joined.stem,)])

    def _add_similar_entries(self, run, clauses):
        """Entries whose name is almost what the words say: a further variant of each word."""
        clause_of = {run[place].stem: number for place, number in clauses.items() if number not in self.name_clauses}
        for entry in self.catalogue.similar_entries(set(clause_of)) if self.names else ():
            (mentions,) = self.expansion.mentions([entry])
            typed, name = " ".join(word.text for word in run), self.catalogue.entries[entry].name
            self.planned.alternatives.append(Alternatives(typed, (name,), entry))
            for number in clause_of.values():
                self.planned.clauses[number].variants.append(Variant(mentions, SIMILAR_NAME, is_typed=False))
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

    def _add_translations(self, translated, run, clauses):
        """Adds further translations of words in a row to all clauses that these have."""
        size = len(translated.stems)
        for first in range(len(run) - size + 1):
            places = range(first, first + size)
            if tuple(run[place].stem for place in places) != translated.stems:
                continue
            if not translated.is_sure:
                self._add_synonyms(run, places, translated.says, clauses)
                continue
            for number in {clauses[place] for place in places if place in clauses}:
                for says in translated.says:
                    sequence = name_stems(says)
                    entries = self.catalogue.names.exact(sequence)
                    self.planned.clauses[number].variants += self.expansion.translation(sequence, entries)
                    self._mark(number, [sequence], entries, TRANSLATED)

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
