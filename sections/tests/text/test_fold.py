"""Letters that count as the same, and what text becomes before it is stored."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sections.text.fold import clean, clean_line, fold, visible

INVISIBLE = ["\u00ad", "\u034f", "\u200b", "\u200c", "\u200d", "\u200e", "\u202e", "\u2060", "\ufeff", "\ufe0f"]
TEXTS = st.text(
    st.one_of(st.sampled_from(["a", "é", "e", "\u0301", "-", "’", " ", "\u00a0", *INVISIBLE]), st.characters())
)


def test_it_cleans_text_of_what_nobody_sees_and_databases_refuse():
    assert clean("Jua\u0301rez\u00ad\u200b\ufeff\x00\x08\ud800\uffff") == "Ju\u00e1rez"


def test_it_keeps_lines_and_makes_every_space_a_plain_one():
    assert clean("one\r\ntwo\rthree\u2028four\u00a0five\u202fsix\tseven") == "one\ntwo\nthree\nfour five six\tseven"


def test_it_cleans_a_line_of_the_space_around_and_between_its_words():
    assert clean_line("\u00a0 Harbour\n\u2009Office\u200b ") == "Harbour Office"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Ciudad JUÁREZ", "ciudad juarez"),
        ("Ciudad Jua\u0301rez", "ciudad juarez"),
        ("The Ministry’s  co‑\u00adordination—now", "the ministry's co-ordination-now"),
        ("´a` ʼn ŉ", "'a' 'n 'n"),
        ("Straße İzmir ﬁn ²", "strasse izmir fin 2"),
    ],
)
def test_it_folds_to_a_key(text, key):
    assert fold(text) == key


@given(TEXTS)
def test_it_changes_nothing_the_second_time(text):
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_it_gives_equal_keys_to_composed_decomposed_and_cleaned_text(text):
    keys = {fold(form) for form in (text, clean(text), unicodedata.normalize("NFD", text), "\u00ad".join(text))}
    assert len(keys) == 1


def test_it_leads_from_visible_text_back_to_the_printed_one():
    printed = "a Jua\u0301r\u00adez\u200b b"
    seen = visible(printed)
    assert seen.text == "a Ju\u00e1rez b"
    start, end = seen.span(2, 8)
    assert printed[start:end] == "Jua\u0301r\u00adez"


def test_it_composes_letters_that_are_no_combining_marks():
    seen = visible("x\u1112\u1161\u11abx")
    assert (seen.text, seen.span(1, 2)) == ("x한x", (1, 4))


@given(TEXTS)
def test_visible_text_is_composed_and_its_characters_follow_each_other_in_print(text):
    seen = visible(text)
    assert seen.text == unicodedata.normalize("NFC", "".join(letter for letter in text if visible(letter).text))
    spans = [seen.span(place, place + 1) for place in range(len(seen.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one == two or one[1] <= two[0] for one, two in zip(spans, spans[1:], strict=False))
