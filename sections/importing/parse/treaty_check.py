"""Compares the text of a treaty with what its articles and parts are known to be. Nothing of a treaty is known here."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from .records import ImportFault
from .treaty import Treaty

# Words that only one of the languages has, and has often.
OFTEN = {
    "en": {"the", "of", "and", "shall", "their", "by", "which"},
    "es": {"el", "los", "las", "del", "y", "por", "sus"},
    "fr": {"le", "les", "des", "du", "et", "aux", "ou"},
}
SCRIPTS = (("ru", re.compile("[а-я]")), ("ar", re.compile("[\u0621-\u064a]")), ("zh", re.compile("[\u4e00-\u9fff]")))


@dataclass(frozen=True)
class Structure:
    """The numbers of a treaty's articles, and by the number of each part its first and its last article."""

    articles: tuple[int, ...]
    parts: dict[int, tuple[int, int]]


class TreatyFaults(ImportFault):
    """All that is wrong with a text of a treaty; `faults` are the sentences, each with its line where it has one."""

    def __init__(self, faults: list[ImportFault]) -> None:
        super().__init__(None, "\n".join(map(str, faults)))
        self.faults = [str(fault) for fault in faults]


def check(treaty: Treaty, structure: Structure) -> None:
    """Raises TreatyFaults unless each article and each part is there once, in order, with text, in its place.

    A text that has no headings of parts at all is taken as it is.
    """
    articles = [(article.number, article.line) for article in treaty.articles]
    faults = [*_faults_in_order("article", articles, structure.articles)]
    if treaty.parts:
        faults += _faults_in_order("part", treaty.parts, structure.parts)
        faults += _misplaced(treaty, structure)
    faults += [
        ImportFault(article.line, f"article {article.number} has no text.")
        for article in treaty.articles
        if not article.provisions
    ]
    if not treaty.articles:
        faults = [ImportFault(None, "no heading of an article, such as “Article 1” in a line of its own, was found.")]
    if faults:
        raise TreatyFaults(faults)


def _faults_in_order(noun: str, found: list[tuple[int, int]], wanted: Iterable[int]) -> Iterator[ImportFault]:
    """What is missing, doubled, unknown or out of order among pairs of number and line."""
    wanted, lines, last = list(wanted), defaultdict(list), (0, 0)
    for number, line in found:
        lines[number].append(line)
    for number in wanted:
        if len(lines[number]) > 1:
            others = " and ".join(map(str, lines[number]))
            yield ImportFault(lines[number][-1], f"{noun} {number} is there more than once, in lines {others}.")
    for is_missing, run in groupby(wanted, key=lambda number: not lines[number]):
        if is_missing:
            first, *rest = run
            place = wanted.index(first)
            words = f"{noun}s {first} to {rest[-1]} are missing" if rest else f"{noun} {first} is missing"
            before = wanted[place - 1] if place else None
            where = f" behind {noun} {before}" if place else ""
            yield ImportFault(lines[before][-1] if place else None, f"{words}{where}.")
    for number, line in found:
        if number not in wanted:
            yield ImportFault(line, f"there is no {noun} {number}; the last is {max(wanted, default=0)}.")
        elif number < last[0] and len(lines[number]) == 1:
            yield ImportFault(line, f"{noun} {number} stands behind {noun} {last[0]}, which is in line {last[1]}.")
        else:
            last = max(last, (number, line))


def _misplaced(treaty, structure):
    """The articles under another part than their own, if that is there."""
    found = {number for number, _ in treaty.parts}
    for article in treaty.articles:
        own = next((part for part, (first, last) in structure.parts.items() if first <= article.number <= last), None)
        if own in found and article.part != own:
            under = f"under part {article.part}" if article.part else "before the first part"
            yield ImportFault(article.line, f"article {article.number} is {under}; it belongs to part {own}.")


def language_of(treaty: Treaty) -> str:
    """The code of the language that most words of the text are of; "" where that is not plain."""
    text = " ".join(provision.text for article in treaty.articles for provision in article.provisions).lower()
    for code, script in SCRIPTS:
        if len(script.findall(text)) > len(text) / 4:
            return code
    words = Counter(re.findall(r"[^\W\d_]+", text))
    counts = {code: sum(words[word] for word in often) for code, often in OFTEN.items()}
    best, second = sorted(counts, key=counts.get, reverse=True)[:2]
    return best if counts[best] > 2 * counts[second] else ""
