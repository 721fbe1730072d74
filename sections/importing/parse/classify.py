"""The shape of a line, by its form alone; what it means depends on where it stands."""

from dataclasses import dataclass
from enum import Enum, auto

from sections.text.whole_numbers import whole_number

from .lines import BYTE_ORDER_MARK
from .patterns import (
    ABBREVIATIONS,
    BOOKMARK,
    CELL,
    CONVENTION_PART,
    ITEM,
    ITEM_AT_MARGIN,
    LEADING_BOOKMARKS,
    NUMBER_LABEL,
    NUMBERED,
    PART,
    REPLY,
    TITLE,
    UPPER_LABEL,
)


class Kind(Enum):
    """What a line looks like."""

    BLANK = auto()
    NUMBERED = auto()  # a number at the margin: a paragraph, or an item of a numbered list
    HEADING = auto()  # a heading for certain
    LABELLED = auto()  # "A." or "1." after a tab, without a bookmark: a heading or a list item
    TITLE = auto()  # a title after two tabs, without a bookmark: of a table if cells follow, else a heading
    ITEM = auto()
    CELL = auto()
    PLAIN = auto()
    STRAY = auto()


@dataclass(frozen=True)
class Shape:
    """A line's kind and its pieces; text and title still hold the marks of notes."""

    kind: Kind
    text: str = ""
    label: str = ""
    tabs: int = 0
    number: int = 0
    stray_space: bool = False
    bookmark: str = ""


def shape_of(text: str) -> Shape:
    """The shape of a line that holds no body of a note."""
    text = text.lstrip(BYTE_ORDER_MARK)
    leading = LEADING_BOOKMARKS.match(text).group()
    names = BOOKMARK.findall(leading)
    bookmark = next((name for name in names if name.startswith("_Toc")), names[0] if names else "")
    rest = BOOKMARK.sub("", text[len(leading) :]) if "[" in text else text
    if not rest.strip(" \t\u00a0"):
        return Shape(Kind.CELL) if rest.strip(" ") == "\t" else Shape(Kind.BLANK)
    return (
        _numbered(rest) or _labelled(rest, bookmark) or _item(rest) or _title(rest, bookmark) or _rest(rest, bookmark)
    )


def _numbered(rest):
    if match := NUMBERED.fullmatch(rest):
        spaces, number, text = match.groups()
        return Shape(Kind.NUMBERED, text, f"{number}.", number=int(number), stray_space=bool(spaces))
    return None


def _labelled(rest, bookmark):
    for pattern in (UPPER_LABEL, NUMBER_LABEL):
        if match := pattern.fullmatch(rest):
            tabs, label, text = match.groups()
            certain = bookmark or CONVENTION_PART.fullmatch(text.strip())
            kind = Kind.HEADING if certain else Kind.LABELLED
            return Shape(kind, text, f"{label}.", len(tabs), whole_number(label) or 0, bookmark=bookmark)
    return None


def _item(rest):
    if match := ITEM.fullmatch(rest) or ITEM_AT_MARGIN.fullmatch(rest):
        tabs, label, text = match.groups()
        return Shape(Kind.ITEM, text, label, len(tabs))
    return None


def _title(rest, bookmark):
    if match := TITLE.fullmatch(rest):
        title = match.group(1)
        return Shape(Kind.HEADING if bookmark or names_heading(title) else Kind.TITLE, title, bookmark=bookmark)
    return None


def _rest(rest, bookmark):
    if match := CELL.fullmatch(rest):
        heading = bookmark or REPLY.match(match.group(1).strip())
        return Shape(Kind.HEADING if heading else Kind.CELL, match.group(1), bookmark=bookmark)
    if "\t" in rest:
        return Shape(Kind.STRAY, rest)
    if bookmark.startswith("_Toc") or names_heading(rest, whole=True):
        return Shape(Kind.HEADING, rest, bookmark=bookmark)
    return Shape(Kind.PLAIN, rest)


def names_heading(title: str, whole: bool = False) -> bool:
    """Whether the words are those of a reply, a part or the list of abbreviations; `whole` allows none beside them."""
    title = title.strip()
    reply = REPLY.fullmatch(title) if whole else REPLY.match(title)
    return bool(reply or PART.fullmatch(title) or ABBREVIATIONS.fullmatch(title)) and not (
        whole and title.endswith(".")
    )


def is_cell(text: str) -> bool:
    """Whether a line, wherever it stands, has the form of a table's cell."""
    return bool(CELL.fullmatch(text))
