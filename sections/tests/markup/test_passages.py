"""Short runs of text and rows of links, escaped first and marked later."""

from hypothesis import given
from hypothesis import strategies as st

from sections.markup import counted_links, filled, highlighted, row_of_links
from sections.tests.support.pages import Page


def test_it_marks_spans_and_escapes_everything():
    assert highlighted("a <b> & c", [(2, 5), (8, 9)]) == "a <mark>&lt;b&gt;</mark> &amp; <mark>c</mark>"
    assert highlighted("<i>", []) == "&lt;i&gt;"


def test_it_puts_links_in_a_row():
    links = [("A & B", "/a/?x=1&y=2"), ("C", "/c/")]
    assert row_of_links(links, " · <d>") == '<a href="/a/?x=1&amp;y=2">A &amp; B</a>, <a href="/c/">C</a> · &lt;d&gt;'


def test_it_lists_links_with_their_counts():
    assert counted_links('?q="&part=', [("1", "Part I", 1204), ("2", "<II>", 3)]) == (
        '<li><a href="?q=&quot;&amp;part=1">Part I</a> <span>1,204</span></li>\n'
        '<li><a href="?q=&quot;&amp;part=2">&lt;II&gt;</a> <span>3</span></li>'
    )


def test_it_fills_a_form_for_each_row():
    rows = [{"name": "A & B", "text": highlighted("<i>", [])}, {"name": "C", "text": ""}]
    assert filled("<p>{name}: {text}</p>", rows) == "<p>A &amp; B: &lt;i&gt;</p>\n<p>C: </p>"


@given(st.text(), st.lists(st.integers(0, 60), max_size=8))
def test_it_never_changes_the_text(text, places):
    cuts = sorted({min(place, len(text)) for place in places})
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    text = text.replace("\r", " ")  # a parser reads it as a line break
    assert "".join(Page(highlighted(text, spans)).text) == text
