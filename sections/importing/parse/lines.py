"""Bytes of a source file to numbered lines that give the file back exactly."""

from dataclasses import dataclass
from functools import cached_property

from .classify import Shape, shape_of
from .patterns import ANCHOR, BYTE_ORDER_MARK, CONTROL, LINE_AND_ENDING
from .records import ImportFault


@dataclass(frozen=True)
class Body:
    """The body of a note, joined to one line, and the number of the line where it opens."""

    number: int
    text: str
    line: int


@dataclass(frozen=True)
class Line:
    """A line, numbered from 1: `raw` is all that it takes in the source, `text` goes without the bodies of notes."""

    number: int
    text: str
    raw: str
    bodies: tuple[Body, ...] = ()

    @cached_property
    def shape(self) -> Shape:
        """What it looks like."""
        return shape_of(self.text)

    @property
    def anchors(self) -> list[int]:
        """The numbers of the notes that are called on it."""
        return [int(number) for number in ANCHOR.findall(self.text)]


def decode(data: bytes) -> str:
    """The text of a UTF-8 file, a byte order mark included; raises ImportFault for anything else."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ImportFault(1, "the file is UTF-16, not UTF-8. Save it as UTF-8 and import it again.")
    if b"\0" in data:
        raise ImportFault(
            _line_of(data, data.index(b"\0")),
            "the file contains a NUL byte, so it is not text. Save the document as plain text in UTF-8.",
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ImportFault(
            _line_of(data, error.start),
            f"the file is not UTF-8 (byte 0x{data[error.start]:02X}). Save it as UTF-8 and import it again.",
        ) from error


def split(text: str, first: int = 1) -> list[Line]:
    """The lines of a text; joined as they are raw they give the text back. Raises ImportFault when it is empty.

    `first` is the number of the first line.
    """
    if not text.strip(f"{BYTE_ORDER_MARK} \t\r\n"):
        raise ImportFault(1, "the file is empty. Name the file that holds the report's text.")
    lines = []
    for number, raw in enumerate(LINE_AND_ENDING.findall(text), first):
        if control := CONTROL.search(raw):
            raise ImportFault(
                number, f"the control character U+{ord(control.group()):04X} is not text. Remove it from the source."
            )
        lines.append(Line(number, raw.rstrip("\r\n"), raw))
    return lines


def _line_of(data, place):
    before = data[:place]
    return 1 + before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")
