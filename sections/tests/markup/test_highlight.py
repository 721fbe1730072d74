"""Snippets with highlighted words and rows of links: escaped first, marked later."""

from hypothesis import given
from hypothesis import strategies as st

from sections.markup import highlighted, row_of_links
from sections.tests.support.pages import Page


def test_it_marks_spans_and_escapes_everything():
    assert highlighted("a <b> & c", [(2, 5), (8, 9)]) == "a <mark>&lt;b&gt;</mark> &amp; <mark>c</mark>"
    assert highlighted("<i>", []) == "&lt;i&gt;"


def test_it_puts_links_in_a_row():
    links = [("A & B", '/a/?x="1"&y=2'), ("<C>", "/c/")]
    assert row_of_links(links) == '<a href="/a/?x=&quot;1&quot;&amp;y=2">A &amp; B</a>, <a href="/c/">&lt;C&gt;</a>'
    assert row_of_links([]) == ""


@given(st.text(), st.lists(st.integers(0, 60), max_size=8))
def test_it_never_changes_the_text(text, places):
    cuts = sorted({min(place, len(text)) for place in places})
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    text = text.replace("\r", " ")  # a parser reads it as a line break
    assert "".join(Page(highlighted(text, spans)).text) == text
