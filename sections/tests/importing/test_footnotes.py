"""Where footnotes are called, which the JSON form does not say."""

from sections.importing import parse_report
from sections.tests.support.examplia import EXAMPLIA, report_of


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
    assert paragraph.blocks[2].table.header == ["Row", "Year", "End"]
