"""Paragraphs with their citations as a document. Imported only when one is written: python-docx takes memory."""

from io import BytesIO

from django.utils import timezone
from django.utils.translation import get_language, gettext
from docx import Document
from docx.document import Document as OpenDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from sections.models import Block

from .listing import CREATOR, Listing, printable
from .passages import Passage, table_of

STEP = 0.75  # centimetres that a list stands further in at each level


def write_docx(listing: Listing) -> bytes:
    """Each paragraph under a heading: its text, tables and notes, the reader's note, its citation and its address."""
    document = Document()
    properties = document.core_properties
    properties.title, properties.author = _property(listing.title), CREATOR
    properties.subject = _property(
        "; ".join(dict.fromkeys(passage.paragraph.report.symbol for passage in listing.passages))
    )
    properties.comments = _property("; ".join(f"{words}: {value}" for words, value in listing.about))
    properties.language, properties.created = get_language(), timezone.now()
    properties.modified = properties.created
    document.add_heading(printable(listing.title), 0)
    for words, value in listing.about:
        document.add_paragraph(printable(f"{words}: {value}"))
    for passage in listing.passages:
        _add_passage(document, passage)
    out = BytesIO()
    document.save(out)
    for part in [*document.part.package.parts, document]:
        vars(part).clear()  # they form reference cycles: a megabyte would stay until the garbage collector runs
    return out.getvalue()


def _property(text: str) -> str:
    """A text as a property of the document, which holds 255 characters."""
    return printable(text)[:255]


def _add_passage(document: OpenDocument, passage: Passage) -> None:
    document.add_heading(printable(passage.heading), 1)
    if passage.place:
        document.add_paragraph(printable(passage.place), "Subtitle")
    number = f"{passage.paragraph.number}. "
    for block in passage.blocks:
        if lines := table_of(block):
            _add_table(document, block, lines)
        else:
            written = document.add_paragraph(
                printable(f"{number}{block.label} {block.text}".replace("  ", " ").strip())
            )
            written.paragraph_format.left_indent = Cm(STEP * max(block.level, 0))
        number = ""
    for block in passage.footnotes:
        words = gettext("Note %(number)s") % {"number": block.label}
        document.add_paragraph(printable(f"{words}: {block.text}"), "List Continue")
    if passage.note:
        noted = document.add_paragraph()
        noted.add_run(gettext("My note:") + " ").bold = True
        noted.add_run(printable(passage.note))
    cited = document.add_paragraph(printable(f"{passage.citation} "))
    _add_link(cited, passage.url)


def _add_table(document: OpenDocument, block: Block, lines: list[list[str]]) -> None:
    for words in filter(None, (block.table.title, block.table.unit)):
        document.add_paragraph(printable(words), "Caption")
    table = document.add_table(0, len(lines[0]), "Table Grid")
    for line in lines:
        for cell, words in zip(table.add_row().cells, line, strict=True):
            cell.text = printable(words)
    document.add_paragraph(printable(block.table.source or ""))


def _add_link(paragraph: Paragraph, url: str) -> None:
    """Adds the address to the paragraph as a link, for which python-docx has no method."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(paragraph.add_run(url)._r)
    paragraph._p.append(link)
