"""Passages: the sentence around a name, the opening of a paragraph."""

from hypothesis import given
from hypothesis import strategies as st

from sections.text.sentences import Piece, opening, passages, sentence_bounds

TEXT = "The Harbour Office keeps a list. It answers to the Ministry, cf. No. 4 of the Harbour Act. Dr. Lund leads it."


def sentences(text):
    return [text[start:end] for start, end in sentence_bounds(text)]


def span(text, words):
    return text.index(words), text.index(words) + len(words)


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


def test_it_quotes_the_sentence_around_a_name_and_marks_the_name():
    (passage,) = passages(TEXT, [span(TEXT, "Ministry")])
    assert passage.pieces == (
        Piece("It answers to the "),
        Piece("Ministry", marked=True),
        Piece(", cf. No. 4 of the Harbour Act."),
    )
    assert (passage.cut_before, passage.cut_after) == (False, False)


def test_it_quotes_a_sentence_once_however_many_names_stand_in_it():
    quoted = passages(TEXT, [span(TEXT, "Harbour Act"), span(TEXT, "Ministry"), span(TEXT, "Harbour Office")])
    assert [[piece.text for piece in passage.pieces if piece.marked] for passage in quoted] == [
        ["Harbour Office"],
        ["Ministry", "Harbour Act"],
    ]


def test_it_cuts_a_long_sentence_at_words_and_says_so():
    text = "One two three four five NAME six seven eight nine ten eleven twelve."
    (passage,) = passages(text, [span(text, "NAME")], limit=24)
    assert (passage.text, passage.cut_before, passage.cut_after) == ("four five NAME six seven", True, True)


def test_it_opens_with_the_whole_sentences_that_fit():
    assert opening(TEXT, 100).text == TEXT[: TEXT.index(" Dr.")]
    assert opening(TEXT, 40).text == "The Harbour Office keeps a list."


def test_it_opens_with_part_of_a_first_sentence_that_is_too_long():
    passage = opening(TEXT, 20)
    assert (passage.text, passage.cut_after) == ("The Harbour Office", True)


@st.composite
def texts_with_spans(draw):
    text = draw(st.text(alphabet="aA é.!\n\t(”1", min_size=2, max_size=120))
    starts = draw(st.lists(st.integers(0, len(text) - 1), max_size=5))
    return text, [(start, draw(st.integers(start + 1, min(len(text), start + 9)))) for start in starts]


@given(texts_with_spans(), st.integers(1, 60))
def test_it_quotes_only_what_the_text_holds_and_leaves_no_name_out(case, limit):
    text, spans = case
    made = passages(text, spans, limit)
    assert all(passage.text == text[passage.start : passage.end] for passage in made)
    assert all(any(low.start <= start and end <= low.end for low in made) for start, end in spans)


@given(st.text(max_size=200), st.integers(1, 80))
def test_it_opens_with_the_beginning_of_the_text(text, limit):
    passage = opening(text, limit)
    assert text[: passage.end] == passage.text
    assert len(passage.text) <= limit
