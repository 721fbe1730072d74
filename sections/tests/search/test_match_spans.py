"""What is marked in a snippet, and which snippet is shown."""

from sections.search.engine.match_spans import BlockText, Mark, Marks, analyse, matching_spans
from sections.text.snippet import best_snippet

NAMED, WORD = Mark(0, by="entry", entry=7, weight=0.35), Mark(0, ("boat",))


def text(words, *mentions):
    return BlockText(0, "text", analyse(words), mentions)


def marked(*texts):
    """The words that are marked in each text."""
    matches = matching_spans(texts, Marks([NAMED, WORD]))
    return [[block.analysed.text[start:end] for start, end, _, _ in spans] for block, spans in matches]


def test_it_marks_a_name_with_the_word_only_where_the_word_itself_does_not_occur():
    assert marked(text("The Office lists boats.", (0, 10, 7))) == [["boats"]]
    assert marked(text("The Office rests.", (0, 10, 7))) == [["The Office"]]
    assert marked(text("The Office rests.", (0, 10, 7)), text("A boat sails.")) == [[], ["boat"]]


def test_it_shows_the_snippet_with_the_word():
    blocks = [text("The Office rests.", (0, 10, 7)), text("A boat sails.")]
    matches = matching_spans(blocks, Marks([NAMED, WORD]))
    index, shown = best_snippet([(block.analysed.text, spans) for block, spans in matches], {})
    assert (index, shown.text, shown.spans) == (1, "A boat sails.", ((2, 6),))
