"""Occurrences as packed numbers, ranking and snippets, without a database."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sections.search.engine.analysis import stem
from sections.search.engine.match_spans import BlockText, Mark, Marks, analyse, matching_spans
from sections.search.engine.postings import (
    BITS,
    MASK,
    TEXT,
    documents,
    joined,
    pack,
    phrase,
    unpack,
    within,
)
from sections.search.engine.scoring import Clause, Variant, nearness, rank
from sections.text.snippet import best_snippet


def at(*places):
    """Occurrences from (document, position) pairs, positions counted from the beginning of the text."""
    return np.array([(doc << BITS) | (TEXT + position) for doc, position in places], np.int64)


def ranked(groups, size=6, sections=None):
    found = rank(groups, np.ones(size), np.zeros(size, np.int64) if sections is None else np.array(sections))
    order = np.lexsort((found.docs, -found.scores, ~found.full))
    return found.docs[order].tolist()


@given(st.sets(st.integers(0, (1 << 32) - 1)))
def test_it_gives_back_the_occurrences_that_it_packed(occurrences):
    assert unpack(pack(occurrences)).tolist() == sorted(occurrences)


@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, MASK))), st.integers(0, 10))
def test_it_joins_the_occurrences_of_consecutive_segments(places, border):
    occurrences = np.array(sorted((doc << BITS) | position for doc, position in places), np.int64)
    first = occurrences >> BITS < border
    parts = [occurrences[first], occurrences[~first] - (border << BITS)]
    assert joined(parts, [border, 10 - border]).tolist() == occurrences.tolist()


@given(st.lists(st.integers(0, 50)), st.sets(st.integers(0, 50)))
def test_it_tells_which_values_stand_in_an_array(values, among):
    told = within(np.array(values, np.int64), np.array(sorted(among), np.int64))
    assert told.tolist() == [value in among for value in values]


def test_it_finds_words_one_after_the_other():
    one, two = at((0, 1), (1, 4), (3, 0)), at((0, 2), (1, 9), (3, 1))
    assert documents(phrase([one, two])).tolist() == [0, 3]


def test_it_finds_no_phrase_across_documents():
    assert phrase([np.array([65535]), np.array([65536 + TEXT])]).tolist() == []


def test_it_counts_the_other_order_half():
    docs, values = nearness(at((0, 1), (1, 5)), at((0, 3), (1, 4)))
    assert (docs.tolist(), values.tolist()) == ([0, 1], [0.5, 0.5])


def test_it_puts_what_meets_all_before_what_meets_most():
    common, rare = Variant(at((0, 0), (1, 0), (2, 0), (3, 0))), Variant(at((2, 9), (4, 0)))
    assert ranked([Clause("common", [common]), Clause("rare", [rare])])[:2] == [2, 4]


def test_it_puts_a_literal_word_before_its_synonym_and_its_other_forms():
    ways = [Variant(at((3, 0))), Variant(at((1, 0), (3, 0)), 0.93), Variant(at((0, 0), (0, 3), (0, 8)), 0.62)]
    assert ranked([Clause("minor", ways)]) == [3, 1, 0]


def test_it_puts_words_that_stand_together_first():
    one, two = Variant(at((0, 0), (1, 0))), Variant(at((0, 30), (1, 1)))
    assert ranked([Clause("one", [one]), Clause("two", [two])], sections=[0, 1, 2, 3, 4, 5]) == [1, 0]


def test_it_leaves_equals_in_the_order_of_the_report():
    assert ranked([Clause("word", [Variant(at((2, 7), (4, 3), (5, 0)))])], sections=range(6)) == [2, 4, 5]


def best(text, *marks, mentions=()):
    ((_, spans),) = matching_spans([BlockText(0, "text", analyse(text), mentions)], Marks(marks))
    return best_snippet([(text, spans)], {0: 1.0, 1: 1.0})[1]


def snippet(text, *marks, mentions=()):
    found = best(text, *marks, mentions=mentions)
    shown = found.text
    for start, end in reversed(found.spans):
        shown = f"{shown[:start]}[{shown[start:end]}]{shown[end:]}"
    return shown


def test_it_shows_the_passage_that_says_most_not_the_first():
    text = f"A guide was named. {'Nothing of note happened in that year. ' * 12}The guide keeps the gate."
    marks = Mark(0, ("guid",)), Mark(1, ("gate",))
    assert snippet(text, *marks).endswith("The [guide] keeps the [gate].")


def test_it_marks_every_form_as_printed():
    marks = Mark(0, (stem("organisation"),)), Mark(1, entry=7, by="entry")
    shown = snippet("Organizations’ heads met the Office.", *marks, mentions=((29, 35, 7),))
    assert shown == "[Organizations]’ heads met the [Office]."


def test_it_marks_phrases_only_where_they_stand_whole():
    marks = (Mark(0, ("due", "process"), "exact"),)
    assert snippet("A process was due; due process was kept.", *marks) == "A process was due; [due process] was kept."


@given(st.text(max_size=700), st.sampled_from(["a", "b", "1"]))
def test_it_cuts_any_text(text, word):
    found = best(text, Mark(0, (f"{word}*",), "pattern"))
    assert text[found.start :].startswith(found.text)
    assert all(0 <= start < end <= len(found.text) for start, end in found.spans)
