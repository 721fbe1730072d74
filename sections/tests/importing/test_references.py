"""References in a text, and what the words of a heading say."""

import pytest

from sections.importing.parse.drafts import heading_of
from sections.importing.parse.references import references_in


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("Annex 1.", [("Annex 1", "1")]),
        ("in annexes 5 and 6.", [("annexes 5", "5"), ("6", "6")]),
        ("Annexes 4, 9a and 9b.", [("Annexes 4", "4"), ("9a", "9a"), ("9b", "9b")]),
        ("annexes 3 to 6", [("annexes 3", "3"), ("to", "4"), ("to", "5"), ("6", "6")]),
        ("annex 8 and 12 others; annexed to this", [("annex 8", "8")]),
        ("(see www.a.example/b_(c)).", [("www.a.example/b_(c)", "www.a.example/b_(c)")]),
        ("http://a.example/.", [("http://a.example/", "http://a.example/")]),
    ],
)
def test_it_finds_references(text, references):
    assert [(text[r.start : r.end], r.target) for r in references_in(text)] == references


@pytest.mark.parametrize(
    ("title", "kind", "number", "last"),
    [
        ("Reply to paragraph 8", "reply", 8, None),
        ("Reply to paragraphs 3 and 4 of the list of issues (CMW/C/XXX/QPR/2)", "reply", 3, 4),
        ("Replies to paragraphs 3 to 5", "reply", 3, 5),
        ("Reply to the issues raised in paragraph 12 of the list of issues", "reply", 12, None),
        ("Part IV", "part", None, None),
        ("Part II of the Convention", "heading", None, None),
        ("Introduction", "heading", None, None),
        ("Abbreviations", "abbreviations", None, None),
    ],
)
def test_it_knows_what_a_heading_says(title, kind, number, last):
    heading = heading_of(title)
    assert (heading.kind, heading.number, heading.last_number) == (kind, number, last)
