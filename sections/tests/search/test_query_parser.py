"""What is typed, as the site reads it."""

from hypothesis import given
from hypothesis import strategies as st

from sections.search.engine.analysis import family, stem, terms
from sections.search.engine.citation_parser import Citation, parse_citation
from sections.search.engine.phrase_dictionary import Match, PhraseDictionary
from sections.search.engine.query_parser import parse
from sections.search.engine.spellcheck import correct, distance


def exacts(text):
    return [term.exact for term in terms(text)]


def groups(text):
    return [[member.text for member in group] for group in parse(text).groups]


def test_it_reads_one_word_however_it_is_printed():
    assert exacts("Nuevo León NUEVO LEON Tijuana’s Tijuana's") == [
        "nuevo",
        "leon",
        "nuevo",
        "leon",
        "tijuana",
        "tijuana",
    ]


def test_it_reads_a_number_however_its_digits_are_grouped():
    assert exacts("1,606,581.68 2 792 469 207 2792469207 2013–2018") == [
        "1606581.68", "2792469207", "2792469207", "2013", "2018",
    ]  # fmt: skip


def test_it_gives_inflections_and_spellings_one_stem():
    for words in (
        ("deported", "deportation", "deporting"),
        ("programme", "programs"),
        ("labour", "labor"),
        ("organisation", "organizations"),
        ("centre", "centers"),
        ("child", "children"),
    ):
        assert len({stem(word) for word in words}) == 1, words


def test_it_knows_families_of_words():
    for words in (("racism", "racist"), ("migrants", "migration"), ("discriminatory", "discrimination")):
        assert len({family(stem(word)) for word in words}) == 1, words
    assert family(stem("policy")) != family(stem("police"))


def test_it_joins_what_a_hyphen_parts():
    assert [term.joined for term in terms("non-discrimination")] == ["nondiscrimination", ""]


def test_it_reads_words_phrases_alternatives_exclusions_and_fields():
    query = parse('migrant* "due process" shelter OR refuge -border -"the police" law:"Travellers Act"')
    assert [[member.text for member in group] for group in query.groups] == [
        ["migrant"], ["due process"], ["shelter", "refuge"],
    ]  # fmt: skip
    assert [member.text for member in query.excluded] == ["border", "the police"]
    assert query.fields == (("law", "Travellers Act"),)


def test_it_reads_what_is_no_operator_as_words():
    assert groups("OR one") == [["one"]]
    assert groups("one -") == [["one"]]
    assert groups('say "one') == [["say"], ["one"]]
    assert groups("(NEAR: *)") == [["NEAR"]]


@given(st.text(max_size=300))
def test_it_reads_anything(text):
    parse(text)
    parse_citation(text)


def test_it_reads_citations_as_people_type_them():
    read = {
        "17": Citation("number", 17, 17),
        "para 17": Citation("paragraph", 17, 17),
        "¶ 17": Citation("paragraph", 17, 17),
        "paras 89-91": Citation("paragraph", 89, 91),
        "CMW/C/MEX/3, para. 89": Citation("paragraph", 89, 89, symbol="CMW/C/MEX/3"),
        "reply 14": Citation("reply", 14, 14),
        "reply to paragraph 14": Citation("reply", 14, 14),
        "annex 9a": Citation("annex", label="9a"),
        "footnote 7": Citation("footnote", 7, 7),
        "table 2": Citation("table", 2, 2),
        "article 44": Citation("article", 44, 44),
        "article 44 of the Convention": Citation("article", 44, 44),
        "article 9 of the Migration Act": Citation("article", 9, 9, law="Migration Act"),
        "part III": Citation("part", 3, 3),
    }
    assert {text: parse_citation(text) for text in read} == read


def test_it_takes_no_other_words_for_a_citation():
    for text in ("", "migrants", "para 17 deportation", "2 792 469 207", "article", "24 April 2017", "table manners 2"):
        assert parse_citation(text) is None, text


def test_it_counts_edits():
    pairs = [("migraton", "migration"), ("mirgation", "migration"), ("migration", "migration"), ("cat", "elephant")]
    assert [distance(one, two, 2) for one, two in pairs] == [1, 1, 0, 3]


def test_it_corrects_by_the_fewest_edits_and_then_the_more_frequent_word():
    known = [("migration", 5), ("migrations", 9), ("mitigation", 50), ("card", 1), ("cart", 3)]
    assert [correct(word, known) for word in ("migraton", "carx", "xyz", "2015")] == ["migration", "cart", "", ""]


def test_it_spots_the_longest_known_sequence():
    known = PhraseDictionary()
    for words, value in (("a b", 1), ("a b c", 2), ("c d", 3)):
        known.add(words.split(), value)
    assert known.longest(list("xabcd")) == [Match(1, 4, (2,))]
    assert known.longest(list("abd")) == [Match(0, 2, (1,))]
    assert list(known.scattered(list("bxa"))) == [((0, 2), (1,))]


def test_it_reads_the_same_letters_however_they_are_encoded():
    composed, decomposed = "Nuevo León’s plan", "Nuevo Leo\u0301n’s plan"
    assert exacts(decomposed) == exacts(composed) == ["nuevo", "leon", "plan"]
    assert [decomposed[term.start : term.end] for term in terms(decomposed)] == ["Nuevo", "Leo\u0301n’s", "plan"]
    assert parse(decomposed).groups == parse(composed).groups


def test_it_ignores_invisible_characters():
    hidden = "\ufeffbud\u00adget \u200bla\u200dw:x \u202eyear\u2069"
    assert exacts(hidden) == ["budget", "law", "x", "year"]
    assert groups("\u200bbud\u00adget") == [["budget"]]
    assert parse("instit\u00adution:NOT").fields == (("institution", "NOT"),)
    assert parse("\u200b \u00ad").groups == ()


def test_it_takes_no_other_digits_for_numbers_of_citations():
    for text in ("para ²", "para ①", "reply ²", "article ¾", "para 1234567890", "annex ²", "part ②"):
        assert parse_citation(text) is None, text
