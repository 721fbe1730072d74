"""A basket: paragraphs of any reports in the reader's order, with the reader's notes; and the address that it is.

    ?p=CMW/C/MEX/3:92-94,103&p=CMW/C/EXA/1:4&note.103=Ask+about+this

A note names its paragraph by its number, and after the symbol of its report where the basket holds that number twice.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from urllib.parse import quote, urlencode

MOST_PARAGRAPHS = 100
LONGEST_NOTE = 1_000
LONGEST_QUERY = 7_500  # characters; servers and mail programs cut longer addresses
NOTE = "note."

Key = tuple[str, int]  # a paragraph: the symbol of its report and its number


@dataclass(frozen=True, slots=True)
class Basket:
    """The paragraphs in order, each once, and notes on some of them."""

    keys: tuple[Key, ...] = ()
    notes: Mapping[Key, str] = field(default_factory=dict)

    def with_keys(self, keys: Iterable[Key]) -> "Basket":
        """The basket with these paragraphs instead, and the notes on those that stay."""
        kept = tuple(dict.fromkeys(keys))
        return Basket(kept, {key: self.notes[key] for key in kept if key in self.notes})

    def joined(self, other: "Basket") -> "Basket":
        """The paragraphs of both, with the notes of both; of two notes on a paragraph the one of this basket."""
        return Basket(tuple(dict.fromkeys([*self.keys, *other.keys])), {**other.notes, **self.notes})

    def moved(self, key: Key, steps: int) -> "Basket":
        """The basket with a paragraph moved down by so many places, up where they are negative."""
        if key not in self.keys:
            return self
        rest, at = [other for other in self.keys if other != key], self.keys.index(key)
        rest.insert(max(at + steps, 0), key)
        return replace(self, keys=tuple(rest))

    def named(self, symbols: Mapping[str, str]) -> "Basket":
        """The basket with the symbols as documents print them, by the symbols as somebody typed them."""
        names = {key: (symbols.get(key[0], key[0]), key[1]) for key in self.keys}
        return Basket(tuple(dict.fromkeys(names.values())), {names[key]: note for key, note in self.notes.items()})

    def only(self, known: Iterable[Key]) -> "Basket":
        """The basket with those of its paragraphs that are known."""
        known = set(known)
        return self.with_keys(key for key in self.keys if key in known)

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The paragraphs and notes as the parameters of an address."""
        return [*(("p", value) for value in self.paragraph_values), *self._note_values()]

    @property
    def paragraph_values(self) -> list[str]:
        """The paragraphs as texts such as "CMW/C/MEX/3:92-94,103", one for each run of the same report."""
        runs = groupby(self.keys, key=lambda key: key[0])
        return [f"{symbol}:{_in_short([number for _, number in keys])}" for symbol, keys in runs]

    @property
    def query(self) -> str:
        """The address of the basket from behind the "?"; empty for an empty basket."""
        return urlencode(self.parameters, safe="/:,", quote_via=_quote)

    @property
    def is_too_long(self) -> bool:
        """Whether the address is longer than all that carry addresses keep."""
        return len(self.query) > LONGEST_QUERY

    def note_name(self, key: Key) -> str:
        """The name of the parameter that holds the note on a paragraph."""
        symbol, number = key
        counts = Counter(number for _, number in self.keys)
        return f"{NOTE}{number}" if counts[number] < 2 else f"{NOTE}{symbol}:{number}"

    def _note_values(self):
        return [(self.note_name(key), self.notes[key]) for key in self.keys if self.notes.get(key)]


def _in_short(numbers: list[int]) -> str:
    """The numbers in their order, runs that ascend joined: "92-94,103,5"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ",".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _quote(text: str, safe: str, encoding: str | None = None, errors: str | None = None) -> str:
    """As in forms: a space is a plus sign."""
    return quote(text, safe=f"{safe} ", encoding=encoding, errors=errors).replace(" ", "+")
