"""Mentions found in a report: names, short forms, and what is left open."""

from sections.linking.find_mentions import TextBlock, find_mentions
from sections.linking.names import KnownName

NAMES = [
    KnownName("Harbour Office", "office"),
    KnownName("Office for Lighthouses", "lights"),
    KnownName("Harbour Act", "act"),
    KnownName("HO", "office", acronym=True),
]


def block(text, paragraph=1, reply="reply-1", key="b"):
    return TextBlock(key, paragraph, reply, text)


def outline(found):
    return {
        "mentions": [(m.block.paragraph, m.surface, m.entry, m.contextual) for m in found.mentions],
        "open": [(o.block.paragraph, o.surface) for o in found.unresolved],
        "ambiguous": [(o.block.paragraph, o.surface, sorted(o.claims)) for o in found.ambiguous],
    }


def test_it_resolves_a_short_form_to_the_only_such_entry_named_before_in_the_reply():
    found = find_mentions([block("HO acts."), block("The Office rests.", 2)], NAMES)
    assert outline(found) == {
        "mentions": [(1, "HO", "office", False), (2, "The Office", "office", True)],
        "open": [],
        "ambiguous": [],
    }
    assert found.mentions[1].rule == "The only entry with “Office” at its head that the reply has named so far"


def test_it_leaves_a_short_form_open_when_two_such_entries_were_named():
    found = find_mentions([block("HO and the Office for Lighthouses: the Office.")], NAMES)
    assert outline(found)["open"] == [(1, "the Office")]


def test_it_leaves_a_short_form_open_when_the_entry_was_named_in_another_reply_only():
    found = find_mentions([block("HO acts."), block("The Office rests.", 2, reply="reply-2")], NAMES)
    assert outline(found)["open"] == [(2, "The Office")]


def test_it_leaves_a_short_form_open_when_its_entry_is_named_only_after_it():
    assert outline(find_mentions([block("The Office and HO")], NAMES))["open"] == [(1, "The Office")]


def test_it_takes_a_capitalised_word_that_goes_on_as_a_longer_name_not_as_a_short_form():
    assert outline(find_mentions([block("HO and the Office Supplies Shop")], NAMES))["open"] == []


def test_it_prefers_a_stated_short_form_over_the_rule():
    short = KnownName("the Office", "lights", paragraphs=frozenset({1}), rule="The one for lighthouses here")
    found = find_mentions([block("HO. The Office.")], [*NAMES, short])
    assert [(m.surface, m.entry, m.rule) for m in found.mentions] == [
        ("HO", "office", ""),
        ("The Office", "lights", "The one for lighthouses here"),
    ]


def test_it_lists_a_name_that_two_entries_claim_instead_of_guessing():
    twin = KnownName("Harbour Act", "old-act")
    assert outline(find_mentions([block("the Harbour Act")], [*NAMES, twin])) == {
        "mentions": [],
        "open": [],
        "ambiguous": [(1, "Harbour Act", ["act", "old-act"])],
    }
