"""Citations as the files that reference managers read, read back by readers that are not ours."""

import json
from dataclasses import replace
from datetime import date

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from sections.citing import FORMATS, Place, ReportPlace, SitePage
from sections.text.item_paths import Step

ADDRESS = "http://site.example/XXX/C/EXA/1/paragraphs/3/"
CITED = ReportPlace(
    title="Report of Examplia & others",
    state_party="Examplia",
    committee="Committee on Travellers",
    symbol="XXX/C/EXA/1",
    day=date(2017, 6, 14),
    text_language="en",
    address=ADDRESS,
    place=Place((3,)),
    language="en-gb",
)
PAGE = SitePage("Article 5: Life", "http://site.example/convention/articles/5/", "en-gb")
UNPRINTED = ["Cs", "Cc", "Zl", "Zp"]
PRINTABLE = st.text(st.characters(codec="utf-8", exclude_categories=UNPRINTED), min_size=1).map(str.strip)


def written(ending, *citations):
    return FORMATS[ending].write(citations)


def test_it_writes_a_record_in_the_ris_format():
    assert written("ris", CITED).split("\r\n") == [
        "TY  - RPRT",
        "AU  - Examplia",
        "TI  - Report of Examplia & others",
        "PB  - United Nations",
        "A2  - Committee on Travellers",
        "SN  - XXX/C/EXA/1",
        "PY  - 2017",
        "DA  - 2017/06/14",
        "SP  - para. 3",
        "LA  - en",
        f"UR  - {ADDRESS}",
        "ER  - ",
        "",
    ]


def test_another_program_reads_every_record_of_a_ris_file():
    first, second = rispy.loads(written("ris", CITED, PAGE))
    assert (first["type_of_reference"], first["authors"], first["issn"]) == ("RPRT", ["Examplia"], "XXX/C/EXA/1")
    assert (second["type_of_reference"], second["title"], second["urls"]) == ("ELEC", PAGE.title, [PAGE.address])


def test_it_writes_a_bibtex_entry_with_what_tex_would_read_as_a_command_escaped():
    assert written("bib", CITED) == (
        "@techreport{xxx-c-exa-1-para-3,\n"
        "  author = {{Examplia}},\n"
        "  title = {{Report of Examplia \\& others}},\n"
        "  institution = {United Nations, Committee on Travellers},\n"
        "  type = {UN Doc.},\n"
        "  number = {XXX/C/EXA/1},\n"
        "  year = {2017},\n"
        "  note = {para. 3},\n"
        "  month = jun,\n"
        f"  url = {{{ADDRESS}}}\n"
        "}\n"
    )


def test_another_program_reads_every_entry_of_a_bibtex_file():
    library = bibtexparser.parse_string(written("bib", CITED, CITED, PAGE))
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [
        "xxx-c-exa-1-para-3",
        "xxx-c-exa-1-para-3-2",
        "paragraph-by-paragraph-article-5-life",
    ]
    assert [entry.entry_type for entry in library.entries] == ["techreport", "techreport", "misc"]


def test_it_writes_csl_json_that_a_citation_processor_reads():
    assert json.loads(written("csl.json", CITED, PAGE)) == [
        {
            "id": "xxx-c-exa-1-para-3",
            "type": "report",
            "title": "Report of Examplia & others",
            "author": [{"literal": "Examplia"}],
            "authority": "Committee on Travellers",
            "number": "XXX/C/EXA/1",
            "publisher": "United Nations",
            "issued": {"date-parts": [[2017, 6, 14]]},
            "note": "para. 3",
            "language": "en",
            "URL": ADDRESS,
        },
        {
            "id": "paragraph-by-paragraph-article-5-life",
            "type": "webpage",
            "title": PAGE.title,
            "container-title": "Paragraph by Paragraph",
            "language": "en-gb",
            "URL": PAGE.address,
        },
    ]


def test_it_leaves_out_what_nobody_knows():
    bare = replace(CITED, day=None, state_party="", committee="", place=Place())
    assert [line[:2] for line in written("ris", bare).split("\r\n")] == ["TY", "TI", "PB", "SN", "LA", "UR", "ER", ""]
    (entry,) = bibtexparser.parse_string(written("bib", bare)).entries
    assert entry.fields_dict.keys() == {"title", "institution", "type", "number", "url"}
    (item,) = json.loads(written("csl.json", bare))
    assert item.keys() == {"id", "type", "title", "number", "publisher", "language", "URL"}


@pytest.mark.parametrize(
    ("place", "key"),
    [
        (Place((92, 93, 94)), "xxx-c-exa-1-add.1-para-92-94"),
        (Place((92, 95, 96)), "xxx-c-exa-1-add.1-para-92-95-96"),
        (Place((2,), item=(Step("b", 2), Step("", 1))), "xxx-c-exa-1-add.1-para-2-b-item-1"),
        (Place((4,), footnote=4), "xxx-c-exa-1-add.1-para-4-fn-4"),
        (Place((3,), table=1), "xxx-c-exa-1-add.1-para-3-table-1"),
    ],
)
def test_it_gives_every_place_a_key_of_its_own(place, key):
    cited = replace(CITED, symbol="XXX/C/EXA/1/Add.1", place=place)
    (item,) = json.loads(written("csl.json", cited))
    assert item["id"] == key.replace(".", "-")


@given(PRINTABLE.filter(bool), PRINTABLE)
def test_no_title_or_name_breaks_a_file(title, state):
    cited = replace(CITED, title=title, state_party=state)
    entry = written("bib", cited)
    plain = entry.replace("\\{", "").replace("\\}", "")
    assert plain.count("{") == plain.count("}")
    assert bibtexparser.parse_string(entry).failed_blocks == []
    lines = written("ris", cited).removesuffix("\r\n").split("\r\n")
    assert all(line[2:6] == "  - " for line in lines) and lines.count("ER  - ") == 1
    assert json.loads(written("csl.json", cited))[0]["title"] == title
