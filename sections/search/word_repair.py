"""Words as they are meant: mended where misspelt, parted where run together, translated from other languages.

A word that the report or a name contains stays as it is.
"""

from dataclasses import replace

from django.conf import settings
from django.utils.translation import get_language

from .as_printed import as_printed
from .catalogue import Catalogue
from .engine import spellcheck
from .engine.analysis import short_terms, stem
from .engine.dictionary import Dictionary
from .engine.english import REPORT_PARTS, carries_meaning
from .engine.foreign import LITTLE_WORDS, foreign_stem, without_elision
from .engine.postings import documents, phrase
from .engine.query_tree import And, Near, Node, Not, Or, Query, Word
from .engine.query_words import leaf_of
from .expansion import Expansion
from .query_plan import QueryPlan, Translated

MIN_PARTS = 3  # letters of each of two words that are written as one
MIN_JOINED = 7
RARE = 3  # times as often as the word itself does the report have its translation
PLURALS = ("s", "children", "women", "people")
DICTIONARY = Dictionary(settings.DATA_DIR / "dictionary")


class WordRepair:
    """Reads the words of a query and notes in the plan what it changed; with `exact` nothing is mended."""

    def __init__(
        self, expansion: Expansion, catalogue: Catalogue, exact: bool, translates: bool, planned: QueryPlan
    ) -> None:
        self.expansion, self.catalogue, self.exact, self.planned = expansion, catalogue, exact, planned
        self.scope = expansion.scope
        self.language = ""  # of a query with operators that is wholly of another one
        self.translates = translates and expansion.names and not exact

    def query(self, query: Query) -> Query:
        """The query with its words as they are meant."""
        if query.is_exact:
            words = [term for term in query.terms if isinstance(term, Word) and not term.pattern]
            if words and self.translates:
                self.language, _ = self._reading(words, [not self._is_said(word) for word in words])
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
        """A word among operators: any of its translations, of which one may be of several words in a row."""
        noted = len(self.planned.also)
        words = self._run([word])
        if words == [word] and self.language:
            words = self._in_language(word)
            return Or((word, *map(leaf_of, words))) if words else word
        leaves = [leaf_of(words) if words else word]
        for translated in self.planned.also[noted:]:
            leaves += [leaf_of(_words(says)) for says in translated.says]
        return Or(tuple(leaves)) if len(leaves) > 1 else leaves[0]

    def _in_language(self, word):
        """What a word that the report has means in the other language of the query; none where that is the same."""
        key = foreign_stem(self.language, _exact(self.language, word))
        says = self.catalogue.lexicon[self.language].exact([key])
        translated = map(_words, self._said(says, [word]))
        return [words for words in translated if [each.stem for each in words] != [word.stem]]

    def _run(self, run):
        if not self.exact:
            run = as_printed(run, self.scope, self.catalogue.names, self.planned)
        run = self._together([self._without_elision(word) for word in run])
        run, corrected = self._translated(run), len(self.planned.corrections)
        mended = [mended for word in run for mended in self._mended(word, run)]
        return self._translated(mended) if len(self.planned.corrections) > corrected else mended

    def _without_elision(self, word):
        """A known word without the French article before it, as in "l'INM", unless that is a word as it stands."""
        rest = without_elision(word.exact, word.text)
        if self.exact or rest == word.exact or self._is_known(word):
            return word
        one = Word(word.text[-len(rest) :], rest, stem(rest))
        return one if self._is_known(one) else word

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
        if self.catalogue.names_say(word.stem) or self.scope.words.forms(word.stem):
            return True
        return bool(self.catalogue.synonyms.exact([word.stem])) or (
            get_language()[:2] == "en" and DICTIONARY.has_english(word.exact)
        )

    def _mended(self, word, run):
        """The word, or its spelling correction or the two words that it is if the report does not contain it.

        Corrected is only what is no word of a dictionary, to what the report or the names in it contain.
        """
        distance = 0 if self.exact or self._is_known(word) else spellcheck.max_distance(word.exact)
        if not distance:
            return [word]
        correction, apart = self._parted(word.exact)
        if not correction:
            known = [*self.scope.words.like(word.exact, distance), *self.catalogue.known_words(self.scope)]
            correction = spellcheck.correct(word.exact, known) or apart
            if not correction and self.translates:
                correction = spellcheck.correct(word.exact, self.catalogue.foreign_words)
        if not correction or DICTIONARY.has(word.exact, [each.exact for each in run], get_language()):
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
        """The words with those of another language in that of the text, and notes on what they also mean."""
        if not self.translates:
            return run
        unknown = [not self._is_said(word) for word in run]
        if any(unknown) or (len(run) > 1 and not self._count(run)):
            language, matches = self._reading(run, unknown)
            if language:
                run = self._in_english(run, unknown, language, {match.first: match for match in matches})
        return self._note_translations(run, self._named(run))

    def _reading(self, run, unknown):
        """The other language of which the words are, with the terms of the lexicon in them; "" for none."""
        readings = []
        for language, lexicon in self.catalogue.lexicon.items():
            matches = lexicon.longest([foreign_stem(language, _exact(language, word)) for word in run])
            little = {at for at, word in enumerate(run) if word.exact in LITTLE_WORDS[language]}
            own = little | {at for match in matches for at in range(match.first, match.last)}
            is_marked = any(carries_meaning(run[at].exact) for at in little) or not all(
                word.text.isascii() for word in run
            )
            is_all = is_marked and all(
                at in own or self._is_known(word) or DICTIONARY.has(word.exact, language=language)
                for at, word in enumerate(run)
            )
            if is_all or any(self._is_foreign(run, unknown, match) for match in matches):
                readings.append((len(own), language == get_language(), language, matches))
        return max(readings, key=lambda reading: reading[:3])[2:] if readings else ("", [])

    def _named(self, run):
        """The places of the words that are names of entries."""
        names = self.catalogue.names.longest([word.stem for word in run])
        return {place for match in names for place in range(match.first, match.last)}

    def _note_translations(self, run, named):
        """Notes what words of another language mean that the report has only in a name or a quotation.

        In a query that is wholly of the other language the translation stands for them, and they are noted.
        """
        for language, lexicon in self.catalogue.lexicon.items():
            matches = lexicon.longest([foreign_stem(language, _exact(language, word)) for word in run])
            is_all = self._is_all_in(language, run, matches)
            for match in reversed(matches):
                own, typed = run[match.first : match.last], _text(run[match.first : match.last])
                says = self._said(match.values, own)
                is_named = named.intersection(range(match.first, match.last))
                if not says or is_named or self._count(own) * RARE > max(self._count(_words(one)) for one in says):
                    continue
                if not is_all:
                    self._note(own, says, is_sure=False)
                    continue
                self.planned.translations += [(typed, one) for one in says]
                self._note(_words(says[0]), [*says[1:], typed])
                run = [*run[: match.first], *_words(says[0]), *run[match.last :]]
        return run

    def _is_all_in(self, language, run, matches):
        """Whether all words are of the other language, which is the reader's or has little words among them.

        They are not where the report has them all in a row, as a name, unless they are one term.
        """
        own = {at for match in matches for at in range(match.first, match.last)}
        little = {at for at, word in enumerate(run) if word.exact in LITTLE_WORDS[language]}
        is_term = any(match.last - match.first == len(run) for match in matches)
        is_used = little or language == get_language()[:2]
        return is_used and own | little == set(range(len(run))) and (is_term or not self._count(run))

    def _note(self, words, says, is_sure=True):
        """Notes what else says what these words say; what they inflect only is nothing else."""
        stems = tuple(word.stem for word in words)
        others = tuple(one for one in says if tuple(word.stem for word in _words(one)) != stems)
        if others:
            self.planned.also.append(Translated(stems, others, is_sure))

    def _in_english(self, run, unknown, language, matches):
        words, at = [], 0
        named = self._named(run)
        while at < len(run):
            match = matches.get(at)
            end = match.last if match else at + 1
            own = run[at:end]
            if match and not named.intersection(range(at, end)):
                best, *others = self._said(match.values, own)
                english = _words(best)
                if self._is_foreign(run, unknown, match) or self._count(english) > self._count(own):
                    typed = _text(own)
                    if [word.stem for word in english] != [word.stem for word in own]:
                        self.planned.translations += [(typed, one) for one in (best, *others)]
                    self._note(english, others)
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

    def _said(self, translations, own):
        """The translations that the report has, the best first, of the very word where the lexicon has it.

        Words that differ by an accent, in number or in gender share a stem: traite and traité, trata and trato.

        The best has the fewest words, then occurs most, then is in the plural where that was typed.
        """
        typed, stripped = _text(own).casefold(), [word.exact.rstrip("sx") for word in own]
        as_written = [each.says for each in translations if each.term.casefold() == typed]
        same = [each.says for each in translations if [word.rstrip("sx") for word in each.words] == stripped]
        says = dict.fromkeys(as_written or same or [each.says for each in translations])
        counts = {text: self._count(_words(text)) for text in says}
        is_plural = own[-1].exact.endswith(("s", "x"))
        present = [text for text in says if counts[text]] or list(says)[:1]
        return sorted(present, key=lambda text: (len(text.split()), -counts[text], text.endswith(PLURALS) != is_plural))

    def _count(self, words):
        return self.expansion.phrase([word.stem for word in words]).size


def _text(words):
    return " ".join(word.text for word in words)


def _words(text):
    return [Word(text[term.start : term.end], term.exact, term.stem) for term in short_terms(text)]


def _exact(language, word):
    return without_elision(word.exact, word.text) if language == "fr" else word.exact
