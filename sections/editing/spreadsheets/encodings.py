"""The text of a file of which nothing says in which encoding it is. Pure."""

import codecs
import re
from collections.abc import Callable

from sections.text.fold import same_marks

BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# What texts in English, Spanish and French write beside ASCII. A wrong encoding makes other characters of their bytes.
USUAL = set("áàâäãçéèêëíìîïñóòôöõúùûüÁÀÂÄÃÇÉÈÊËÍÌÎÏÑÓÒÔÖÕÚÙÛÜœŒ¿¡«»“”„‘’‚–—…•°ºª§€·\u00a0")
UTF_16, SINGLE_BYTE = "utf-16", ("cp1252", "mac_roman")
NAMES = {UTF_16: "UTF-16", "cp1252": "Windows-1252", "mac_roman": "Mac OS Roman"}
ACCENTED = re.compile(r"[^\s,;|\"]*[^\x00-\x7f\s][^\s,;|\"]*")
SEEN = 4096  # bytes that are enough to recognise UTF-16 by


class UnknownEncoding(Exception):
    """Nothing tells how the bytes are to be read."""


def accented_words(text: str) -> set[str]:
    """The words in which anything beside ASCII stands."""
    return set() if text.isascii() else set(ACCENTED.findall(text))


def decoded(data: bytes, known_words: Callable[[], set[str]]) -> tuple[str, str]:
    """The text, and the name of its encoding if that was guessed. Raises UnknownEncoding.

    Where two encodings are possible, that is right in which more accented words are known ones.
    """
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return _strictly(data[len(mark) :] if encoding == "utf-8" else data, encoding), ""
    if b"\0" in data[:SEEN]:
        return _utf_16(data)
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        return _single_byte(data, known_words)


def _strictly(data, encoding):
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnknownEncoding from error


def _utf_16(data):
    """The text of UTF-16 without a mark: most characters are ASCII, so that every other byte is NUL."""
    first, second = data[:SEEN:2].count(0), data[1:SEEN:2].count(0)
    few, many = sorted((first, second))
    if many < 4 * max(few, 1) or len(data) % 2:
        raise UnknownEncoding
    text = _strictly(data, "utf-16-le" if second > first else "utf-16-be")
    if "\0" in text:
        raise UnknownEncoding
    return text, UTF_16


def _single_byte(data, known_words):
    """The text in the encoding in which all its characters are usual ones."""
    fitting = {}
    for encoding in SINGLE_BYTE:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if {character for character in text if not character.isascii()} <= USUAL:
            fitting[encoding] = text
    if len(fitting) > 1:
        known = known_words()
        counts = {encoding: len(accented_words(text) & known) for encoding, text in fitting.items()}
        fitting = {key: text for key, text in fitting.items() if counts[key] > sum(counts.values()) / 2}
    if not fitting:
        raise UnknownEncoding
    ((encoding, text),) = fitting.items()
    return text, encoding


def is_what_remains(text: str, original: str, encoding: str) -> bool:
    """Whether an encoding of few characters leaves this text of the original: others become "?", or a plain hyphen."""
    if encoding in SINGLE_BYTE and same_marks(text) == same_marks(original):
        return True
    left = (original.encode(each, "replace").decode(each) for each in SINGLE_BYTE)
    return "?" in text and same_marks(text) in map(same_marks, left)


def is_garbled(text: str) -> bool:
    """Whether characters were lost, or UTF-8 was read as Windows-1252 on the way: "MigraciÃ³n"."""
    if "\ufffd" in text:
        return True
    if text.isascii():
        return False
    try:
        return text.encode("cp1252").decode("utf-8") != text
    except UnicodeError:
        return False
