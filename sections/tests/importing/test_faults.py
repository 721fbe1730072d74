"""Texts that can't be read: the fault names the line and the reason."""

import pytest

from sections.importing import ImportFault, parse_report
from sections.tests.support.examplia import report_of

FAULTS = [
    ("nothing", b"", 1, "the file is empty"),
    ("white space", b" \n\t\n", 1, "the file is empty"),
    ("a NUL byte", b"1.\tOne.\nab\0c\n", 2, "NUL byte"),
    ("Latin-1", "1.\tOne.\n2.\tCaf\xe9.\n".encode("latin-1"), 2, "isn't UTF-8 (byte 0xE9)"),
    ("UTF-16", "1.\tOne.\n".encode("utf-16"), 1, "UTF-16"),
    ("a control character", b"1.\tOne.\n2.\tTwo\x1b.\n", 2, "U+001B"),
    ("a gap", report_of("1.\tOne.", "3.\tThree."), 3, "paragraph 3 follows paragraph 1; 2 is missing"),
    ("a first number that isn't 1", report_of("2.\tTwo."), 2, "paragraph 2 follows paragraph 0; 1 is missing"),
    ("a duplicate", report_of("1.\tOne.", "2.\tTwo.", "2.\tTwo."), 4, "paragraph 2 is there already; paragraph 3"),
    ("text first", b"Hello.\n1.\tOne.\n", 1, "before the first heading"),
    ("text under a heading", report_of("Hello.", "1.\tOne."), 2, "under the heading “Reply to paragraph 1”"),
    ("no paragraph", b"\t\tPart I\n", 1, "no numbered paragraph"),
    ("a stray cell", report_of("1.\tOne.", "\tCell"), 3, "neither text, list item nor table"),
    (
        "a reply that comes twice",
        report_of("1.\tOne.", "\t\tReply to paragraph 1", "2.\tTwo."),
        3,
        "there already, on line 1",
    ),
    ("an unclosed footnote", report_of("1.\tOne[footnoteRef:1]. [1: \t\tOh", "2.\tTwo."), 2, "footnote 1 opens here"),
    (
        "an unclosed footnote before another",
        report_of("1.\tA[footnoteRef:1]. [1: \t\tOh", "2.\tB[footnoteRef:2]. [2: \t\tNo.]"),
        2,
        "footnote 1 opens here and is never closed",
    ),
    (
        "a mark without a body",
        report_of("1.\tOne.", "2.\tTwo[footnoteRef:1]."),
        3,
        "footnote 1 is called but has no body",
    ),
    ("a body without a mark", report_of("1.\tOne. [1: \t\tOh.]"), 2, "footnote 1 has a body but no mark"),
    (
        "a footnote that comes twice",
        report_of("1.\tA[footnoteRef:1]. [1: \t\tOh.]", "2.\tB[footnoteRef:1]. [1: \t\tNo.]"),
        3,
        "footnote 1 is there twice, first on line 2",
    ),
    (
        "a footnote in a heading",
        b"\t\tReply to paragraph 1[footnoteRef:1] [1: \t\tOh.]\n1.\tA.\n",
        1,
        "stands in a heading",
    ),
    ("a broken mark", report_of("1.\tOne[footnoteRef:]."), 2, "the mark of a footnote is broken"),
    ("a stray abbreviation", report_of("1.\tOne.", "\t\tAbbreviations", "LO Lantern"), 4, "list of abbreviations"),
]


@pytest.mark.parametrize(
    ("source", "line", "words"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_it_names_the_line_and_the_reason(source, line, words):
    with pytest.raises(ImportFault) as caught:
        parse_report(source)
    assert caught.value.line == line
    assert words in str(caught.value)
    assert str(caught.value).startswith(f"line {line}: ")
