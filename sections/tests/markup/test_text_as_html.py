"""Marks laid over text: the words stay the words."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from sections.markup import Link, Note, excerpt, marked
from sections.text.parts import TextPart
from sections.text.snippet import Snippet


class Words(HTMLParser):
    """Collects the words of some HTML, without the footnote marks, and checks that tags close in order."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.words, self.notes = [], [], 0

    def handle_starttag(self, tag, attrs):
        assert not (tag == "a" and "a" in self.open), "a link in a link"
        self.open.append(tag)
        self.notes += tag == "sup"

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "sup" not in self.open:
            self.words.append(data)


def words_of(html):
    reader = Words()
    reader.feed(str(html))
    reader.close()
    assert reader.open == []
    return "".join(reader.words), reader.notes


characters = st.one_of(st.sampled_from("<>&\"' ab\t\n"), st.characters(codec="utf-8", exclude_characters="\0"))
text = st.text(characters, max_size=40)
places = st.integers(-2, 45)
links = st.lists(st.builds(Link, places, places, st.sampled_from(["/x/", "javascript:x", 'http://"'])), max_size=6)
notes = st.lists(st.builds(Note, places, st.integers(1, 99)), max_size=4)
highlights = st.lists(st.tuples(places, places), max_size=5)


@given(text, links, notes, highlights)
def test_it_never_changes_a_word_and_never_loses_a_note(text, links, notes, highlights):
    assert words_of(marked(text, links, notes, highlights)) == (text, len(notes))


def test_it_links_a_name_and_says_why():
    link = Link(4, 8, "/institutions/inm/", "name", 'says "why"')
    assert marked("The <INM says", [link]) == (
        'The <a href="/institutions/inm/" class="name" title="says &quot;why&quot;">&lt;INM</a> says'
    )


def test_it_keeps_the_longer_of_two_names_that_overlap():
    links = [Link(0, 4, "/short/"), Link(2, 9, "/long/")]
    assert marked("abcdefghij", links) == 'ab<a href="/long/">cdefghi</a>j'


def test_it_puts_the_mark_of_a_note_where_it_is_called():
    mark = '<sup class="note-mark"><a href="#fn4" id="fnref4" aria-label="Footnote 4">4</a></sup>'
    assert marked("One. Two.", notes=[Note(4, 4)]) == f"One.{mark} Two."


def test_it_puts_a_mark_that_falls_in_a_name_behind_the_name():
    mark = '<sup class="note-mark"><a href="#fn4" id="fnref4" aria-label="Footnote 4">4</a></sup>'
    assert marked("abcdef", [Link(1, 4, "/x/")], [Note(2, 4)]) == f'a<a href="/x/">bcd</a>{mark}ef'


def test_it_marks_highlights_and_escapes_everything():
    assert marked("a <b> & c", highlights=[(2, 5), (8, 9)]) == "a <mark>&lt;b&gt;</mark> &amp; <mark>c</mark>"
    assert marked("<i>") == "&lt;i&gt;"


def test_it_cuts_a_highlight_at_the_ends_of_a_link():
    assert marked("abcdef", [Link(2, 4, "/x/")], highlights=[(1, 3)]) == (
        'a<mark>b</mark><a href="/x/"><mark>c</mark>d</a>ef'
    )


def test_it_follows_no_address_that_could_run_a_script():
    assert marked("abc", [Link(0, 3, "javascript:alert(1)")]) == "abc"


def test_it_counts_code_points():
    assert marked("🎈é INM", [Link(3, 6, "/x/")]) == '🎈é <a href="/x/">INM</a>'


def test_an_excerpt_is_escaped_marked_and_says_where_it_breaks_a_sentence():
    parts = (TextPart("a <b> "), TextPart("“c”", marked=True), TextPart(" & d"))
    quotation = '<blockquote class="text" lang="en">{}</blockquote>'
    whole, cut = Snippet(0, 14, parts), Snippet(5, 9, parts[1:2], cut_before=True, cut_after=True)
    assert excerpt(whole, "text", "en") == quotation.format("a &lt;b&gt; <mark>“c”</mark> &amp; d")
    assert excerpt(cut, "text", "en") == quotation.format("… <mark>“c”</mark> …")
