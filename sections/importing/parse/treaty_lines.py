"""The lines of a treaty's text without what pages add to it, and broken lines joined again."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sections.text.fold import clean_line

SOFT_HYPHEN_AT_END = re.compile("\xad\\s*$")
HYPHENS = str.maketrans("\u2010\u2011", "--")
DIGITS = re.compile(r"\d+")
PAGE_NUMBER = re.compile(
    r"[-–—|]?\s*(?:(?:page|p[áa]gina|p[áa]g\.|p\.|стр\.|第|صفحة)\s*)?\d{1,4}(?:\s*(?:/|of|de|sur|из)\s*\d{1,4})?\s*[-–—|页]?",
    re.IGNORECASE,
)
SYMBOL = re.compile(r"[A-Z]{1,6}(?:/[\w.()-]+)+")  # of a United Nations document, at the head of its pages
BESIDE = 2  # lines beside the break of a page that may belong to it
LONGEST_HEAD = 150  # characters
HYPHENATED = re.compile(r"(-?)([^\W\d_]+)-\Z")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
KEPT_PREFIXES = {"ex", "non", "self", "vice", "well"}
WITHOUT_SPACES = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line, numbered from 1; one without words may be the break of a page, which ends no paragraph."""

    number: int
    text: str
    is_break: bool = False


def lines_of(text: str) -> list[Line]:
    """The lines of a file, white space in order; a form feed becomes the break of a page."""
    lines = []
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        for place, piece in enumerate(raw.split("\f")):
            lines += [Line(number, "", True)] if place else []
            lines.append(Line(number, clean_line(SOFT_HYPHEN_AT_END.sub("-", piece)).translate(HYPHENS)))
    return lines


def without_furniture(lines: list[Line], is_text: Iterable[bool]) -> list[Line]:
    """The lines with those that pages repeat made empty: numbers, symbols, running heads.

    `is_text` says of each line whether it certainly belongs to the treaty, as a heading or a labelled paragraph. A
    running head begins with a capital, ends no sentence, and stands nowhere but beside the breaks of pages.
    """
    symbols = {place for place, line in enumerate(lines) if SYMBOL.fullmatch(line.text)}
    furniture = symbols | {place for place in range(len(lines)) if _is_page_number(lines, place)}
    breaks = furniture | {place for place, line in enumerate(lines) if line.is_break}
    may_repeat = [not certain and _may_be_head(line.text) for line, certain in zip(lines, is_text, strict=True)]
    beside = {place for each in breaks for step in (1, -1) for place in _beside(lines, each, step, furniture)}
    forms, near = Counter(map(_form, lines)), Counter(_form(lines[place]) for place in beside)
    repeated = {place for place in beside if near[_form(lines[place])] == forms[_form(lines[place])] > 1}
    for each in breaks:
        for step in (1, -1):
            for place in _beside(lines, each, step, furniture):
                if not (may_repeat[place] and place in repeated):
                    break  # behind a line of the text there is only text
                furniture = furniture | {place}
    emptied = [Line(line.number, "", True) if place in furniture else line for place, line in enumerate(lines)]
    return _with_blank_breaks(_with_blank_breaks(emptied)[::-1])[::-1]


def _may_be_head(text):
    return text[:1].isupper() and len(text) <= LONGEST_HEAD and text[-1] not in ".;:!?"


def _is_page_number(lines, place):
    text = lines[place].text
    if not text or not PAGE_NUMBER.fullmatch(text):
        return False
    around = [lines[other].text for other in (place - 1, place + 1) if 0 <= other < len(lines)]
    return not text.isdigit() or len(around) < 2 or not all(around)


def _beside(lines, place, step, furniture):
    """The places of the lines with words next to the break of a page, on one side of it."""
    found = []
    while 0 <= (place := place + step) < len(lines) and len(found) < BESIDE:
        if lines[place].text and place not in furniture:
            found.append(place)
    return found


def _form(line):
    return DIGITS.sub("#", line.text)


def _with_blank_breaks(lines):
    """Blank lines behind the break of a page become part of it."""
    result = []
    for line in lines:
        is_break = line.is_break or (not line.text and bool(result) and result[-1].is_break)
        result.append(replace(line, is_break=is_break))
    return result


def known_words(texts: Iterable[str]) -> Counter[str]:
    """How often each word of the texts, compounds included, stands in them in small letters."""
    return Counter(word.lower() for text in texts for word in WORD.findall(text))


def joined(text: str, known: Counter[str]) -> str:
    """Broken lines as one; a hyphen at the end of a line stays if the other words of the text speak for it."""
    whole = ""
    for line in text.split("\n"):
        match, following = HYPHENATED.search(whole), WORD.match(line)
        if match and following:
            whole = (whole if _keeps_hyphen(match, following[0], known) else whole[:-1]) + line
        else:
            without_space = not whole or (WITHOUT_SPACES.match(whole[-1]) and WITHOUT_SPACES.match(line))
            whole += line if without_space else f" {line}"
    return " ".join(whole.split())


def _keeps_hyphen(match, following, known):
    first = match[2].lower()
    if match[1] or following[0].isupper():
        return True
    apart, together = known[f"{first}-{following.lower()}"], known[first + following.lower()]
    return apart > together if apart != together else first in KEPT_PREFIXES
