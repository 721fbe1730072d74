"""A file with the text of a treaty, as plain text: text, Word or HTML."""

import io
import re
import zipfile
from html.parser import HTMLParser
from pathlib import PurePath

from sections.importing.parse.lines import decode
from sections.importing.parse.records import ImportFault
from sections.importing.parse.treaty_headings import written

MOST_UNPACKED = 50 << 20  # bytes of a Word file
BLOCKS = {"p", "div", "li", "ol", "ul", "tr", "table", "section", "article", "blockquote", "dd", "dt", "hr", "center"}
BLOCKS |= {f"h{level}" for level in range(1, 7)}
UNSEEN = {"head", "nav", "script", "style", "template"}
CHARSET = re.compile(rb"<meta[^>]*charset=[\"']?([\w-]+)", re.IGNORECASE)


def treaty_text(name: str, data: bytes) -> str:
    """The text of a file by the ending of its name; raises ImportFault, in words, for what cannot be read."""
    ending = PurePath(name).suffix.lower()
    if ending == ".docx":
        return _word(data)
    if ending in {".html", ".htm"}:
        return _html(data)
    if ending in {".pdf", ".doc", ".odt", ".rtf"} or data.startswith(b"%PDF"):
        raise ImportFault(None, f"{name} is no text file. Save it as plain text in UTF-8, as .docx or as .html.")
    return decode(data)


def _word(data):
    """The paragraphs of a Word file, a blank line between two."""
    import docx  # 10 MB, for which no process should pay that reads no Word file
    from docx.opc.exceptions import PackageNotFoundError
    from docx.oxml.ns import qn

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            size = sum(entry.file_size for entry in package.infolist())
        paragraphs = docx.Document(io.BytesIO(data)).paragraphs if size <= MOST_UNPACKED else []
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise ImportFault(None, "this is no Word file that can be read. Save it again as .docx.") from error
    if size > MOST_UNPACKED:
        raise ImportFault(None, "this Word file is too large to be the text of a treaty.")
    numbered = [paragraph for paragraph in paragraphs if paragraph._p.find(f".//{qn('w:numPr')}") is not None]
    if numbered:
        raise ImportFault(
            None,
            f"Word numbers {len(numbered)} paragraphs of this file by itself, so their numbers are not in its text. "
            "Save it from Word as plain text in UTF-8, which writes them out.",
        )
    return "\n\n".join(paragraph.text for paragraph in paragraphs)


def _html(data):
    declared = CHARSET.search(data[:4096])
    try:
        text = data.decode(declared[1].decode() if declared else "utf-8")
    except (LookupError, UnicodeDecodeError) as error:
        raise ImportFault(None, "the characters of this HTML file cannot be read. Save it in UTF-8.") from error
    page = _Page()
    page.feed(text)
    page.close()
    return "".join(page.pieces)


class _Page(HTMLParser):
    """The words of a page, a blank line between two blocks; items of ordered lists get their labels."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.unseen = 0
        self.lists: list[list] = []  # of each open list its type and the number of its items

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in UNSEEN
        if tag in BLOCKS:
            self.pieces.append("\n\n")
        if tag == "br":
            self.pieces.append("\n")
        if tag in {"ol", "ul"}:
            self.lists.append([dict(attrs).get("type") or "1" if tag == "ol" else "", 0])
        elif tag == "li" and self.lists and self.lists[-1][0]:
            self.lists[-1][1] += 1
            self.pieces.append(_label(*self.lists[-1]))

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in UNSEEN and self.unseen > 0
        if tag in {"ol", "ul"} and self.lists:
            self.lists.pop()
        if tag in BLOCKS:
            self.pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.pieces.append(re.sub(r"\s+", " ", data))


def _label(kind, number):
    if kind.lower() == "a":
        return f"({chr(ord('a') + (number - 1) % 26)}) "
    return f"({written(number)}) " if kind.lower() == "i" else f"{number}. "
