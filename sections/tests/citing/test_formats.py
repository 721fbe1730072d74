"""Citations as the files that reference managers read; a format is one function and one registration."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from hypothesis import given
from hypothesis import strategies as st

from sections.citing import FORMATS
from sections.citing.formats import bibtex, paragraph_as_text, ris
from sections.exports.formats import FileFormat
from sections.tests.support.pages import read
from sections.tests.support.world import SYMBOL, make_world

REPORT = SimpleNamespace(
    symbol="XXX/C/EXA/1",
    title="Report of Examplia & others",
    state_party="Examplia",
    treaty_body="Committee on Travellers",
    language="en",
    date_received=date(2017, 5, 2),
    date_distributed=date(2017, 6, 14),
)
PARAGRAPH = SimpleNamespace(report=REPORT)
ADDRESS = "http://site.example/XXX/C/EXA/1/paragraphs/3/"


def test_it_writes_a_record_in_the_ris_format():
    assert ris(PARAGRAPH, "para. 3", ADDRESS).split("\r\n") == [
        "TY  - RPRT",
        "AU  - Examplia",
        "TI  - Report of Examplia & others",
        "PB  - United Nations",
        "A2  - Committee on Travellers",
        "M1  - XXX/C/EXA/1",
        "PY  - 2017",
        "DA  - 2017/06/14",
        "SP  - para. 3",
        "LA  - en",
        f"UR  - {ADDRESS}",
        "ER  - ",
        "",
    ]


def test_it_writes_a_bibtex_entry_with_what_tex_would_read_as_a_command_escaped():
    assert bibtex(PARAGRAPH, "para. 3", ADDRESS) == (
        "@techreport{xxx-c-exa-1-para-3,\n"
        "  author = {{Examplia}},\n"
        "  title = {{Report of Examplia \\& others}},\n"
        "  institution = {United Nations, Committee on Travellers},\n"
        "  type = {UN Doc.},\n"
        "  number = {XXX/C/EXA/1},\n"
        "  year = {2017},\n"
        "  month = jun,\n"
        "  note = {para. 3},\n"
        f"  url = {{{ADDRESS}}}\n"
        "}\n"
    )


def test_it_leaves_out_a_date_that_nobody_knows():
    report = SimpleNamespace(**vars(REPORT) | {"date_received": None, "date_distributed": None})
    undated = SimpleNamespace(report=report)
    assert "PY  - " not in ris(undated, "", ADDRESS)
    assert "year" not in bibtex(undated, "", ADDRESS)


@given(st.text())
def test_it_keeps_braces_in_balance_whatever_the_title(title):
    report = SimpleNamespace(**vars(REPORT) | {"title": title})
    entry = bibtex(SimpleNamespace(report=report), "para. 3", ADDRESS)
    plain = entry.replace("\\{", "").replace("\\}", "")
    assert plain.count("{") == plain.count("}")


def test_it_writes_a_paragraph_with_its_list_and_notes_as_plain_text():
    rows = [
        ("text", 0, "", "Told:"),
        ("item", 1, "(a)", "Where;"),
        ("item", 2, "", "By day."),
        ("footnote", 0, "4", "So."),
    ]
    blocks = [SimpleNamespace(kind=kind, level=level, label=label, text=text) for kind, level, label, text in rows]
    paragraph = SimpleNamespace(report=REPORT, number=3, blocks=SimpleNamespace(all=lambda: blocks))
    citation = "Report of Examplia & others, UN Doc. XXX/C/EXA/1 (14 June 2017), para. 3."
    assert paragraph_as_text(paragraph, "para. 3", ADDRESS) == (
        f"3. Told:\n    (a) Where;\n        By day.\n\nNote 4: So.\n\n{citation}\n{ADDRESS}\n"
    )


@pytest.mark.django_db
def test_it_gives_a_registered_format_at_its_address_and_in_the_links_of_the_page(client, monkeypatch):
    make_world()

    def write(paragraph, place, address):
        return f"{paragraph.report.symbol}, {place}: {address}"

    page = f"/{SYMBOL}/paragraphs/3/"
    files = [f"/{SYMBOL}/paragraphs/3.{ending}" for ending in ("json", "txt", "ris", "bib")]
    assert client.get(f"/{SYMBOL}/paragraphs/3.enw", follow=True).status_code == 404
    assert [link for link in read(client.get(page)).links() if "/3." in link] == files
    caches["template_fragments"].clear()  # formats are known when a process starts
    monkeypatch.setitem(FORMATS, "enw", FileFormat("enw", "EndNote", "application/x-endnote-refer", write))
    assert [link for link in read(client.get(page)).links() if "/3." in link] == [*files, f"/{SYMBOL}/paragraphs/3.enw"]
    response = client.get(f"/{SYMBOL}/paragraphs/3.enw")
    assert response.content.decode() == f"{SYMBOL}, para. 3: http://testserver{page}"
    assert response["Content-Type"] == "application/x-endnote-refer"
    assert response["Content-Disposition"] == 'attachment; filename="XXX-C-EXA-1-para-3.enw"'
