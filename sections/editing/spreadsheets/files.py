"""Uploaded files of any kind: CSV and workbooks are read, and all others refused in a sentence with the way out."""

import zipfile
from collections.abc import Callable, Collection
from io import BytesIO

from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from .cells import Grid
from .csv_text import read_csv
from .encodings import UnknownEncoding, decoded
from .file_errors import InvalidFile

MOST_BYTES = 2 << 20
MOST_ROWS = 20_000
SAVE_AS = gettext_noop("In the spreadsheet, choose “Save as”, then “Excel workbook (.xlsx)” or “CSV UTF-8”.")
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# How files that are no list begin, and what they are.
OTHERS = {
    b"%PDF": gettext_noop("This is a PDF file."),
    b"{\\rtf": gettext_noop("This is a text document."),
    b"<": gettext_noop("This is a web page or an XML file, even if its name says something else."),
}
WORKBOOK = "xl/workbook.xml"
# What a packed file is, by one of its members.
PACKED = {
    "xl/workbook.bin": gettext_noop("This is a binary workbook (.xlsb)."),
    "Index/Document.iwa": gettext_noop("This is a spreadsheet of Apple Numbers."),
    "Index.zip": gettext_noop("This is a spreadsheet of Apple Numbers."),
    "word/document.xml": gettext_noop("This is a text document."),
    "content.xml": gettext_noop("This is an OpenDocument file (.ods)."),
}


def read_file(data: bytes, known: Collection[str], known_words: Callable[[], set[str]]) -> Grid:
    """The rows of an uploaded file, recognised by its content. Raises InvalidFile.

    `known` are the names of columns by which the list in it is found, `known_words` accented words of the lists.
    """
    if len(data) > MOST_BYTES:
        words = _("The file has %(size)s MB; at most %(most)s MB are allowed. Split it.")
        raise InvalidFile(words % {"size": f"{len(data) / 2**20:.1f}", "most": MOST_BYTES >> 20})
    if not data.strip():
        raise InvalidFile(_("The file is empty."))
    if data.startswith(ZIP[:2]) and data[2:4] in {b"\x03\x04", b"\x05\x06"}:
        grid = _packed(data, known)
    elif data.startswith(OLD_OFFICE):
        is_locked = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in data
        words = _("The file is protected by a password.") if is_locked else _("This is an old workbook (.xls).")
        raise InvalidFile(f"{words} {_(SAVE_AS)}")
    else:
        grid = _text(data, known, known_words)
    if not grid.rows:
        raise InvalidFile(_("The file is empty."))
    if len(grid.rows) > MOST_ROWS:
        words = _("The file has %(rows)s rows; at most %(most)s are allowed. Split it.")
        raise InvalidFile(words % {"rows": f"{len(grid.rows):,}", "most": f"{MOST_ROWS:,}"})
    return grid


def _packed(data, known):
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            members = set(packed.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        words = _("The file is damaged: it ends too early, or parts are missing.")
        raise InvalidFile(f"{words} {_(SAVE_AS)}") from error
    for member, words in PACKED.items():
        if member in members:
            raise InvalidFile(f"{_(words)} {_(SAVE_AS)}")
    if WORKBOOK not in members:
        words = _("This is not a spreadsheet.")
        raise InvalidFile(f"{words} {_(SAVE_AS)}")
    return import_string("sections.editing.spreadsheets.xlsx_book.read_xlsx")(data, known)


def _text(data, known, known_words):
    start = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    for mark, words in OTHERS.items():
        if start.startswith(mark):
            raise InvalidFile(f"{_(words)} {_(SAVE_AS)}")
    not_text = _("The file contains characters that are not text.")
    try:
        text, encoding = decoded(data, known_words)
    except UnknownEncoding as error:
        words = not_text
        if b"\0" not in data:
            words = _("The file is not in UTF-8, and it cannot be known which accents are meant.")
        raise InvalidFile(f"{words} {_(SAVE_AS)}") from error
    if "\0" in text:
        raise InvalidFile(f"{not_text} {_(SAVE_AS)}")
    return read_csv(text, known, encoding)
