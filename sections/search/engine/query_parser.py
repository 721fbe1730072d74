"""The query language: what people type, as one frozen object. Pure.

    words               all of them
    "exact phrase"      these words in this order, accents and case aside
    one OR other        either
    -word  -"phrase"    paragraphs without it
    begin*              any word with this prefix
    institution:INM     only paragraphs that mention it; likewise law: programme: article: part: reply:

Nothing that can be typed is an error. What cannot be read as an operator is read as words.
"""

import re
from dataclasses import dataclass
from typing import Literal

from sections.text.fold import clean

from .analysis import terms
from .english import carries_meaning

FILTERS = ("part", "article", "institution", "law", "programme", "reply")
MAX_CHARACTERS = 1000  # the rest is not read, and the page says so
MAX_TERMS = 40

_PIECE = re.compile(
    rf"""
    (?P<minus>(?<!\S)[-−–](?=\S))?
    (?:
        (?P<field>(?i:{"|".join(FILTERS)})):(?:"(?P<quoted>[^"]*)"|(?P<value>[^\s"]+))
      | "(?P<phrase>[^"]*)"
      | (?P<or>(?<!\S)(?:OR|\|)(?!\S))
      | (?P<number>\d{{1,3}}(?:[ ,\u00a0\u202f]\d{{3}})+(?:\.\d+)?(?![\w/]))
      | (?P<words>[^\s"]+)
      | (?P<stray>")
    )
    """,
    re.VERBOSE,
)
_QUOTES = str.maketrans("“”„«»″", '""""""')

Remark = Literal["too long", "unpaired quote", "too many terms"]  # what was not read as typed


@dataclass(frozen=True, slots=True)
class Word:
    """A word to search for by its stem, or as a prefix."""

    text: str
    exact: str
    stem: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to search for exactly as typed, one after the other."""

    text: str
    exacts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query: a hit matches one alternative of every group, and none of the excluded words and phrases."""

    text: str  # as typed, in one Unicode form
    groups: tuple[tuple[Word | Phrase, ...], ...] = ()
    excluded: tuple[Word | Phrase, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()  # (field, value as typed)
    remarks: tuple[Remark, ...] = ()

    @property
    def terms(self) -> list[Word | Phrase]:
        """All words and phrases to search for, in the order typed."""
        return [member for group in self.groups for member in group]

    @property
    def content_words(self) -> tuple[str, ...]:
        """The words typed that carry meaning, those of phrases too, without operators."""
        words = (word for member in self.terms for word in member.text.split())
        return tuple(dict.fromkeys(word for word in words if carries_meaning(word.casefold())))

    @property
    def without_conditions(self) -> str:
        """All words typed as a query without fields, exclusions and phrases; "" for a query that has none of these."""
        is_phrase = any(isinstance(member, Phrase) for member in self.terms)
        has_conditions = self.fields or self.excluded or is_phrase
        return " ".join(member.text for member in self.terms) if has_conditions else ""


def parse(raw: str) -> Query:
    """The query that was typed."""
    remarks, typed = [], clean(raw)
    text = typed.translate(_QUOTES)
    if len(text) > MAX_CHARACTERS:
        text = text[:MAX_CHARACTERS]
        remarks.append("too long")
    if text.count('"') % 2:
        at = text.rindex('"')
        text = f"{text[:at]} {text[at + 1 :]}"
        remarks.append("unpaired quote")
    groups, excluded, fields = _members(text)
    short = _shortened(groups)
    if short != groups:
        remarks.append("too many terms")
    return Query(typed, tuple(map(tuple, short)), tuple(excluded), tuple(dict.fromkeys(fields)), tuple(remarks))


def _members(text):
    """What is asked for, in groups of alternatives; what is excluded; the fields."""
    groups, excluded, fields = [], [], []
    after_or = False
    for piece in _PIECE.finditer(text):
        value = (piece["quoted"] or piece["value"] or "").strip()
        if piece["or"]:
            after_or = bool(groups)
        elif piece["field"] and not piece["minus"]:
            fields += [(piece["field"].lower(), value)] if value else []
        else:
            is_phrase = piece["phrase"] is not None
            members = _phrase(piece["phrase"]) if is_phrase else _words(piece["number"] or piece["words"] or value)
            if piece["minus"]:
                excluded += members
            elif members:
                if after_or:
                    groups[-1].append(members.pop(0))
                groups += [[member] for member in members]
                after_or = False
    return groups, excluded, fields


def _shortened(groups):
    """The first groups with at most MAX_TERMS members in all."""
    short, count = [], 0
    for group in groups:
        count += len(group)
        if count > MAX_TERMS:
            return short or [group[:MAX_TERMS]]
        short.append(group)
    return short


def _words(text):
    found = terms(text)
    is_prefix = text.endswith("*")
    return [
        Word(
            text[term.start : term.end], term.exact, term.stem, is_prefix and term is found[-1] and len(term.exact) > 1
        )
        for term in found
    ]


def _phrase(text):
    exacts = tuple(term.exact for term in terms(text))
    return [Phrase(" ".join(text.split()), exacts)] if exacts else []
