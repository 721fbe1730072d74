"""Words as they are meant: mended where misspelt, parted where run together, translated from other languages.

A word that the report or a name contains stays as it is.
"""

from dataclasses import replace

from django.utils.translation import get_language

from .catalogue import Catalogue
from .engine import spellcheck
from .engine.analysis import short_terms, stem
from .engine.english import REPORT_PARTS, carries_meaning
from .engine.foreign import LITTLE_WORDS, foreign_stem, without_elision
from .engine.postings import documents, phrase
from .engine.query_tree import And, Near, Node, Not, Or, Phrase, Query, Word
from .expansion import Expansion
from .plan import QueryPlan

MIN_PARTS = 3  # letters of each of two words that are written as one
MIN_JOINED = 7


class Meant:
    """Reads the words of a query and notes in the plan what it changed; with `exact` nothing is mended."""

    def __init__(
        self, expansion: Expansion, catalogue: Catalogue, exact: bool, translates: bool, planned: QueryPlan
    ) -> None:
        self.expansion, self.catalogue, self.exact, self.planned = expansion, catalogue, exact, planned
        self.scope = expansion.scope
        self.translates = translates and expansion.names and not exact

    def query(self, query: Query) -> Query:
        """The query with its words as they are meant."""
        if query.is_exact:
            return replace(query, members=tuple(map(self._node, query.members)))
        members, run = [], []
        for member in query.members:
            if isinstance(member, Word) and not member.pattern:
                run.append(member)
            else:
                members += [*self._run(run), self._node(member)]
                run = []
        return replace(query, members=(*members, *self._run(run)))

    def _node(self, node: Node) -> Node:
        if isinstance(node, Word):
            return node if node.pattern else self._alone(node)
        if isinstance(node, And) and node.is_run:
            words = self._run(list(node.members))
            return replace(node, members=tuple(words)) if words else node
        if isinstance(node, And | Or | Near):
            return replace(node, members=tuple(map(self._node, node.members)))
        return replace(node, member=self._node(node.member)) if isinstance(node, Not) else node

    def _alone(self, word):
        """A word among operators; where another language has several words for it, these in a row."""
        words = self._run([word])
        if len(words) == 1:
            return words[0]
        text = " ".join(each.text for each in words)
        return Phrase(text, tuple(each.stem for each in words), "stem") if words else word

    def _run(self, run):
        run = self._together(run)
        run = self._translated(run) if self.translates else run
        return [mended for word in run for mended in self._mended(word)]

    def _together(self, run):
        """The words, two of which become one where the report has only that: "non governmental"."""
        words = []
        for word in run:
            before = words[-1] if words else None
            joined = before and before.exact.isalpha() and word.exact.isalpha() and before.exact + word.exact
            if joined and not self.expansion.phrase([before.stem, word.stem]).size:
                one = Word(f"{before.text}{word.text}", joined, stem(joined))
                if carries_meaning(before.exact) and carries_meaning(word.exact) and self._is_known(one):
                    words[-1] = one
                    continue
            words.append(word)
        return words

    def _is_known(self, word):
        if word.exact in REPORT_PARTS or not carries_meaning(word.exact):
            return True
        if self.catalogue.knows(word.stem) or self.scope.words.forms(word.stem):
            return True
        return self.expansion.subject([word.stem]).size > 0

    def _is_said(self, word):
        """Whether the report or a name contains the word itself, so that it is none of another language."""
        if word.exact in REPORT_PARTS or not carries_meaning(word.exact):
            return True
        return self.catalogue.names_say(word.stem) or bool(self.scope.words.forms(word.stem))

    def _mended(self, word):
        """The word, or its spelling correction or the two words that it is if the report does not contain it."""
        distance = 0 if self.exact or self._is_known(word) else spellcheck.max_distance(word.exact)
        if not distance:
            return [word]
        correction, apart = self._parted(word.exact)
        if not correction:
            known = [*self.scope.words.like(word.exact, distance), *self.catalogue.known_words(self.scope)]
            correction = spellcheck.correct(word.exact, known) or apart
        if not correction:
            return [word]
        self.planned.corrections.append((word.text, correction))
        return _words(correction)

    def _parted(self, word):
        """The word as two that the report has, one after the other and anywhere; "" where there are none."""
        if len(word) < MIN_JOINED:
            return "", ""
        pairs = [(word[:at], word[at:]) for at in range(MIN_PARTS, len(word) - MIN_PARTS + 1)]
        known = self.scope.words.counts({part for pair in pairs for part in pair})
        found = []
        for pair in pairs:
            if known.get(pair[0]) and known.get(pair[1]):
                together = phrase([self.scope.posting(f"w{part}") for part in pair])
                found.append((documents(together).size, min(known[part] for part in pair), pair))
        count, _, pair = max(found, default=(0, 0, ()))
        return " ".join(pair) if count else "", " ".join(pair)

    def _translated(self, run):
        """The words with those of another language in that of the text; then without the little words of the other."""
        unknown = [not self._is_said(word) for word in run]
        if not any(unknown) and (len(run) < 2 or self._count(run)):
            return run
        readings = []
        for language, lexicon in self.catalogue.lexicon.items():
            keys = [foreign_stem(language, _exact(language, word)) for word in run]
            matches = lexicon.longest(keys)
            little = [word for word in run if word.exact in LITTLE_WORDS[language]]
            places = {at for match in matches for at in range(match.first, match.last)}
            is_marked = any(carries_meaning(word.exact) for word in little) or not all(map(_is_ascii, run))
            is_all = is_marked and all(
                at in places or word in little or self._is_known(word) for at, word in enumerate(run)
            )
            if is_all or any(self._is_foreign(run, unknown, match) for match in matches):
                readings.append((len(places) + len(little), language == get_language(), language, matches))
        if not readings:
            return run
        *_, language, matches = max(readings, key=lambda reading: reading[:3])
        return self._in_english(run, unknown, language, {match.first: match for match in matches})

    def _in_english(self, run, unknown, language, matches):
        words, at = [], 0
        names = self.catalogue.names.longest([word.stem for word in run])
        named = {place for match in names for place in range(match.first, match.last)}
        while at < len(run):
            match = matches.get(at)
            end = match.last if match else at + 1
            own = run[at:end]
            if match and not named.intersection(range(at, end)) and (says := self._best(match.values)):
                english = _words(says)
                if self._is_foreign(run, unknown, match) or self._count(english) > self._count(own):
                    typed = " ".join(word.text for word in own)
                    if [word.stem for word in english] != [word.stem for word in own]:
                        self.planned.translations.append((typed, says))
                    own = english
            elif at not in named and run[at].exact in LITTLE_WORDS[language]:
                own = []
            words += own
            at = end
        return words or run

    def _is_foreign(self, run, unknown, match):
        """Whether neither the report nor a name has the words that a term of the lexicon matches, in a row."""
        if match.last - match.first == 1:
            return unknown[match.first]
        stems = [word.stem for word in run[match.first : match.last]]
        return not self.catalogue.names.exact(stems) and not self.expansion.phrase(stems).size

    def _best(self, says):
        """The first translation that the report has, or else the first."""
        return next((text for text in says if self._count(_words(text))), says[0])

    def _count(self, words):
        return self.expansion.phrase([word.stem for word in words]).size


def _words(text):
    return [Word(text[term.start : term.end], term.exact, term.stem) for term in short_terms(text)]


def _is_ascii(word):
    return word.text.isascii()


def _exact(language, word):
    return without_elision(word.exact, word.text) if language == "fr" else word.exact
