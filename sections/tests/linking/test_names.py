"""Finding names in text: what counts as the same name, and which of several names wins."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sections.linking.names import KnownName, NameTree, clashes


def found(text, *names, paragraph=1):
    """The surfaces found in a text, each with the entries that claim it."""
    return [(text[span.start : span.end], sorted(span.entries)) for span in NameTree(names).find(text, paragraph)]


HARBOUR = KnownName("Harbour Office", "office")
COUNCIL = KnownName("Harbour Office Citizens’ Council", "council")
ACRONYM = KnownName("HO", "office", acronym=True)


def test_it_finds_a_name_of_several_words_whatever_its_case():
    assert found("The harbour office and the Harbour Office.", HARBOUR) == [
        ("harbour office", ["office"]),
        ("Harbour Office", ["office"]),
    ]


def test_it_finds_acronyms_and_single_words_only_as_written():
    senate = KnownName("Senate", "senate")
    assert found("HO, ho and Ho; Senate, senate", ACRONYM, senate) == [("HO", ["office"]), ("Senate", ["senate"])]


FORMS = ["Ciudad Ju\u00e1rez Office", "Ciudad Jua\u0301rez Office", "Ciu\u00addad Juarez Off\u200bice"]


@pytest.mark.parametrize("printed", FORMS)
@pytest.mark.parametrize("name", FORMS)
def test_it_finds_a_name_however_its_letters_are_encoded_and_gives_the_span_as_printed(name, printed):
    known = KnownName(name, "juarez")
    assert found(f"In the {printed}, 2015.", known) == [(printed, ["juarez"])]
    assert clashes([known], [KnownName(printed, "other")])


@given(
    st.lists(st.text("abcÁéñöß한", min_size=1, max_size=6), min_size=2, max_size=4).map(" ".join),
    st.lists(st.sampled_from(["", "\u00ad", "\u200b", "\ufeff"]), min_size=40, max_size=40),
    st.sampled_from(["NFC", "NFD"]),
)
def test_it_links_decomposed_and_softly_hyphenated_text_where_it_links_the_plain_text(name, invisible, form):
    letters = unicodedata.normalize(form, name)
    printed = "".join(map("".join, zip(letters, invisible, strict=False))) + letters[len(invisible) :]
    printed = printed.rstrip("".join(invisible))
    assert found(f"({printed})", KnownName(name, "it")) == [(printed, ["it"])]
    assert found(f"({name})", KnownName(printed, "it")) == [(name, ["it"])]


@pytest.mark.parametrize(
    "printed",
    ["Harbour Office Citizens' Council", "Harbour Office Citizens’ Council", "Harbour\u00a0Office  Citizens‘ Council"],
)
def test_it_takes_apostrophes_and_spaces_of_any_kind_as_equal(printed):
    assert found(f"See the {printed}.", COUNCIL) == [(printed, ["council"])]


def test_it_takes_hyphens_and_dashes_of_any_kind_as_equal():
    plan = KnownName("2013-2018 Harbour Plan", "plan")
    assert found("the 2013–2018 Harbour Plan, the 2013\u20112018 harbour plan", plan) == [
        ("2013–2018 Harbour Plan", ["plan"]),
        ("2013\u20112018 harbour plan", ["plan"]),
    ]


def test_it_finds_the_longest_name_and_then_those_within_it():
    assert found("the Harbour Office Citizens’ Council", HARBOUR, COUNCIL) == [
        ("Harbour Office Citizens’ Council", ["council"]),
        ("Harbour Office", ["office"]),
    ]


def test_it_lets_the_longest_name_win_over_those_across_its_border():
    early = KnownName("Act on Ports", "early")
    late = KnownName("Ports and Inland Harbours Fund", "late")
    assert found("the Act on Ports and Inland Harbours Fund", early, late) == [
        ("Ports and Inland Harbours Fund", ["late"])
    ]


def test_it_leaves_parts_of_words_alone():
    assert found("HOT, ECHO, HO2 and HO", ACRONYM) == [("HO", ["office"])]


def test_it_leaves_web_addresses_alone():
    assert found("see http://www.ex.org/HO/HO.pdf or www.HO.org, by HO", ACRONYM) == [("HO", ["office"])]


def test_it_finds_a_name_before_a_possessive():
    assert found("HO’s staff and the Harbour Office's boats", HARBOUR, ACRONYM) == [
        ("HO", ["office"]),
        ("Harbour Office", ["office"]),
    ]


def test_it_shows_every_entry_that_claims_a_name():
    assert found("the Harbour Office", HARBOUR, KnownName("Harbour Office", "other")) == [
        ("Harbour Office", ["office", "other"])
    ]


def test_it_reads_a_short_form_only_in_its_paragraphs_and_whatever_the_case_of_its_article():
    short = KnownName("the Office", "office", paragraphs=frozenset({2}), rule="After “HO” in the same reply")
    text = "The Office; the Office; the office"
    assert found(text, short, paragraph=1) == []
    assert found(text, short, paragraph=2) == [("The Office", ["office"]), ("the Office", ["office"])]


def test_it_lets_a_rule_decide_between_entries_that_claim_one_name():
    ruled = KnownName("Harbour Office", "other", paragraphs=frozenset({2}), rule="The northern one in this reply")
    assert found("Harbour Office", HARBOUR, ruled, paragraph=1) == [("Harbour Office", ["office"])]
    assert found("Harbour Office", HARBOUR, ruled, paragraph=2) == [("Harbour Office", ["other"])]


def test_it_tells_equal_forms_apart_by_the_words_around_brackets():
    first = KnownName("Harbour Act; [Regulations]", "of-harbours", paragraphs=frozenset({1}), rule="After that act")
    second = KnownName("Lights Act; [Regulations]", "of-lights", paragraphs=frozenset({1}), rule="After that act")
    act = KnownName("Harbour Act", "act")
    assert found("Harbour Act; Regulations; Lights Act; Regulations", first, second, act) == [
        ("Harbour Act", ["act"]),
        ("Regulations", ["of-harbours"]),
        ("Regulations", ["of-lights"]),
    ]


words = st.sampled_from(["Harbour", "Office", "Citizens’", "Council", "HO", "and", "the", "-", "2013", "–", "\u00a0"])


@given(st.lists(words, max_size=30))
def test_it_gives_spans_that_lie_in_the_text_in_order_and_apart(parts):
    text = " ".join(parts)
    spans = NameTree([HARBOUR, COUNCIL, ACRONYM]).find(text, 1)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))
