"""The shape of a line, by its form alone; what it means depends on where it stands."""

from dataclasses import dataclass
from enum import Enum, auto

from .patterns import (
    ABBREVIATIONS,
    BOOKMARK,
    BYTE_ORDER_MARK,
    CELL,
    CONVENTION_PART,
    ITEM,
    ITEM_AT_MARGIN,
    LABELLED,
    LEADING_BOOKMARKS,
    NUMBERED,
    PART,
    PLAIN,
    REPLY,
    STRAY,
    TITLE,
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


# The pattern of each kind; a line is of the first that it matches whole.
FORMS = (
    (Kind.NUMBERED, NUMBERED),
    (Kind.LABELLED, LABELLED),
    (Kind.ITEM, ITEM),
    (Kind.ITEM, ITEM_AT_MARGIN),
    (Kind.TITLE, TITLE),
    (Kind.CELL, CELL),
    (Kind.STRAY, STRAY),
    (Kind.PLAIN, PLAIN),
)


@dataclass(frozen=True)
class Shape:
    """A line's kind and its pieces; the text still holds the marks of notes."""

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
        return Shape(Kind.CELL if rest.strip(" ") == "\t" else Kind.BLANK)
    kind, match = next((kind, match) for kind, pattern in FORMS if (match := pattern.fullmatch(rest)))
    pieces = match.groupdict()
    return Shape(
        Kind.HEADING if _is_heading(kind, pieces["text"], bookmark) else kind,
        pieces["text"],
        pieces.get("label", ""),
        tabs=len(pieces.get("tabs", "")),
        number=int(pieces.get("number", 0)),
        stray_space=bool(pieces.get("spaces")),
        bookmark=bookmark,
    )


def _is_heading(kind, text, bookmark):
    """Whether the bookmark or the words of a line make it a heading for certain."""
    if kind is Kind.LABELLED:
        return bookmark or CONVENTION_PART.fullmatch(text.strip())
    if kind is Kind.TITLE:
        return bookmark or names_heading(text)
    if kind is Kind.CELL:
        return bookmark or REPLY.match(text.strip())
    return kind is Kind.PLAIN and (bookmark.startswith("_Toc") or names_heading(text, whole=True))


def names_heading(title: str, whole: bool = False) -> bool:
    """Whether the words are those of a reply, a part or the list of abbreviations; `whole` allows none beside them."""
    title = title.strip()
    if whole and title.endswith("."):
        return False
    reply = REPLY.fullmatch(title) if whole else REPLY.match(title)
    return bool(reply or PART.fullmatch(title) or ABBREVIATIONS.fullmatch(title))


def is_cell(text: str) -> bool:
    """Whether a line, wherever it stands, has the form of a table's cell."""
    return bool(CELL.fullmatch(text))
