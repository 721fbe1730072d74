"""The query language: what people type, as one frozen object.

    words               all of them
    "exact phrase"      these words in this order, accents and case aside
    one OR other        either
    -word  -"phrase"    without it
    begin*              any word that begins so
    institution:INM     narrowed to what names it; likewise law: programme: article: part: reply:

Nothing that can be typed is an error. What can't be read as an operator is read as words.
"""

import re
from dataclasses import dataclass

from .analysis import Term, terms

FIELDS = ("institution", "law", "programme", "article", "part", "reply")
LONGEST = 1000  # characters; the rest is left unread, and the page says so
MOST_TERMS = 40

_FIELD = "|".join(FIELDS)
_PIECE = re.compile(
    rf"""
    (?P<minus>(?<!\S)[-−–](?=\S))?
    (?:
        (?P<field>(?i:{_FIELD})):(?:"(?P<quoted>[^"]*)"|(?P<value>[^\s"]+))
      | "(?P<phrase>[^"]*)"
      | (?P<or>(?<!\S)(?:OR|\|)(?!\S))
      | (?P<number>\d{{1,3}}(?:[ ,\u00a0\u202f]\d{{3}})+(?:\.\d+)?(?![\w/]))
      | (?P<words>[^\s"]+)
      | (?P<stray>")
    )
    """,
    re.VERBOSE,
)
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # no database holds these
_QUOTES = str.maketrans("“”„«»″", '""""""')


@dataclass(frozen=True, slots=True)
class Word:
    """A word to look for by its stem, or by how it begins."""

    text: str
    exact: str
    stem: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to look for exactly so, one after the other."""

    text: str
    exacts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A query as understood: every group must be met by one of its members."""

    raw: str
    groups: tuple[tuple[Word | Phrase, ...], ...] = ()
    without: tuple[Word | Phrase, ...] = ()
    narrowed: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.groups or self.narrowed)

    @property
    def words(self) -> list[Word]:
        """The words and phrase words that a hit is looked for by, in the order typed."""
        return [member for group in self.groups for member in group if isinstance(member, Word)]

    @property
    def phrases(self) -> list[Phrase]:
        return [member for group in self.groups for member in group if isinstance(member, Phrase)]


def parse(raw: str) -> Query:
    """The query that somebody typed, as the site understands it."""
    remarks = []
    text = UNSTORABLE.sub(" ", raw).translate(_QUOTES)
    if len(text) > LONGEST:
        text = text[:LONGEST]
        remarks.append(f"Only the first {LONGEST:,} characters were read.")
    if text.count('"') % 2:
        at = text.rindex('"')
        text = f"{text[:at]} {text[at + 1 :]}"
        remarks.append("A quotation mark without its partner was left out.")
    return _Reader(raw, remarks).read(text)


class _Reader:
    """Collects groups, exclusions and fields piece by piece."""

    def __init__(self, raw, remarks):
        self.raw, self.remarks = raw, remarks
        self.groups: list[list[Word | Phrase]] = []
        self.without: list[Word | Phrase] = []
        self.narrowed: list[tuple[str, str]] = []
        self.pending_or = False

    def read(self, text: str) -> Query:
        for piece in _PIECE.finditer(text):
            self._piece(piece)
        if sum(map(len, self.groups)) > MOST_TERMS:
            self._shorten()
        groups = tuple(tuple(group) for group in self.groups)
        narrowed = tuple(dict.fromkeys(self.narrowed))
        return Query(self.raw, groups, tuple(self.without), narrowed, tuple(self.remarks))

    def _piece(self, piece: re.Match) -> None:
        if piece["or"]:
            self.pending_or = bool(self.groups)
            return
        if piece["field"] and not piece["minus"]:
            value = (piece["quoted"] or piece["value"] or "").strip()
            if value:
                self.narrowed.append((piece["field"].lower(), value))
            return
        if piece["phrase"] is not None:
            members = _phrase(piece["phrase"])
        else:
            members = _words(piece["number"] or piece["words"] or piece["quoted"] or piece["value"] or "")
        if piece["minus"]:
            self.without.extend(members)
        else:
            self._add(members)

    def _add(self, members):
        for member in members:
            if self.pending_or:
                self.groups[-1].append(member)
            else:
                self.groups.append([member])
            self.pending_or = False

    def _shorten(self):
        kept, count = [], 0
        for group in self.groups:
            if count + len(group) > MOST_TERMS:
                break
            kept.append(group)
            count += len(group)
        self.groups = kept or [self.groups[0][:MOST_TERMS]]
        self.remarks.append(f"Only the first {MOST_TERMS} words were looked for.")


def _words(text: str) -> list[Word]:
    found = terms(text)
    ends_in_star = text.endswith("*")
    return [_word(term, text, ends_in_star and term is found[-1]) for term in found]


def _word(term: Term, text: str, prefix: bool) -> Word:
    return Word(text[term.start : term.end], term.exact, term.stem, prefix and len(term.exact) > 1)


def _phrase(text: str) -> list[Word | Phrase]:
    exacts = tuple(term.exact for term in terms(text))
    return [Phrase(" ".join(text.split()), exacts)] if exacts else []
