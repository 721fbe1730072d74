"""Names within longer names: which of them count for their own entry as well."""

import pytest

from sections.linking.find_mentions import TextBlock, find_mentions
from sections.linking.names import KnownName

NAMES = [
    KnownName("HO", "office", acronym=True),
    KnownName("National Harbour Office", "office"),
    KnownName("Harbour Act", "act"),
    KnownName("Charter", "charter"),
    KnownName("Office of the Pilot", "pilot"),
]


def found_in(text, *longer):
    """(words, entry, words of the longer name) of all that is found where these names, too, are known."""
    names = [*NAMES, *(KnownName(name, f"longer {number}") for number, name in enumerate(longer))]
    findings = find_mentions([TextBlock("b", 1, "reply-1", text)], names)
    return [(mention.surface, mention.entry, mention.longer) for mention in findings.mentions]


@pytest.mark.parametrize(
    ("longer", "inner", "entry"),
    [
        ("HO guidelines on the protection of crews", "HO", "office"),
        ("2008 HO", "HO", "office"),
        ("Regulations of the Harbour Act", "Harbour Act", "act"),
        ("Harbour Act Fund", "Harbour Act", "act"),
        ("2008 Harbour Act", "Harbour Act", "act"),
        ("Charter secretariat", "Charter", "charter"),
        ("Guardians of the Charter", "Charter", "charter"),
        ("Deputy Office of the Pilot", "Office of the Pilot", "pilot"),
    ],
)
def test_a_name_within_a_longer_name_counts_for_both(longer, inner, entry):
    assert set(found_in(f"See the {longer}.", longer)) == {(longer, "longer 0", ""), (inner, entry, longer)}


@pytest.mark.parametrize(
    "longer",
    [
        "Office of the Pilot for great ships",  # another office
        "Dock Workers Charter",  # another charter
        "Charter on the Rights of Seals",
        "their Charter",
    ],
)
def test_words_that_a_longer_name_makes_into_another_thing_do_not_count(longer):
    assert found_in(f"See {longer}.", longer) == [(longer, "longer 0", "")]


def test_a_name_within_another_name_of_the_same_entry_is_not_found():
    twice = KnownName("National Harbour Office (HO)", "office")
    findings = find_mentions([TextBlock("b", 1, "r", "The National Harbour Office (HO).")], [*NAMES, twice])
    assert [mention.surface for mention in findings.mentions] == ["National Harbour Office (HO)"]


def test_names_are_found_within_names_that_stand_within_longer_ones():
    found = found_in("The HO Fund Board met.", "HO Fund", "HO Fund Board")
    assert found == [
        ("HO Fund Board", "longer 1", ""),
        ("HO Fund", "longer 0", "HO Fund Board"),
        ("HO", "office", "HO Fund"),
    ]


def test_names_that_overlap_in_part_are_never_both_found():
    assert found_in("The Harbour Act Fund Board.", "Act Fund Board") == [("Act Fund Board", "longer 0", "")]


def test_a_short_form_is_not_looked_for_within_a_longer_name():
    short = KnownName("Harbour Act", "decree", paragraphs=frozenset({1}), rule="The decree, here")
    longer = KnownName("Harbour Act Fund", "fund")
    findings = find_mentions([TextBlock("b", 1, "r", "The Harbour Act Fund.")], [short, longer])
    assert [mention.entry for mention in findings.mentions] == ["fund"]


def test_what_is_named_only_within_a_longer_name_is_not_taken_up_by_a_short_form():
    text = "The HO Fund pays. The Office rests."
    findings = find_mentions([TextBlock("b", 1, "r", text)], [*NAMES, KnownName("HO Fund", "fund")])
    assert [mention.surface for mention in findings.unresolved] == ["The Office"]
