"""A basket is its address: written in short, read with patience, never a fault."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sections.basket.address import Problem, added, key_of, read_basket
from sections.basket.basket import LONGEST_NOTE, MOST_PARAGRAPHS, Basket

EXA, OTH = "XXX/C/EXA/1", "XXX/C/OTH/1"


def of(*numbers, symbol=EXA, **notes):
    notes = {(symbol, int(number.removeprefix("n"))): note for number, note in notes.items()}
    return Basket(tuple((symbol, number) for number in numbers), notes)


def read(*parameters):
    return read_basket(parameters, EXA)


@pytest.mark.parametrize(
    ("basket", "query"),
    [
        (Basket(), ""),
        (of(92, 93, 94, 103), f"p={EXA}:92-94,103"),
        (of(103, 94, 93, 92), f"p={EXA}:103,94,93,92"),
        (of(3, n3="Ask & find: 100 %"), f"p={EXA}:3&note.3=Ask+%26+find:+100+%25"),
        (Basket(((EXA, 1), (OTH, 1), (EXA, 2))), f"p={EXA}:1&p={OTH}:1&p={EXA}:2"),
        (Basket(((EXA, 1), (OTH, 1)), {(OTH, 1): "Two"}), f"p={EXA}:1&p={OTH}:1&note.{OTH}:1=Two"),
    ],
)
def test_an_address_is_short_and_gives_the_same_basket_again(basket, query):
    assert basket.query == query
    assert read(*basket.parameters) == (basket, [])


@pytest.mark.parametrize(
    ("value", "numbers", "problems"),
    [
        ("3", [3], []),
        (f"{EXA}:5-7", [5, 6, 7], []),
        (f" {EXA} : 5 – 7 , 9", [5, 6, 7, 9], []),
        ("9,5", [9, 5], []),
        ("3,x,4", [3, 4], [Problem("unreadable", "x")]),
        ("7-5", [], [Problem("unreadable", "7-5")]),
        ("²", [], [Problem("unreadable", "²")]),
        ("", [], [Problem("unreadable", "")]),
        ("3,3", [3], [Problem("doubled", f"{EXA}, 3")]),
        ("1-2,2", [1, 2], [Problem("doubled", f"{EXA}, 2")]),
        ("9" * 5000, [], [Problem("unreadable", "9" * 60)]),
        (f"{EXA}:", [], [Problem("unreadable", f"{EXA}:")]),
    ],
)
def test_it_reads_what_can_be_read_and_tells_the_rest(value, numbers, problems):
    assert read(("p", value)) == (of(*numbers), problems)


def test_it_holds_a_hundred_paragraphs_and_says_so():
    basket, problems = read(("p", "1-60"), ("p", "61-200"))
    assert (basket, problems) == (of(*range(1, MOST_PARAGRAPHS + 1)), [Problem("too-many")])
    assert len(read(("p", "1-2000"))[0].keys) == MOST_PARAGRAPHS
    assert added(of(*range(1, 101)), "150", EXA) == (of(*range(1, 101)), [Problem("too-many")])


@pytest.mark.parametrize(
    ("name", "note", "kept", "problems"),
    [
        ("note.3", "Ask", "Ask", []),
        (f"note.{EXA}:3", "Ask", "Ask", []),
        ("note.3", "  two\r\nlines ", "two\nlines", []),
        ("note.3", "a\x00\x1b\udcffb", "ab", []),
        ("note.3", "x" * 10_000, "x" * LONGEST_NOTE, [Problem("note-too-long", f"{EXA}, 3")]),
        ("note.3", "   ", None, []),
        ("note.4", "Lost", None, [Problem("note-alone", "4")]),
        ("note.", "Lost", None, [Problem("note-alone", "")]),
        ("note.²", "Lost", None, [Problem("note-alone", "²")]),
    ],
)
def test_it_reads_notes(name, note, kept, problems):
    basket, found = read(("p", "3"), (name, note))
    assert (basket.notes.get((EXA, 3)), found) == (kept, problems)


@pytest.mark.parametrize(
    "text",
    [
        "92-94, 103",
        f"{EXA}:92-94,103",
        f"{EXA}/92-94,103",
        f"{EXA}, paras. 92-94, 103",
        f"{EXA}, para. 92-94, 103",
        "paras. 92-94, 103",
        "paras 92–94; 103",
        "párrs. 92 a 94 y 103",
        "párrafos 92 a 94; párr. 103",
        "par. 92 à 94 et 103",
        "paragraphes 92-94, paragraphe 103",
        "¶¶ 92-94; ¶ 103",
        f"{EXA}, párrs. 92 a 94, 103",
        "para 92\npara 93\npara 94\npara 103",
        f"/{EXA}/paragraphs/92-94,103/",
        f"https://reports.example/es/{EXA}/paragraphs/92-94,103/",
        f"https://reports.example/basket/?p={EXA}:92-94,103",
        f"/basket/?p={EXA}:92-94&p={EXA}:103",
    ],
)
def test_it_adds_what_a_text_names(text):
    assert added(of(3), text, "XXX/C/NON/1" if "XXX" in text else EXA) == (of(3, 92, 93, 94, 103), [])


@pytest.mark.parametrize(
    ("text", "numbers", "unread"),
    [
        ("para 92; nonsense; 103", [92, 103], ["nonsense"]),
        ("x; para 94", [94], ["x"]),
        ("92, x, párr. 94", [92, 94], ["x"]),
        (f"{EXA}:92; para y; réponse 3; {EXA}, para. 103", [92, 103], ["para y", "réponse 3"]),
        ("para 137 (b)", [137], []),
    ],
)
def test_what_cannot_be_read_leaves_the_rest_as_it_is(text, numbers, unread):
    assert added(Basket(), text, EXA) == (of(*numbers), [Problem("unreadable", each) for each in unread])


def test_it_adds_another_basket_with_its_notes_but_keeps_its_own():
    basket = of(3, n3="Mine")
    joined, problems = added(basket, f"http://any.example/basket/?p={EXA}:3-4&note.3=Theirs&note.4=Too", EXA)
    assert joined == of(3, 4, n3="Mine", n4="Too")
    assert problems == [Problem("doubled", f"{EXA}, 3")]


@pytest.mark.parametrize("text", ["nothing", "http://[", "?", "/search/?q=3", "https://x.example/"])
def test_it_says_what_names_no_paragraph(text):
    basket, problems = added(of(3), text, EXA)
    assert (basket, [problem.kind for problem in problems]) == (of(3), ["unreadable"])


def test_it_moves_and_removes():
    basket = of(1, 2, 3, n2="Two")
    assert basket.moved((EXA, 2), -1) == of(2, 1, 3, n2="Two")
    assert basket.moved((EXA, 2), 1) == of(1, 3, 2, n2="Two")
    assert basket.moved((EXA, 1), -1) == basket.moved((EXA, 3), 1) == basket.moved((EXA, 9), 1) == basket
    assert basket.with_keys([(EXA, 1)]) == of(1)


def test_it_reads_the_symbol_and_number_of_one_paragraph():
    assert key_of(f"{EXA}:3") == (EXA, 3)
    assert key_of(f"{EXA}:3-4") is key_of("") is key_of(f"{EXA}:x") is key_of("3") is None


PARAMETERS = st.lists(st.tuples(st.sampled_from(["p", "note.3", "note.", "add", "note.X/Y/Z:1"]), st.text(max_size=80)))


@given(PARAMETERS, st.text(max_size=80))
def test_whatever_is_typed_gives_a_basket_that_reads_the_same_again(parameters, text):
    basket, _ = read_basket(parameters, EXA)
    basket, _ = added(basket, text, EXA)
    again, problems = read_basket(basket.parameters, EXA)
    assert (again, problems) == (basket, [])
    assert len(basket.keys) <= MOST_PARAGRAPHS
