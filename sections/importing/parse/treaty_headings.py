"""Headings of articles and parts, as official texts in the six languages of the United Nations write them."""

import re
import unicodedata
from dataclasses import dataclass

from sections.text.whole_numbers import whole_number

LETTERS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
WORDS = [  # one, two, three …; without accents
    ["one", "first", "uno", "primero", "primera", "premier", "premiere"],
    ["two", "second", "dos", "segunda", "deux", "deuxieme", "seconde"],
    ["three", "third", "tres", "tercera", "trois", "troisieme"],
    ["four", "fourth", "cuatro", "cuarta", "quatre", "quatrieme"],
    ["five", "fifth", "cinco", "quinta", "cinq", "cinquieme"],
    ["six", "sixth", "seis", "sexta", "sixieme"],
    ["seven", "seventh", "siete", "septima", "sept", "septieme"],
    ["eight", "eighth", "ocho", "octava", "huit", "huitieme"],
    ["nine", "ninth", "nueve", "novena", "neuf", "neuvieme"],
    ["ten", "tenth", "diez", "decima", "dix", "dixieme"],
]
BY_WORD = {word: number for number, words in enumerate(WORDS, start=1) for word in words}
CHINESE = {character: number for number, character in enumerate("〇一二三四五六七八九")}

_WORD = "|".join(BY_WORD)
_NUMBER = rf"(?P<number>\d{{1,3}}(?:\s?(?:º|°|ª|er|re|ro|ra|th|st))?|[IVXLC]+|{_WORD})"
_REST = r"(?P<stop>\s*[.:–—-]+)?(?P<rest>(?:\s.*)?)"
_CHINESE = r"第\s*(?P<number>[〇一二三四五六七八九十百\d]+)\s*"
FORMS = (
    ("article", rf"(?:art[ií]culo|article|art\.|статья|المادة)\s+{_NUMBER}{_REST}"),
    ("article", rf"{_CHINESE}条(?P<stop>\s*[:：.]*)(?P<rest>.*)"),
    ("part", rf"(?:part|parte|partie|часть|الجزء)\s+{_NUMBER}{_REST}"),
    ("part", rf"(?P<number>{_WORD})\s+(?:part|parte|partie){_REST}"),
    ("part", rf"{_CHINESE}部分(?P<stop>\s*[:：.]*)(?P<rest>.*)"),
)
PATTERNS = [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in FORMS]


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that has the form of a heading: `article` or `part`, its number, and what stands beside it."""

    kind: str
    number: int
    rest: str


def heading_of(text: str) -> Heading | None:
    """The heading that a line may be by its form; None for a line that begins or goes on in a sentence."""
    if not text or text[0].islower():
        return None
    for kind, pattern in PATTERNS:
        match = pattern.fullmatch(_plain(text))
        if match and (number := number_of(match["number"])):
            rest = text[match.start("rest") :].strip() if match["rest"] else ""
            is_reference = rest[:1].islower() and not match["stop"] or re.match(r"\(\d", rest)
            return None if is_reference else Heading(kind, number, rest)
    return None


def number_of(word: str) -> int | None:
    """The number that digits, a Roman number, or a word such as "premier" means; None for anything else."""
    if digits := re.match(r"\d+", word):
        return whole_number("".join(str(unicodedata.digit(digit)) for digit in digits[0]))
    if word and all(character in CHINESE or character in "十百" for character in word):
        return _chinese(word)
    return BY_WORD.get(word.lower()) or roman(word)


def roman(word: str) -> int | None:
    """The value of a Roman number written as it should be, None for any other word."""
    values = [LETTERS.get(letter, 0) for letter in word.lower()]
    if not values or 0 in values:
        return None
    pairs = zip(values, [*values[1:], 0], strict=True)
    total = sum(-value if value < following else value for value, following in pairs)
    return total if written(total) == word.lower() else None


def written(number: int) -> str:
    """A number below 400 in small Roman letters."""
    steps = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    written = ""
    for value, letters in steps:
        written += letters * (number // value)
        number %= value
    return written


def _chinese(word):
    total, digit = 0, 0
    for character in word:
        if character in CHINESE:
            digit = CHINESE[character]
        else:
            total += max(digit, 1) * (100 if character == "百" else 10)
            digit = 0
    return total + digit


def _plain(text):
    """The text without accents, character for character, so that places in it stay the same."""
    return "".join(unicodedata.normalize("NFD", character)[0] for character in text)
