"""Paragraphs as documents, Markdown and plain text: everything is there, and nothing that is typed becomes markup."""

import gc
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from lxml import etree
from markdown_it import MarkdownIt

from sections.exports.formats import PASSAGE_FORMATS
from sections.exports.listing import Listing
from sections.exports.passages import Passage
from sections.exports.texts import in_markdown
from sections.queries.passages import paragraphs_in_order
from sections.tests.support.world import OFFICE, SYMBOL, make_world

pytestmark = pytest.mark.django_db
URL = "http://testserver/XXX/C/EXA/1/paragraphs/{}/"
HOSTILE = [
    "# not a heading",
    "1. not an item",
    "- not an item",
    "[link](javascript:alert(1))",
    "<script>alert(1)</script>",
    "| not | a | table |",
    "`code` **bold** __bold__ ~~gone~~",
    "    not code\n\n\n---\n***",
    "> not a quotation",
    "![picture](http://evil.example/x.png)",
    "&lt;b&gt; &#60;",
    "a\x00\x0b\x1bb",
    "w:t]]></w:t>",
]


def listing(*numbers, note=""):
    make_world()
    passages = [
        Passage(paragraph, f"{SYMBOL}, paragraph {paragraph.number}", f"Reply {paragraph.section.number}",
                f"Report, para. {paragraph.number}.", URL.format(paragraph.number), note=note)
        for paragraph in paragraphs_in_order([(SYMBOL, number) for number in numbers])
    ]  # fmt: skip
    return Listing("Things to take along", [], [], passages=passages, about=[("Source", "here")])


def document(listing):
    """The document of a list, opened again; every part of its archive is valid XML."""
    written = PASSAGE_FORMATS["docx"].write(listing)
    with ZipFile(BytesIO(written)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))
    return Document(BytesIO(written))


def count_of_elements():
    """The elements of XML in memory; by their type, because what a weak reference stands for may be gone."""
    return sum(issubclass(type(one), etree._Element) for one in gc.get_objects())


def test_a_document_that_was_written_leaves_no_tree_in_memory():
    to_write = listing(4, 2)
    document(to_write)
    gc.collect()
    gc.disable()
    try:
        before = count_of_elements()
        PASSAGE_FORMATS["docx"].write(to_write)
        assert count_of_elements() == before
    finally:
        gc.enable()


def test_a_document_has_headings_text_notes_citations_and_addresses():
    read = document(listing(4, 2, note="Ask about this."))
    words = [(paragraph.style.name, paragraph.text) for paragraph in read.paragraphs]
    assert words == [
        ("Title", "Things to take along"),
        ("Normal", "Source: here"),
        ("Heading 1", f"{SYMBOL}, paragraph 4"),
        ("Subtitle", "Reply 2"),
        ("Normal", "4. It was counted once. See annex 2."),
        ("List Continue", "Note 4: Counted in <May> 2015."),
        ("Normal", "My note: Ask about this."),
        ("Normal", f"Report, para. 4. {URL.format(4)}"),
        ("Heading 1", f"{SYMBOL}, paragraph 2"),
        ("Subtitle", "Reply 1"),
        ("Normal", "2. Travellers are told:"),
        ("Normal", "(a) Where to go;"),
        ("Normal", "By day & by night;"),
        ("Normal", "(b) Whom to ask."),
        ("Normal", "My note: Ask about this."),
        ("Normal", f"Report, para. 2. {URL.format(2)}"),
    ]
    assert [link.address for link in read.paragraphs[7].hyperlinks] == [URL.format(4)]
    indents = [read.paragraphs[at].paragraph_format.left_indent.cm for at in (11, 12)]
    assert [round(indent, 2) for indent in indents] == [0.75, 1.5]


def test_a_document_keeps_tables_as_tables():
    (table,) = document(listing(3)).tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells == [["", "2014", "2015"], ["Granted", "1 200", "1 300"]]


@pytest.mark.parametrize("note", HOSTILE)
def test_a_document_holds_any_note_as_it_was_typed(note):
    words = [paragraph.text for paragraph in document(listing(1, note=note)).paragraphs]
    assert "My note: " + note.replace("\x00\x0b\x1b", "") in words


@pytest.mark.parametrize("note", HOSTILE)
def test_markdown_prints_any_note_as_words(note):
    written = PASSAGE_FORMATS["md"].write(listing(1, note=note))
    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(written)
    noted = etree.fromstring(f"<page>{html}</page>").findall("p")[-2]
    assert [child.tag for child in noted] == ["strong"]
    assert "".join(noted.itertext()) == "My note: " + " ".join(note.replace("\x00\x0b\x1b", "").split())
    assert "<h1>" in html and html.count("<h2>") == 1 and "<script" not in html and "<img" not in html


def test_markdown_keeps_lists_notes_and_tables():
    written = PASSAGE_FORMATS["md"].write(listing(3, 4))
    assert written == (
        "# Things to take along\n\n"
        f"## {SYMBOL}, paragraph 3\n\nReply 1\n\n"
        f"> 3\\. Its budget was as follows.\n>\n> Budget of the {OFFICE}\n>\n> (crowns)\n>\n"
        "> |  | 2014 | 2015 |\n> | --- | --- | --- |\n> | Granted | 1 200 | 1 300 |\n>\n> Source\\: NOT.\n\n"
        f"Report, para. 3. <{URL.format(3)}>\n\n"
        f"## {SYMBOL}, paragraph 4\n\nReply 2\n\n"
        "> 4\\. It was counted once. See annex 2.\n>\n> \\[4\\] Counted in \\<May\\> 2015.\n\n"
        f"Report, para. 4. <{URL.format(4)}>\n"
    )
    assert "<table>" in MarkdownIt("gfm-like", {"linkify": False}).render(written)


@pytest.mark.parametrize("text", ["1. x", "2) x", "+ x", "=x", ". x", "#x"])
def test_markdown_takes_no_beginning_for_a_mark(text):
    html = MarkdownIt("gfm-like", {"linkify": False}).render(in_markdown(text))
    assert html == f"<p>{text}</p>\n"


def test_plain_text_has_words_notes_citations_and_addresses():
    assert PASSAGE_FORMATS["txt"].write(listing(4, 2, note="Mine.")) == (
        "Things to take along\n\n\n4. It was counted once. See annex 2.\nNote 4: Counted in <May> 2015.\n\n"
        f"My note: Mine.\n\nReport, para. 4.\n{URL.format(4)}\n\n\n"
        "2. Travellers are told:\n    (a) Where to go;\n        By day & by night;\n    (b) Whom to ask.\n\n"
        f"My note: Mine.\n\nReport, para. 2.\n{URL.format(2)}\n"
    )
