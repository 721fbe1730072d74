"""A query as a tree: words and phrases, how they are joined, and what restricts them. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .analysis import short_terms
from .english import carries_meaning

Remark = Literal[
    "too long", "unpaired quote", "unpaired bracket", "too many terms", "too deep", "lone operator", "not near"
]  # what was not read as typed


@dataclass(frozen=True, slots=True)
class Word:
    """A word to search for in any form, or with a `pattern` in which * is any letters and ? is one."""

    text: str
    exact: str
    stem: str
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one after the other, in the form typed or by their stems; a part may be a pattern."""

    text: str
    parts: tuple[str, ...]
    by: Literal["exact", "stem"] = "exact"

    @property
    def words(self) -> list[Word]:
        """Its words, each by itself."""
        return [Word(term.exact, term.exact, term.stem) for term in short_terms(self.text)]


@dataclass(frozen=True, slots=True)
class Near:
    """Things with at most `distance` words between the first of them and the last, `in_order` or in any order."""

    members: "tuple[Word | Phrase | Or, ...]"
    distance: int
    in_order: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A restriction: the name of a filter, and the value as typed."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    """All paragraphs without this."""

    member: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """Everything of this. Members that nothing was typed between may be a name of several words."""

    members: "tuple[Node, ...]"
    is_run: bool = False


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of these."""

    members: "tuple[Node, ...]"


Leaf = Word | Phrase
Node = Word | Phrase | Near | Field | Not | And | Or


def leaves(node: Node) -> Iterator[Leaf]:
    """The words and phrases to search for, in the order typed, without what is excluded."""
    if isinstance(node, Leaf):
        yield node
    elif not isinstance(node, Field | Not):
        for member in node.members:
            yield from leaves(member)


def fields(node: Node) -> Iterator[Field]:
    """All restrictions in the tree."""
    if isinstance(node, Field):
        yield node
    elif isinstance(node, Not):
        yield from fields(node.member)
    elif not isinstance(node, Leaf):
        for member in node.members:
            yield from fields(member)


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was read. Where it `is_exact`, a hit meets the whole tree.

    Otherwise single words of `members` should occur, and all other members must.
    """

    text: str  # as typed, in one Unicode form
    members: tuple[Node, ...] = ()
    is_exact: bool = False
    remarks: tuple[Remark, ...] = ()

    @property
    def tree(self) -> Node:
        """The whole query as one node."""
        return self.members[0] if len(self.members) == 1 else And(self.members)

    @property
    def terms(self) -> list[Leaf]:
        """All words and phrases to search for, in the order typed."""
        return [leaf for member in self.members for leaf in leaves(member)]

    @property
    def excluded(self) -> list[Node]:
        """What a hit must not meet."""
        return [member.member for member in self.members if isinstance(member, Not)]

    @property
    def is_of_phrases(self) -> bool:
        """Whether only phrases are searched for, which people quote because they want nothing else."""
        return bool(self.terms) and all(isinstance(member, Phrase | Not | Field) for member in self.members)

    @property
    def content_words(self) -> tuple[str, ...]:
        """The words typed that carry meaning, those of phrases too, without operators."""
        words = (word for term in self.terms for word in term.text.split())
        return tuple(dict.fromkeys(word for word in words if carries_meaning(word.casefold())))

    @property
    def without_conditions(self) -> str:
        """All words typed as a query without operators, fields and phrases; "" for a query that has none of these."""
        has_conditions = self.is_exact or any(not isinstance(member, Word | Or) for member in self.members)
        return " ".join(term.text for term in self.terms) if has_conditions else ""
