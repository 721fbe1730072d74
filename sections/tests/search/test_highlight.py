"""What is marked in a passage, and which passage is shown."""

from sections.search.engine.analysis import stem
from sections.search.engine.highlight import Mark, Marks, Text, best_passage, telling_spans

NAMED, WORD = Mark(0, by="entry", entry=7, weight=0.35), Mark(0, ("boat",))


def text(words, *mentions):
    return Text.read(0, "text", words, mentions, stem)


def marked(*texts):
    """The words that are marked in each text."""
    found = telling_spans(list(texts), Marks([NAMED, WORD]))
    return [[each.text[start:end] for start, end, _, _ in spans] for each, spans in found]


def test_it_marks_a_name_that_holds_the_word_only_where_the_word_itself_is_not_said():
    assert marked(text("The Office lists boats.", (0, 10, 7))) == [["boats"]]
    assert marked(text("The Office rests.", (0, 10, 7))) == [["The Office"]]
    assert marked(text("The Office rests.", (0, 10, 7)), text("A boat sails.")) == [[], ["boat"]]


def test_it_shows_the_passage_that_says_the_word():
    texts = [text("The Office rests.", (0, 10, 7)), text("A boat sails.")]
    shown = best_passage(telling_spans(texts, Marks([NAMED, WORD])), {})
    assert (shown.text, shown.spans) == ("A boat sails.", ((2, 6),))
