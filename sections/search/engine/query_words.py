"""The words and the phrases of a query, and the values of its fields. Pure."""

import re

from sections.text.fold import fold

from .analysis import terms
from .dates import in_words
from .query_tree import And, Field, Leaf, Near, Node, Not, Phrase, Word

MIN_PATTERN = 2  # letters and digits beside the wildcards
_WILDCARD = re.compile(r"\*|\?(?=\w)")


def _pattern(text):
    """The pattern that a text with wildcards is, "" for one without or with too little beside them."""
    if not _WILDCARD.search(text) or not re.fullmatch(r"[\w*?]+", text):
        return ""
    pattern = fold(text).rstrip("?")
    return pattern if len(re.sub(r"[*?]", "", pattern)) >= MIN_PATTERN else ""


def word_of(text: str) -> Word | Phrase | None:
    """What stands between spaces: a word, a pattern, or words joined by a hyphen; None for signs alone."""
    if pattern := _pattern(text):
        exact = re.sub(r"[*?]", "", pattern)
        return Word(text, exact, exact, pattern)
    words = words_of(text)
    if len(words) < 2:
        return words[0] if words else None
    return Phrase(text, tuple(word.stem for word in words), "stem")


def words_of(text: str) -> list[Word]:
    """All words of a text, a date in figures with the name of the month."""
    text = in_words(text)
    return [Word(text[term.start : term.end], term.exact, term.stem) for term in terms(text)]


def leaf_of(words: list[Word]) -> Leaf:
    """Words in a row as one thing to look for, in any forms of them."""
    if len(words) == 1:
        return words[0]
    return Phrase(" ".join(word.text for word in words), tuple(word.stem for word in words), "stem")


def parts_of(text: str) -> tuple[str, ...]:
    """What stands between spaces in a phrase: the exact forms of its words, or a pattern."""
    pattern = _pattern(text)
    return (pattern,) if pattern else tuple(term.exact for term in terms(text))


def with_field(node: Node, name: str) -> Node:
    """The tree with each word of it as a value of the field."""
    if isinstance(node, Leaf):
        return Field(name, node.text)
    if isinstance(node, Field):
        return node
    if isinstance(node, Not):
        return Not(with_field(node.member, name))
    if isinstance(node, Near) or (isinstance(node, And) and node.is_run):
        return Field(name, " ".join(member.text for member in node.members if isinstance(member, Leaf)))
    return type(node)(tuple(with_field(member, name) for member in node.members))
