"""Which documents meet a query exactly: the algebra of the sets that the index gives for its words."""

import numpy as np

from .catalogue import Catalogue
from .engine.english import carries_meaning
from .engine.postings import documents, merged, near
from .engine.query_tree import And, Field, Leaf, Near, Node, Not, Or, Phrase, Word
from .expansion import Expansion
from .filtering import field_values, passing
from .named_results import name_stems


class Boolean:
    """The sets of documents over one scope."""

    def __init__(self, expansion: Expansion, catalogue: Catalogue) -> None:
        self.expansion, self.catalogue, self.scope = expansion, catalogue, expansion.scope

    def meeting(self, node: Node) -> np.ndarray:
        """For each document whether it meets the node; everything where a restriction names nothing known."""
        met = self._met(node)
        return np.ones(self.scope.size, bool) if met is None else met

    def occurrences(self, leaf: Leaf) -> np.ndarray:
        """Where a word occurs in any form or by a name, or what the thesaurus says for it, and a phrase as typed."""
        found = self.expansion.literal(leaf)
        if not isinstance(leaf, Word) or leaf.pattern or not self.expansion.names:
            return found
        if (leaf.stem,) not in self.catalogue.capitals or leaf.text.isupper():
            found = merged([found, *self.expansion.mentions(self.catalogue.names.exact([leaf.stem]))])
        return found if found.size else merged([self.expansion.phrase(says) for says in self.synonyms(leaf)])

    def synonyms(self, word: Word) -> list[tuple[str, ...]]:
        """The stems of what the thesaurus gives for a word."""
        return [name_stems(says) for says in self.catalogue.synonyms.exact([word.stem])]

    def near(self, node: Near) -> np.ndarray:
        """Where the first of the members of a nearness stands."""
        return near([self._spans(member) for member in node.members], node.distance, node.in_order)

    def _met(self, node):
        if isinstance(node, Leaf):
            return self._mask(self.occurrences(node))
        if isinstance(node, Near):
            return self._mask(self.near(node))
        if isinstance(node, Field):
            values = field_values(self.scope, self.catalogue, node.name, node.value)
            return passing(self.scope, self.catalogue, node.name, values) if values else None
        if isinstance(node, Not):
            met = self._met(node.member)
            return None if met is None else ~met
        if isinstance(node, And) and node.is_run:
            return self._run(node.members)
        sets = [met for met in map(self._met, node.members) if met is not None]
        return (np.logical_or if isinstance(node, Or) else np.logical_and).reduce(sets) if sets else None

    def _run(self, words):
        """Words beside each other: all of them, or for a name the mentions of what it names; little words need not."""
        met = np.ones(self.scope.size, bool)
        names = self.catalogue.names.longest([word.stem for word in words]) if self.expansion.names else []
        named = {match.first: match for match in names if match.last - match.first > 1}
        at = 0
        while at < len(words):
            end = named[at].last if at in named else at + 1
            meaningful = [word for word in words[at:end] if carries_meaning(word.exact)]
            own = np.logical_and.reduce([met, *(self._mask(self.occurrences(word)) for word in meaningful)])
            if at in named:
                own |= met & self._mask(merged(self.expansion.mentions(named[at].values)))
            met = own
            at = end
        return met

    def _mask(self, occurrences):
        mask = np.zeros(self.scope.size, bool)
        mask[documents(occurrences)] = True
        return mask

    def _spans(self, member):
        """Where a member of a nearness begins, in order, and where it ends."""
        leaves = member.members if isinstance(member, Or) else (member,)
        starts = [self.expansion.literal(leaf) for leaf in leaves]
        lengths = [len(leaf.parts) if isinstance(leaf, Phrase) else 1 for leaf in leaves]
        ends = [begin + length for begin, length in zip(starts, lengths, strict=True)]
        starts, ends = np.concatenate(starts), np.concatenate(ends)
        order = np.lexsort((ends, starts))
        return starts[order], ends[order]
