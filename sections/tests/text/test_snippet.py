"""Snippets: the sentence around a name, the opening of a paragraph."""

from hypothesis import given
from hypothesis import strategies as st

from sections.text.parts import TextPart
from sections.text.snippet import best_snippet, opening, snippets

TEXT = "The Harbour Office keeps a list. It answers to the Ministry, cf. No. 4 of the Harbour Act. Dr. Lund leads it."


def span(text, words):
    return text.index(words), text.index(words) + len(words)


def test_it_quotes_the_sentence_around_a_name_and_marks_the_name():
    (snippet,) = snippets(TEXT, [span(TEXT, "Ministry")])
    assert snippet.parts == (
        TextPart("It answers to the "),
        TextPart("Ministry", marked=True),
        TextPart(", cf. No. 4 of the Harbour Act."),
    )
    assert (snippet.cut_before, snippet.cut_after) == (False, False)


def test_it_quotes_a_sentence_once_however_many_names_stand_in_it():
    quoted = snippets(TEXT, [span(TEXT, "Harbour Act"), span(TEXT, "Ministry"), span(TEXT, "Harbour Office")])
    assert [[part.text for part in snippet.parts if part.marked] for snippet in quoted] == [
        ["Harbour Office"],
        ["Ministry", "Harbour Act"],
    ]


def test_it_cuts_a_long_sentence_at_words_and_says_so():
    text = "One two three four five NAME six seven eight nine ten eleven twelve."
    (snippet,) = snippets(text, [span(text, "NAME")], limit=24)
    assert (snippet.text, snippet.cut_before, snippet.cut_after) == ("four five NAME six seven", True, True)


def test_it_opens_with_the_whole_sentences_that_fit():
    assert opening(TEXT, 100).text == TEXT[: TEXT.index(" Dr.")]
    assert opening(TEXT, 40).text == "The Harbour Office keeps a list."


def test_it_opens_with_part_of_a_first_sentence_that_is_too_long():
    snippet = opening(TEXT, 20)
    assert (snippet.text, snippet.cut_after) == ("The Harbour Office", True)


@st.composite
def texts_with_spans(draw):
    text = draw(st.text(alphabet="aA é.!\n\t(”1", min_size=2, max_size=120))
    starts = draw(st.lists(st.integers(0, len(text) - 1), max_size=5))
    return text, [(start, draw(st.integers(start + 1, min(len(text), start + 9)))) for start in starts]


@given(texts_with_spans(), st.integers(1, 60))
def test_it_quotes_only_what_the_text_holds_and_leaves_no_name_out(case, limit):
    text, spans = case
    cut = snippets(text, spans, limit)
    assert all(snippet.text == text[snippet.start : snippet.end] for snippet in cut)
    assert all(any(snippet.start <= start and end <= snippet.end for snippet in cut) for start, end in spans)


@given(st.text(max_size=200), st.integers(1, 80))
def test_it_opens_with_the_beginning_of_the_text(text, limit):
    snippet = opening(text, limit)
    assert text[: snippet.end] == snippet.text
    assert len(snippet.text) <= limit


def test_it_ends_behind_the_last_match_where_the_next_word_does_not_fit():
    text = f"{'word ' * 60}consular {'assistance' * 8}{' word' * 60}"
    start, end = span(text, "consular")
    for distance in range(100, 250, 5):
        matches = [(start - distance, start - distance + 4, 0, -1.0), (start, end, 1, -1.0)]
        _, snippet = best_snippet([(text, matches)], {})
        assert not text[snippet.end - 1 : snippet.end + 1].isalpha(), snippet.text
