"""Reads a basket from the parameters of an address, and what somebody types or pastes to add to it.

Whatever stands there, it is read as far as it can be; what cannot is told as a `Problem`.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from sections.text.citations import parse_citation
from sections.text.fold import clean
from sections.text.ranges import parse_ranges

from .basket import LONGEST_NOTE, MOST_PARAGRAPHS, NOTE, Basket, Key

SYMBOL = r"[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+){2,}"
OF_REPORT = re.compile(rf"\s*(?:({SYMBOL})\s*:)?\s*(.*)", re.DOTALL)
ADDRESS = re.compile(rf"\s*/?(?:(?:es|fr)/)?(?P<symbol>{SYMBOL}?)(?:/paragraphs)?(?:/|\s+)(?P<numbers>[\d\s,–-]+)/?\s*")
PIECES = re.compile(r"[;\n]")  # each is read by itself, so that one that cannot be read leaves the others as they are
LONGEST_SHOWN = 60  # characters of what could not be read
MOST_PARAMETERS = 3 * MOST_PARAGRAPHS


class Problem(NamedTuple):
    """What could not be read: `unreadable`, `doubled`, `too-many`, `note-too-long`, `note-alone`, and of what."""

    kind: str
    what: str = ""


def read_basket(parameters: Iterable[tuple[str, str]], default: str) -> tuple[Basket, list[Problem]]:
    """The basket of these parameters, and what of them could not be read; `default` is the symbol where none stands."""
    keys: list[Key] = []
    problems: list[Problem] = []
    typed: dict[str, str] = {}
    for name, value in list(parameters)[:MOST_PARAMETERS]:
        if name == "p":
            keys += _keys(value, default, problems)
        elif name.startswith(NOTE) and value.strip():
            typed[name.removeprefix(NOTE)] = value
    basket = Basket().with_keys(_bounded(keys, problems))
    notes = {}
    for name, note in typed.items():
        noted = _noted(name, basket.keys)
        if noted is None:
            problems.append(Problem("note-alone", name[:LONGEST_SHOWN]))
        else:
            notes[noted] = _note(noted, note, problems)
    return Basket(basket.keys, {key: note for key, note in notes.items() if note}), problems


def added(basket: Basket, text: str, default: str) -> tuple[Basket, list[Problem]]:
    """The basket with what a text names: numbers, a citation, the address of a paragraph, or that of another basket."""
    try:
        parts = urlsplit(text.strip()) if "?" in text or "://" in text else None
    except ValueError:  # no address after all
        parts = None
    if parts and parts.query:
        other, problems = read_basket(parse_qsl(parts.query, max_num_fields=None), default)
    else:
        address = ADDRESS.fullmatch(unquote(parts.path) if parts else text)
        value = f"{address['symbol']}:{address['numbers']}" if address else text
        other, problems = read_basket([("p", value)], default)
    if not (other.keys or problems):
        problems.append(Problem("unreadable", text[:LONGEST_SHOWN]))
    problems += [Problem("doubled", _name(key)) for key in other.keys if key in basket.keys]
    joined = basket.joined(other)
    return joined.with_keys(_bounded(joined.keys, problems)), problems


def key_of(text: str) -> Key | None:
    """The paragraph that a text such as "CMW/C/MEX/3:103" names, or None."""
    keys = _keys(text, "", [])
    return keys[0] if len(keys) == 1 else None


def _keys(value: str, default: str, problems: list[Problem]) -> list[Key]:
    """The paragraphs of a text such as "CMW/C/MEX/3:92-94,103" or of citations, in its order."""
    if keys := _cited(value, default):
        return keys
    keys = []
    for piece in filter(str.strip, PIECES.split(value)) if value.strip() else [value]:
        keys += _cited(piece, default) or _listed(piece, default, problems)
        if len(keys) > MOST_PARAGRAPHS:
            break
    return keys


def _cited(text: str, default: str) -> list[Key]:
    """The paragraphs of a citation in any language of the site, such as "CMW/C/MEX/3, paras. 92-94, 103"."""
    cited = parse_citation(text)
    if cited is None or cited.kind != "paragraph" or not (symbol := cited.symbol or default):
        return []
    numbers = (number for first, last in cited.runs for number in range(first, min(last, first + MOST_PARAGRAPHS) + 1))
    return [(symbol, number) for number in numbers]


def _listed(text: str, default: str, problems: list[Problem]) -> list[Key]:
    """The paragraphs of a list such as "CMW/C/MEX/3:92-94,103"; a part that is no number may be a citation."""
    symbol, numbers = OF_REPORT.fullmatch(text).groups()
    symbol, keys = symbol or default, []
    for part in numbers.split(","):
        try:
            found = [(symbol, number) for number in parse_ranges(part)] if symbol else []
        except ValueError:
            found = _cited(part, symbol)
        if not found:
            problems.append(Problem("unreadable", part.strip()[:LONGEST_SHOWN] or text[:LONGEST_SHOWN]))
        keys += found
        if len(keys) > MOST_PARAGRAPHS:
            break
    return keys


def _bounded(keys: Iterable[Key], problems: list[Problem]) -> list[Key]:
    """Each paragraph once, and no more than a basket holds."""
    kept: dict[Key, None] = {}
    for key in keys:
        if key in kept:
            problems.append(Problem("doubled", _name(key)))
        kept[key] = None
    if len(kept) > MOST_PARAGRAPHS:
        problems.append(Problem("too-many"))
    return list(kept)[:MOST_PARAGRAPHS]


def _noted(name: str, keys: Iterable[Key]) -> Key | None:
    """The paragraph of the basket that the name of a note means, or None."""
    meant = key_of(name) or key_of(f"any/any/any:{name}")
    if meant is None:
        return None
    return next((key for key in keys if key == meant or (":" not in name and key[1] == meant[1])), None)


def _note(key: Key, note: str, problems: list[Problem]) -> str:
    note = clean(note).strip()
    if len(note) > LONGEST_NOTE:
        problems.append(Problem("note-too-long", _name(key)))
    return note[:LONGEST_NOTE]


def _name(key: Key) -> str:
    symbol, number = key
    return f"{symbol}, {number}"
