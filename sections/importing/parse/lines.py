"""Bytes of a source file to numbered lines that give the file back exactly."""

import re
from typing import NamedTuple

from .records import ImportFault

LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
BYTE_ORDER_MARK = "\ufeff"
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Line(NamedTuple):
    """One line: its number from 1, its text, and the line ending as it stands in the file."""

    number: int
    text: str
    ending: str


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
    """The lines of a text; joined with their endings they give the text back. Raises ImportFault when it is empty.

    `first` is the number of the first line.
    """
    if not text.strip(f"{BYTE_ORDER_MARK} \t\r\n"):
        raise ImportFault(1, "the file is empty. Name the file that holds the report's text.")
    lines = []
    for number, whole in enumerate(LINE.findall(text), first):
        content = whole.rstrip("\r\n")
        if control := CONTROL.search(content):
            raise ImportFault(
                number, f"the control character U+{ord(control.group()):04X} is not text. Remove it from the source."
            )
        lines.append(Line(number, content, whole[len(content) :]))
    return lines


def _line_of(data, place):
    before = data[:place]
    return 1 + before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")
