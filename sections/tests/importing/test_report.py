"""A whole report of Examplia, read."""

import json

import pytest

from sections.importing import as_json, parse_report, read_contents
from sections.tests.support.examplia import CONTENTS, EXAMPLIA, report_of


@pytest.fixture(scope="module")
def read():
    return as_json(parse_report(EXAMPLIA.encode()))


def test_it_puts_the_slices_together_to_the_source():
    for source in (EXAMPLIA, EXAMPLIA.replace("\n", "\r\n"), "\ufeff" + EXAMPLIA, "\n\n" + EXAMPLIA.rstrip("\n")):
        report = parse_report(source.encode())
        assert report.source_text == source
        assert len(report.paragraphs) == 6


def test_it_reads_the_same_from_lines_that_end_as_on_windows(read):
    assert as_json(parse_report(EXAMPLIA.replace("\n", "\r\n").encode())) == read


def test_it_reads_the_outline_and_recovers_the_lost_reply(read):
    assert [(s["key"], s["level"], s["title"], s["recovered"]) for s in read["sections"]] == [
        ("part-1", 1, "Part I", False),
        ("part-1/a", 2, "General information", False),
        ("reply-1", 3, "Reply to paragraph 1", False),
        ("part-1/b", 2, "Information on the Convention", False),
        ("part-1/b/1", 3, "Part II of the Convention", False),
        ("reply-2", 4, "Reply to paragraph 2", False),
        ("reply-3", 4, "Reply to paragraph 3", True),
        ("part-1/b/2", 3, "Part III of the Convention", False),
        ("reply-4", 4, "Reply to paragraph 4", False),
    ]
    assert read["sections"][6]["evidence"] == (
        "Recovered: paragraph 5 stands after a stray space, where a heading was lost; "
        "the reply to paragraph 3 is missing between those around it; "
        "bookmark _Toc105 is missing between the headings before and after it, "
        "exactly as many as the headings recovered there."
    )


def test_it_lists_the_replies_with_their_paragraphs(read):
    keys = ("number", "recovered", "first_paragraph", "last_paragraph", "part", "convention_part")
    assert read["replies"] == [
        dict(zip(keys, values, strict=True))
        for values in (
            (1, False, 1, 3, "I", None),
            (2, False, 4, 4, "I", "II"),
            (3, True, 5, 5, "I", "II"),
            (4, False, 6, 6, "I", "III"),
        )
    ]


def test_it_reads_paragraphs_into_blocks(read):
    blocks = {
        p["number"]: [(b["type"], b["level"], b["label"], b["text"]) for b in p["blocks"]] for p in read["paragraphs"]
    }
    assert blocks == {
        1: [("text", 0, "", "The Lantern Act protects travellers. It was passed in 2011.")],
        2: [
            ("text", 0, "", "The Lantern Office does the following:"),
            ("item", 1, "", "It lights the roads;"),
            ("item", 1, "", "It keeps a register. The register is public."),
        ],
        3: [
            ("text", 0, "", "Lamps were counted. Annexes 1, 2a and 2b."),
            (
                "table",
                0,
                "",
                "Lamps by year\n(Thousands) Public roads\n\t2015\t2016\nLit\t1\u00a0204\t1\u00a0310\n"
                "Source: www.lamps.example/count.",
            ),
        ],
        4: [("text", 0, "", "Two aims are pursued: (a) light; (b) peace.")],
        5: [
            ("text", 0, "", "Measures are:"),
            ("item", 1, "(a)", "The Office, for:"),
            ("item", 2, "", "Roads;"),
            ("item", 2, "", "Bridges;"),
            ("item", 1, "b)", "The Council."),
        ],
        6: [("text", 0, "", "The reply comes later; see annexes 3 to 5.")],
    }


def test_it_reads_tables_footnotes_annexes_and_abbreviations(read):
    assert read["tables"] == [
        {
            "paragraph": 3,
            "title": "Lamps by year",
            "unit": "(Thousands) Public roads",
            "header": ["", "2015", "2016"],
            "rows": [["Lit", "1\u00a0204", "1\u00a0310"]],
            "source": "Source: www.lamps.example/count.",
        }
    ]
    text = "See http://lantern.example/act?id=7, with [amended] article 3."
    assert read["footnotes"] == [{"number": 2, "paragraph": 1, "text": text}]
    assert [p["footnotes"] for p in read["paragraphs"]] == [[2], [], [], [], [], []]
    assert [p["annexes"] for p in read["paragraphs"]] == [[], [], ["1", "2a", "2b"], [], [], ["3", "4", "5"]]
    assert read["abbreviations"] == [
        {"acronym": "LO", "name": "Lantern Office"},
        {"acronym": "RC", "name": "Road Council"},
    ]
    assert read["warnings"] == [
        {"line": 4, "message": "footnote 1 is not in the text."},
        {"line": 31, "message": "the label “b)” has no opening parenthesis; kept as printed."},
    ]


def test_it_keeps_where_a_footnote_is_called():
    note = parse_report(EXAMPLIA.encode()).paragraphs[0].footnotes[0]
    assert (note.block, note.offset) == (0, len("The Lantern Act protects travellers."))


def test_it_reads_a_footnote_wherever_it_is_called():
    paragraph = parse_report(
        report_of(
            "1.\tSee[footnoteRef:1]: [1: \t\tOne",
            "and a half.] [2: \t\tTwo.]",
            "\t(a)\tIn [footnoteRef:2]the middle.",
            "\t\tTitle[footnoteRef:3] [3: \t\tThree.]",
            "",
            "\tRow",
            "\tYear[footnoteRef:4] [4: \t\tFour.]",
            "",
            "\tEnd",
            "",
            "\tA",
            "\t1",
            "\t2",
        )
    ).paragraphs[0]
    assert [(note.number, note.block, note.offset, note.text) for note in paragraph.footnotes] == [
        (1, 0, 3, "One and a half."),
        (2, 1, 3, "Two."),
        (3, 2, 5, "Three."),
        (4, 2, 14, "Four."),
    ]
    assert paragraph.blocks[2].table.header == ("Row", "Year", "End")


def test_it_recovers_lost_headings_of_any_kind_from_the_published_contents():
    lost = "[bookmark: _Toc106]\t2.\tPart III of the Convention\n[bookmark: _Toc107]\t\tReply to paragraph 4\n"
    source = EXAMPLIA.replace(lost + "6.", " 6.")
    read = as_json(parse_report(source.encode(), read_contents(json.dumps(CONTENTS))))
    assert [(s["key"], s["recovered"], s["convention_part"]) for s in read["sections"][-4:]] == [
        ("reply-2", False, "II"),
        ("reply-3", True, "II"),
        ("part-1/b/2", True, "III"),
        ("reply-4", True, "III"),
    ]
    assert [(r["first_paragraph"], r["last_paragraph"]) for r in read["replies"]] == [(1, 3), (4, 4), (5, 5), (6, 6)]


def test_it_sets_aside_contents_that_belong_to_another_report():
    contents = {"contents": [{"title": "Part IX"}, {"title": "Reply to paragraph 90"}]}
    report = parse_report(EXAMPLIA.encode(), read_contents(json.dumps(contents)))
    assert [section.number for section in report.sections if section.kind == "reply"] == [1, 2, 3, 4]
    assert "set aside" in report.warnings[0].message


def test_it_invents_no_reply_for_a_stray_space():
    source = report_of("1.\tOne.", " 2.\tTwo.", "\t\tReply to paragraph 2", "3.\tThree.")
    report = parse_report(source)
    assert [section.number for section in report.sections] == [1, 2]
    assert [str(warning.message) for warning in report.warnings] == [
        "a stray space stands before paragraph 2, but no reply is missing here."
    ]


def test_it_recovers_nothing_where_counts_disagree():
    source = report_of("1.\tOne.", " 2.\tTwo.", "\t\tReply to paragraph 4", "3.\tThree.")
    report = parse_report(source)
    assert [section.number for section in report.sections] == [1, 4]
    assert [warning.message for warning in report.warnings] == [
        "between lines 1 and 4 the text lacks replies 2–3, which doesn't agree with its stray spaces (on line 3); "
        "none was recovered from them."
    ]


def test_it_says_which_heading_ends_a_reply():
    source = report_of("1.\tOne.", "\t\tLighting", "2.\tTwo.", "\t\tReply to paragraph 2", "3.\tThree.")
    read = as_json(parse_report(source))
    assert [p["reply"] for p in read["paragraphs"]] == [1, None, 2]
    assert read["warnings"] == [
        {"line": 3, "message": "the heading “Lighting” ends the reply above it; its paragraphs belong to no reply."}
    ]


def test_it_takes_a_bookmarked_title_over_cells_for_a_table():
    source = report_of("1.\tOne.", "[bookmark: _Toc7]\t\tLamps", "\tA", "\tB", "", "\t1", "\t2")
    assert parse_report(source).paragraphs[0].blocks[1].table.title == "Lamps"
