"""Where sentences begin and end."""

from sections.text.sentences import sentence_bounds

TEXT = "The Harbour Office keeps a list. It answers to the Ministry, cf. No. 4 of the Harbour Act. Dr. Lund leads it."


def sentences(text):
    return [text[start:end] for start, end in sentence_bounds(text)]


def test_it_ends_a_sentence_at_its_full_stop_and_not_at_an_abbreviation():
    assert sentences(TEXT) == [
        "The Harbour Office keeps a list.",
        "It answers to the Ministry, cf. No. 4 of the Harbour Act.",
        "Dr. Lund leads it.",
    ]


def test_it_reads_each_line_of_a_table_as_a_sentence():
    assert sentences("Visits\nYear\t2014\t2015\nInland\t1.5\t2\n") == ["Visits", "Year\t2014\t2015", "Inland\t1.5\t2"]


def test_it_keeps_decimals_initials_and_quotations_whole():
    assert sentences("It spent 1.5 million. “It is J. Berg.” he said.") == [
        "It spent 1.5 million.",
        "“It is J. Berg.” he said.",
    ]
