"""The query language: what people type, as a tree. Pure.

    words                             all of them
    "exact phrase"                    these words in this order, accents and case aside; a word may be a pattern
    migr*  wom?n                      any word that begins so, or fits so
    a AND b   a OR b   a NOT b   -a   both, either, the first without the second, none with it
    (a OR b) AND c                    brackets; also -(a b) and -"a b"
    a NEAR/5 b   NEAR(a b, 5)   "a b"~5   with at most five words between them; also w/5, and in order pre/5, ADJ5
    article:22  article:(22 OR 23)    only paragraphs linked to it; FIELD_NAMES lists the others

NEAR binds closest, then AND and NOT, then OR. Operators are in capitals, so that "and" and "or" in prose stay words.
Where a query has any but a plain OR it is exact: words that nothing is typed between belong together, as a name does.
Otherwise an OR joins the two words beside it, and single words should occur but need not. Nothing that can be typed is
an error: what cannot be read as an operator is left out or read as a word, and a remark says so.

luqum, the parser of Lucene's language, refuses what is not well-formed, has no NEAR and recurses without a limit;
Lark and pyparsing accept only what fits a grammar, so that most of what is here would have to run before them.
"""

import re
from collections.abc import Collection

from sections.text.fold import clean

from .query_tokens import FILTERS, MOST_DISTANCE, Token, repaired, straight, tokens
from .query_tree import And, Field, Leaf, Near, Node, Not, Or, Phrase, Query, Word
from .query_words import parts_of, with_field, word_of, words_of

__all__ = ["FILTERS", "MAX_CHARACTERS", "MAX_TERMS", "parse"]

MAX_CHARACTERS = 1000  # the rest is not read, and the page says so
MAX_TERMS = 40

_BESIDE = {"word", "phrase", "open", "field", "minus", "plus", "near_list"}


def parse(raw: str, names: Collection[str] = ()) -> Query:
    """The query that was typed; one of `names` at its beginning is a name, though it may be written as an operator."""
    typed, remarks = clean(raw), []
    text = straight(typed)
    if len(text) > MAX_CHARACTERS:
        text = text[:MAX_CHARACTERS]
        remarks.append("too long")
    if text.count('"') % 2:
        at = text.rindex('"')
        text = f"{text[:at]} {text[at + 1 :]}"
        remarks.append("unpaired quote")
    found = list(tokens(text))
    if found and found[0].text in names and found[0].kind in ("not", "near"):
        found[0] = Token("word", found[0].text)
    placed = repaired(found, remarks)
    reader = _Reader(placed)
    members = reader.sequence()
    if reader.is_exact or (reader.has_brackets and reader.has_or):
        reader = _Reader(placed, is_exact=True)
        members = reader.sequence()
    remarks += reader.remarks
    if not members:  # operators alone are words
        members = [word for token in found for word in words_of(token.text)][:MAX_TERMS]
    is_exact = reader.is_exact and bool(reader.terms or reader.fields)
    members = members if is_exact else _plain(members)
    return Query(typed, tuple(members), is_exact, tuple(dict.fromkeys(remarks)))


def _plain(members):
    """The members of a query without operators, where brackets and hyphens join nothing."""
    plain = []
    for member in members:
        if isinstance(member, And):
            plain += _plain(member.members)
        elif isinstance(member, Phrase) and member.by == "stem":
            plain += words_of(member.text)
        else:
            plain.append(member)
    return plain


class _Reader:
    """Reads tokens from the left, with a method for each level of the grammar; None for what has no words in it."""

    def __init__(self, found: list[Token], is_exact: bool = False) -> None:
        self.tokens, self.remarks = [*found], []
        self.at = self.terms = self.fields = 0
        self.is_exact, self.keeps_runs = is_exact, is_exact
        self.has_brackets = self.has_or = False

    @property
    def kind(self) -> str:
        return self.tokens[self.at].kind if self.at < len(self.tokens) else "end"

    def next(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def sequence(self) -> list[Node]:
        """What stands beside each other, up to the bracket that closes it or to the end."""
        members = []
        while self.kind not in ("close", "end"):
            members.append(self.either())
        return _present(members)

    def either(self) -> Node | None:
        members = [self.both()]
        while self.kind == "or":
            self.next()
            members.append(self.both())
        members = _present(members)
        if len(members) < 2:
            return _joined(members)
        self.has_or = True
        kinds = {member.name if isinstance(member, Field) else isinstance(member, Leaf) for member in members}
        self.is_exact |= len(kinds) > 1 or False in kinds  # else a choice of words, or of values of one field
        return Or(tuple(members))

    def both(self) -> Node | None:
        members = [self.near()]
        while self.kind in ("and", "not"):
            self.is_exact = True
            if self.kind == "and":
                self.next()
            members.append(self.near())
        return _joined(_present(members))

    def near(self) -> Node | None:
        members, operators = [self.beside()], []
        while self.kind == "near":
            self.is_exact = True
            operators.append(self.next())
            members.append(self.beside())
        if not operators or None in members:
            return _joined(_present(members))
        if len({operator._replace(text="") for operator in operators}) == 1:
            return self._near(members, operators[0])
        return And(tuple(map(self._near, zip(members, members[1:], strict=False), operators)))

    def beside(self) -> Node | None:
        """What nothing is typed between."""
        members = [self.single()]
        while self.keeps_runs and self.kind in _BESIDE:
            members.append(self.single())
        return _run(_present(members))

    def _near(self, members, operator):
        members = [_as_phrase(member) for member in members]
        if all(_is_near(member) for member in members):
            return Near(tuple(members), operator.distance, operator.in_order)
        self.remarks.append("not near")
        return And(tuple(members))

    def single(self) -> Node | None:
        """A word, a phrase, a field, something in brackets, or what is excluded."""
        return getattr(self, f"_{self.kind}")()

    def _word(self):
        return self._counted(word_of(self.next().text))

    def _phrase(self):
        token = self.next()
        parts = tuple(part for piece in token.text.split() for part in parts_of(piece))
        if token.distance >= 0 and len(parts) > 1:
            self.is_exact = True
            return self._counted(Near(tuple(Phrase(part, (part,)) for part in parts), token.distance), len(parts))
        return self._counted(Phrase(" ".join(token.text.split()), parts) if parts else None)

    def _plus(self):
        self.next()
        self.is_exact = True
        return self.single()

    def _not(self):
        self.next()
        self.is_exact = True
        member = self.single()
        return None if member is None else Not(member)

    def _minus(self):
        self.next()
        brackets = self.has_brackets
        member = self.single()
        self.has_brackets = brackets  # what is excluded leaves the other words as they are
        return None if member is None else Not(member)

    def _open(self):
        self.next()
        members = self.sequence()
        self.next()
        self.has_brackets = True
        return _run(members)

    def _near_list(self):
        operator = self._with_distance(self.next())
        node = self._open()
        if not isinstance(node, And):
            return node
        self.is_exact = True
        return self._near(node.members, operator)

    def _with_distance(self, operator):
        """The operator with the number after the last comma in the brackets, which is then no word."""
        end, depth = self.at, 0
        while depth or end == self.at:
            depth += {"open": 1, "close": -1}.get(self.tokens[end].kind, 0)
            end += 1
        *_, before, last = (token.text for token in self.tokens[self.at : end - 1])
        match = re.fullmatch(r"(.*),([0-9]{1,3})", before[-1:] + last if before.endswith(",") else last)
        if not match:
            return operator
        self.tokens[end - 2] = Token("word", match[1])
        return operator._replace(distance=min(int(match[2]), MOST_DISTANCE))

    def _field(self):
        name, exact, brackets = self.next().text, self.is_exact, self.has_brackets
        self.keeps_runs, keeps_runs = True, self.keeps_runs
        terms_before, node = self.terms, self.single()
        self.terms, self.fields, self.keeps_runs = terms_before, self.fields + 1, keeps_runs
        node = None if node is None else with_field(node, name)
        if isinstance(node, Field) or (isinstance(node, Or) and all(isinstance(one, Field) for one in node.members)):
            self.is_exact = exact
        self.has_brackets = brackets
        return node

    def _counted(self, node, count=1):
        """The node, or None once there are too many."""
        if node is None:
            return None
        self.terms += count
        if self.terms > MAX_TERMS:
            self.remarks.append("too many terms")
            return None
        return node


def _present(members):
    return [member for member in members if member is not None]


def _joined(members, is_run=False):
    if len(members) < 2:
        return members[0] if members else None
    return And(tuple(members), is_run)


def _run(members):
    return _joined(members, is_run=all(isinstance(member, Word) and not member.pattern for member in members))


def _as_phrase(member):
    """Words beside each other as one thing to be near another."""
    if isinstance(member, And) and member.is_run:
        text = " ".join(word.text for word in member.members)
        return Phrase(text, tuple(word.stem for word in member.members), "stem")
    return member


def _is_near(member):
    return isinstance(member, Leaf) or (
        isinstance(member, Or) and all(isinstance(alternative, Leaf) for alternative in member.members)
    )
