"""The same letters: which characters of names, notes, queries and addresses count as equal. Pure.

`clean` and `clean_line` make what is typed fit for the database, `fold` makes a key for comparisons, and `visible`
reads a printed text without losing where its characters stand. A report's source text is never cleaned.
"""

import re
import unicodedata
from dataclasses import dataclass

APOSTROPHES = "'’‘ʼ`´′"
HYPHENS = "-‐‑‒–—−"

# Unicode's Default_Ignorable_Code_Point: soft hyphens, zero-width characters, marks of direction, variation selectors.
_IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# What HTML forbids or PostgreSQL cannot store: control characters, lone surrogates, noncharacters.
_FORBIDDEN = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_IGNORED = re.compile(f"[{_IGNORABLE}]")
_REMOVED = re.compile(f"[{_IGNORABLE}{_FORBIDDEN}]")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SAME = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(HYPHENS, "-"))


def clean(text: str) -> str:
    """Text of several lines as the database holds it: NFC, every line end "\\n", every wide or narrow space " ".

    Invisible characters and those that HTML or PostgreSQL cannot hold are removed.
    """
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", _SPACES.sub(" ", _LINE_ENDS.sub("\n", _REMOVED.sub("", text))))


def clean_line(text: str) -> str:
    """`clean` for a name or another text of one line: without space around it, and one space between words."""
    return " ".join(clean(text).split())


def same_marks(text: str) -> str:
    """The text with every apostrophe as "'" and every hyphen or dash as "-"; as long as it was."""
    return text.translate(_SAME)


def fold(text: str) -> str:
    """A key that is equal for texts that differ in case, accents, apostrophes, hyphens, spaces or invisible characters.

    Characters that stand for others count as those: "²" as 2, "ﬁ" as fi. The key may have any length.
    """
    if text.isascii() and text.isprintable():
        return " ".join(same_marks(text.lower()).split())
    key = unicodedata.normalize("NFKD", same_marks(clean(text))).casefold()
    letters = "".join(letter for letter in unicodedata.normalize("NFKD", key) if not unicodedata.combining(letter))
    return " ".join(same_marks(_REMOVED.sub("", letters)).split())


@dataclass(frozen=True, slots=True)
class VisibleText:
    """A printed text in NFC without invisible characters; `span` leads back to the characters as printed."""

    text: str
    starts: tuple[int, ...] | None = None  # where each character begins in the printed text; None: where it does here
    ends: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Start and end in the printed text of the characters from `start` up to `end`, of which there is at least one.

        Accents that are characters of their own belong to their letter, invisible characters only if they stand inside.
        """
        return (start, end) if self.starts is None else (self.starts[start], self.ends[end - 1])


def visible(text: str) -> VisibleText:
    """The text as it is read, composed and without invisible characters, with the place of each character."""
    if unicodedata.is_normalized("NFC", text) and not _IGNORED.search(text):
        return VisibleText(text)
    letters, starts, ends = [], [], []
    for cluster, start, end in _clusters(text):
        for letter in cluster:
            letters.append(letter)
            starts.append(start)
            ends.append(end)
    return VisibleText("".join(letters), tuple(starts), tuple(ends))


def _clusters(text):
    """Characters that are composed together, in NFC, each time with their start and end in the text."""
    cluster, start, end = "", 0, 0
    for place, letter in enumerate(text):
        if _IGNORED.match(letter):
            continue
        if not cluster or unicodedata.combining(letter) or _compose(cluster, letter):
            start = start if cluster else place
            cluster += letter
        else:
            yield unicodedata.normalize("NFC", cluster), start, end
            cluster, start = letter, place
        end = place + 1
    if cluster:
        yield unicodedata.normalize("NFC", cluster), start, end


def _compose(cluster, letter):
    """Whether a letter that is no combining mark becomes one with the characters before it, as in Hangul."""
    apart = unicodedata.normalize("NFC", cluster) + unicodedata.normalize("NFC", letter)
    return unicodedata.normalize("NFC", cluster + letter) != apart
