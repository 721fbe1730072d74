"""Lists within lists, rows of links, and the parts of tables."""

from hypothesis import given
from hypothesis import strategies as st

from sections.markup import Item, Link, Note, TextSpan, counted_boxes, link, nested_list, row_of_links, table_spans

from .test_text_as_html import words_of


def test_it_puts_a_deeper_item_inside_the_one_above_it():
    items = [Item(1, "(a)", "One"), Item(2, "", "Deep"), Item(1, "(b)", "A & B")]
    assert nested_list(items) == (
        '<ol class="items" role="list"><li><span class="label">(a)</span> One'
        '<ul class="items" role="list"><li>Deep</li></ul></li>'
        '<li><span class="label">(b)</span> A &amp; B</li></ol>'
    )


def test_it_begins_another_list_where_labels_begin():
    assert nested_list([Item(1, "", "One"), Item(1, "c)", "Two")]) == (
        '<ul class="items" role="list"><li>One</li></ul>'
        '<ol class="items" role="list"><li><span class="label">c)</span> Two</li></ol>'
    )


@given(st.lists(st.builds(Item, st.integers(1, 4), st.sampled_from(["", "1."]), st.text("ab<", max_size=3))))
def test_it_closes_what_it_opens_and_keeps_every_word(items):
    expected = "".join(f"{item.label} {item.words}" if item.label else item.words for item in items)
    assert words_of(nested_list(items)) == (expected, 0)


def test_it_finds_the_parts_of_a_table_in_its_text():
    text = "Budget of the Office\nEx\t2015\nSpent\t7\nSource: the Office."
    title, unit, rows, source = table_spans(
        "Budget of the Office", "", [["Ex", "2015"], ["Spent", "7"]], "Source: the Office."
    )
    for span in [title, source, *rows[0], *rows[1]]:
        assert text[span.start : span.start + len(span.text)] == span.text
    assert unit.text == ""


def test_it_gives_a_span_only_its_own_links():
    links = [Link(0, 3, "/before/"), Link(5, 8, "/in/"), Link(7, 12, "/across/")]
    assert TextSpan(4, "a INM").marked(links, [], []) == 'a<a href="/in/"> IN</a>M'


def test_it_gives_a_span_its_own_notes_and_its_part_of_the_highlights():
    notes, highlights = [Note(3, 1), Note(9, 2), Note(10, 3)], [(0, 5), (8, 12)]
    html = TextSpan(4, "a INM").marked([], notes, highlights)
    assert html.startswith("<mark>a</mark> IN<mark>M</mark><sup")
    assert words_of(html) == ("a INM", 1)
    assert TextSpan(9, "").marked([], notes, highlights) == ""


def test_it_puts_links_in_a_row():
    links = [("A & B", '/a/?x="1"&y=2'), ("<C>", "/c/")]
    assert row_of_links(links) == '<a href="/a/?x=&quot;1&quot;&amp;y=2">A &amp; B</a>, <a href="/c/">&lt;C&gt;</a>'
    assert row_of_links([("A", "/a/"), ("B", "/b/")], " · ", "nofollow") == (
        '<a href="/a/" rel="nofollow">A</a> · <a href="/b/" rel="nofollow">B</a>'
    )
    assert row_of_links([]) == ""


def test_it_offers_values_as_check_boxes_each_with_a_link_that_chooses_it_alone():
    rows = [("a&b", "A <b>", "1,204", False), ("c", "C", "0", True)]
    box = '<input type="checkbox" name="law" value="a&amp;b"'
    link_to_it = '<a href="?q=&quot;x&amp;law=a%26b" rel="nofollow">A &lt;b&gt;</a>'
    checked = '<li><label><input type="checkbox" name="law" value="c" checked> C</label> <span>0</span></li>'
    assert counted_boxes("law", rows, '?q="x') == (
        f'<li>{box} aria-label="A &lt;b&gt;"> {link_to_it} <span>1,204</span></li>\n{checked}'
    )
    assert counted_boxes("law", rows) == (f"<li><label>{box}> A &lt;b&gt;</label> <span>1,204</span></li>\n{checked}")
    assert counted_boxes("law", rows[:1], '?q="x', is_form=False) == f"<li>{link_to_it} <span>1,204</span></li>"
    assert counted_boxes("law", []) == ""


def test_a_link_may_begin_with_words_that_are_only_read_out():
    heard = '<span class="visually-hidden">Para &amp; </span>'
    assert link("12", "/p/?q=a&b", ["<x>"], unseen="Para &") == f'<a href="/p/?q=a&amp;b">{heard}12</a> · &lt;x&gt;'
