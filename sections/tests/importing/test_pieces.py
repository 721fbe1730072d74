"""Lists, numbers, references and broken addresses, each in a paragraph or two."""

import pytest

from sections.importing import parse_report
from sections.importing.parse.drafts import heading_of
from sections.importing.parse.references import references_in
from sections.tests.support.examplia import report_of


def blocks_of(*lines):
    return [(b.kind, b.level, b.label, b.text) for b in parse_report(report_of(*lines)).paragraphs[0].blocks]


LISTS = [
    (
        ["1.\tAims:", "\t(a)\tOne:", "\t(i)\tSmall;", "\t(ii)\tBig;", "\t(b)\tTwo."],
        [(1, "(a)"), (2, "(i)"), (2, "(ii)"), (1, "(b)")],
    ),
    (["1.\tAims:", "\t(h)\tOne;", "\t(i)\tTwo;", "\t(j)\tThree."], [(1, "(h)"), (1, "(i)"), (1, "(j)")]),
    (["1.\tAims:", "\t•\tOne", "\t\t-\tSmall", "\t•\tTwo"], [(1, "•"), (2, "-"), (1, "•")]),
    (["1.\tAims:", "\t1.\tOne, with:", "Small", "\t2.\tTwo"], [(1, "1."), (2, ""), (1, "2.")]),
    (["1.\t(a)\tOne;", "\t(b)\tTwo."], [(1, "(a)"), (1, "(b)")]),
    (["1.\tAims:", "\tc)\tOne;", "\td)\tTwo."], [(1, "c)"), (1, "d)")]),
]


@pytest.mark.parametrize(("lines", "expected"), LISTS)
def test_it_finds_the_level_of_list_items(lines, expected):
    assert [(level, label) for kind, level, label, _ in blocks_of(*lines) if kind == "item"] == expected


def test_it_takes_numbers_at_the_margin_after_a_colon_for_a_list():
    lines = ["1.\tAims:", "1.\tLight;", "2.\tPeace;", "3.\tRest.", "2.\tThe Act has:", "1.\tArticles.", "3.\tThe end."]
    report = parse_report(report_of(*lines))
    assert [(p.number, [b.label for b in p.blocks]) for p in report.paragraphs] == [
        (1, ["", "1.", "2.", "3."]),
        (2, ["", "1."]),
        (3, [""]),
    ]


def test_it_goes_on_with_text_after_a_sentence_and_with_items_after_a_colon():
    assert blocks_of("1.\tOne.", "Two.", "Three:", "Four.", "Five.", "\t(a)\tSix.", "Seven.") == [
        ("text", 0, "", "One."),
        ("text", 0, "", "Two."),
        ("text", 0, "", "Three:"),
        ("item", 1, "", "Four."),
        ("item", 1, "", "Five."),
        ("item", 1, "(a)", "Six."),
        ("text", 0, "", "Seven."),
    ]


def test_it_keeps_the_text_as_printed_but_for_its_ends():
    assert blocks_of("1.\t Two  spaces, no\u2011break\u00a0here.  ") == [
        ("text", 0, "", "Two  spaces, no\u2011break\u00a0here.")
    ]


def test_it_warns_of_a_row_with_too_few_cells():
    report = parse_report(report_of("1.\tOne.", "\t\tLamps", "\tYear", "\tLit", "", "\t2015", "\t2", "", "\t2016"))
    assert report.paragraphs[0].blocks[1].table.rows == (("2015", "2"), ("2016",))
    assert [(w.line, w.message) for w in report.warnings] == [
        (10, "a row of the table has 1 cells where the header has 2; kept as printed.")
    ]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("See http://a.example/b/", "c.pdf.", "See http://a.example/b/c.pdf."),
        ("See http://a.example/b_", "C.PDF.", "See http://a.example/b_C.PDF."),
        ("See http://a.example/?n", "=5&m=6.", "See http://a.example/?n=5&m=6."),
        ("See http://a.example/b.", "Then the law.", "See http://a.example/b. Then the law."),
        ("See the", "law.", "See the law."),
    ],
)
def test_it_joins_a_broken_footnote(first, second, joined):
    report = parse_report(report_of(f"1.\tOne.[footnoteRef:1] [1: \t\t{first}", f"{second}]"))
    assert report.paragraphs[0].footnotes[0].text == joined


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Annex 1.", [("Annex 1", "1")]),
        ("in annexes 5 and 6.", [("annexes 5", "5"), ("6", "6")]),
        ("Annexes 4, 9a and 9b.", [("Annexes 4", "4"), ("9a", "9a"), ("9b", "9b")]),
        ("annexes 3 to 6", [("annexes 3", "3"), ("to", "4"), ("to", "5"), ("6", "6")]),
        ("annex 8 and 12 others; annexed to this", [("annex 8", "8")]),
        ("(see www.a.example/b_(c)).", [("www.a.example/b_(c)", "www.a.example/b_(c)")]),
        ("http://a.example/.", [("http://a.example/", "http://a.example/")]),
    ],
)
def test_it_finds_references(text, found):
    assert [(text[r.start : r.end], r.target) for r in references_in(text)] == found


@pytest.mark.parametrize(
    ("title", "kind", "number", "last"),
    [
        ("Reply to paragraph 8", "reply", 8, None),
        ("Reply to paragraphs 3 and 4 of the list of issues (CMW/C/XXX/QPR/2)", "reply", 3, 4),
        ("Replies to paragraphs 3 to 5", "reply", 3, 5),
        ("Reply to the issues raised in paragraph 12 of the list of issues", "reply", 12, None),
        ("Part IV", "part", None, None),
        ("Part II of the Convention", "heading", None, None),
        ("Introduction", "heading", None, None),
        ("Abbreviations", "abbreviations", None, None),
    ],
)
def test_it_knows_what_a_heading_says(title, kind, number, last):
    heading = heading_of(title)
    assert (heading.kind, heading.number, heading.last_number) == (kind, number, last)
