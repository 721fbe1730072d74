"""What a search finds by its name (entries, articles, headings), and the words of their names."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext

from .engine.analysis import short_terms
from .engine.english import carries_meaning
from .scope import Scope

ARTICLES = {"the", "el", "la", "los", "las"}
CACHED_ADDRESSES = 8_192
CACHED_NAMES = 30_000


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """An entry, an article or a heading.

    `type` is institution, law, programme, article or section; `key` is the primary key, of an article its number.
    `paragraphs` is set in results: the number of paragraphs of the report that mention it or are linked to it. `is_own`
    says of an entry that its name is in the reader's language, not in the report's.
    """

    type: str
    key: int
    slug: str
    name: str
    url: str
    kind: str = ""
    names: tuple[str, ...] = ()
    paragraphs: int = 0
    is_own: bool = False

    @property
    def posting_key(self) -> str:
        """The key of its postings; "" for a heading, which has none."""
        if self.type == "section":
            return ""
        return f"a{self.key}" if self.type == "article" else f"e{self.key}"

    @property
    def label(self) -> str:
        """Its name; of an article with its number, as the language sets the colon."""
        if self.type != "article":
            return self.name
        return gettext("%(article)s: %(caption)s") % {"article": self.kind, "caption": self.name}

    def counted(self, scope: Scope) -> "Item":
        """The item with its number of paragraphs in what the scope covers."""
        return replace(self, paragraphs=scope.frequency(self.posting_key) if self.posting_key else 0)


class Place(NamedTuple):
    """Where a hit is: its section, the number of its reply or None, "Part III" of the Convention or ""."""

    label: str
    url: str
    reply: int | None
    part: str


class Names:
    """Names, each with its item, and the words in them; the terms of the thesaurus have None as their item."""

    def __init__(self, names: Iterable[tuple[str, Item | None]]) -> None:
        self._names = tuple(names)
        self.by_stem: dict[str, list[tuple[Item, frozenset[str]]]] = defaultdict(list)  # with the stems of the name
        self.stems: set[str] = set()
        for text, item in self._names:
            all_stems, meaningful = _stems(text)
            self.stems |= all_stems
            if item is not None:
                for stem in meaningful:
                    self.by_stem[stem].append((item, meaningful))

    def __len__(self) -> int:
        return len(self._names)

    @cached_property
    def by_word(self) -> dict[str, list[Item | None]]:
        """By word the items that have it in a name; needed only where a word that was typed is unknown."""
        words = defaultdict(list)
        for text, item in self._names:
            for term in short_terms(text):
                words[term.exact].append(item)
        return words


def plain_name(text: str) -> str:
    """A name without the brackets around the words that only distinguish it from others."""
    return text.replace("[", "").replace("]", "").replace(";", " ")


@lru_cache(maxsize=CACHED_NAMES)
def name_stems(text: str) -> tuple[str, ...]:
    """The stems of a name in order, without a leading article."""
    terms = short_terms(text)
    return tuple(term.stem for term in (terms[1:] if len(terms) > 1 and terms[0].exact in ARTICLES else terms))


@lru_cache(maxsize=CACHED_NAMES)
def _stems(text):
    """All stems of a name, and those that carry meaning."""
    terms = short_terms(text)
    return frozenset(term.stem for term in terms), frozenset(term.stem for term in terms if carries_meaning(term.exact))


@lru_cache(maxsize=CACHED_ADDRESSES)
def address(view: str, language: str, **arguments: str | int) -> str:
    """The path of a view in the reader's language; named, because each language has addresses of its own."""
    return reverse(view, kwargs=arguments)
