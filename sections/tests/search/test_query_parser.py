"""What is typed, as the site reads it."""

from hypothesis import given
from hypothesis import strategies as st

from sections.search.engine.analysis import family, stem, terms
from sections.search.engine.phrase_dictionary import Match, PhraseDictionary
from sections.search.engine.query_parser import parse
from sections.search.engine.query_tree import Field, Near, Not, Phrase, Word
from sections.search.engine.spellcheck import correct, distance
from sections.text.citations import Citation, parse_citation


def exacts(text):
    return [term.exact for term in terms(text)]


def shown(node):
    """A node of a query in short: a word as it is, "phrases" in quotation marks, the rest with its name."""
    if isinstance(node, Word):
        return node.pattern or node.text
    if isinstance(node, Phrase):
        return f'"{" ".join(node.parts)}"'
    if isinstance(node, Field):
        return f"{node.name}:{node.value}"
    if isinstance(node, Not):
        return f"not {shown(node.member)}"
    name = f"near {node.distance}" if isinstance(node, Near) else type(node).__name__.lower()
    return f"{name} ({', '.join(map(shown, node.members))})"


def read(text):
    return [shown(member) for member in parse(text).members]


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
    query = 'migrant* "due process" shelter OR refuge -border -"the police" law:"Travellers Act"'
    assert read(query) == [
        "migrant*", '"due process"', "or (shelter, refuge)", "not border", 'not "the police"', "law:Travellers Act",
    ]  # fmt: skip
    assert not parse(query).is_exact


def test_it_reads_operators_as_lawyers_type_them():
    assert {query: read(query) for query in OPERATORS} == {query: [tree] for query, tree in OPERATORS.items()}
    assert all(parse(query).is_exact for query in OPERATORS)


OPERATORS = {
    "one AND two OR three AND NOT four": "or (and (one, two), and (three, not four))",
    "(one OR two) AND (three four)": "and (or (one, two), and (three, four))",
    "(fair trial OR fair hearing) AND court": "and (or (and (fair, trial), and (fair, hearing)), court)",
    "one NOT (two OR three)": "and (one, not or (two, three))",
    "one && two || three": "or (and (one, two), three)",
    "one NEAR/5 two": "near 5 (one, two)",
    "NEAR(one two, 7)": "near 7 (one, two)",
    'NEAR("one two" three)': 'near 10 ("one two", three)',
    "(one OR two) w/3 three": "near 3 (or (one, two), three)",
    "fair trial NEAR/4 court": 'near 4 ("fair trial", court)',
    '"one two"~4': 'near 4 ("one", "two")',
    "one NEAR/2 two NEAR/3 three": "and (near 2 (one, two), near 3 (two, three))",
    "NOT institution:Office": "not institution:Office",
    "article:(22 AND 23)": "and (article:22, article:23)",
    "non-refoulement AND court": 'and ("non refoul", court)',
}


def test_it_reads_every_kind_of_quotation_mark_and_wildcards():
    assert read("“a b” «c d» „e f“ ‘g h’ travellers’ rights") == [
        '"a b"',
        '"c d"',
        '"e f"',
        '"g h"',
        "travellers",
        "rights",
    ]
    assert read('wom?n *ation migr* "child* rights" where?') == ["wom?n", "*ation", "migr*", '"child* rights"', "where"]


def test_it_knows_fields_in_three_languages_with_several_values():
    assert read("artículo:22 respuesta:14 réponse:15 año:2014 lieu:Chiapas") == [
        "article:22", "reply:14", "reply:15", "year:2014", "place:Chiapas",
    ]  # fmt: skip
    assert read("institution:(National Office OR INM) -law:Act") == [
        "or (institution:National Office, institution:INM)", "not law:Act",
    ]  # fmt: skip


def test_a_minus_excludes_what_is_in_brackets():
    assert read("one -(two OR three) two") == ["one", "not or (two, three)", "two"]


def test_words_of_prose_and_brackets_in_names_are_no_operators():
    assert read("law and order or not") == ["law", "and", "order", "or", "not"]
    assert read("National Office (NOF) article 16 (4)") == ["National", "Office", "NOF", "article", "16", "4"]


def test_it_reads_what_is_no_operator_as_words():
    assert read("OR one") == ["one"]
    assert read("one -") == ["one"]
    assert read('say "one') == ["say", "one"]
    assert read("(NEAR: *)") == ["NEAR"]
    assert read("AND") == ["AND"]


def test_it_says_what_it_could_not_read():
    assert {text: parse(text).remarks for text in MALFORMED} == {text: (said,) for text, said in MALFORMED.items()}


MALFORMED = {
    "one AND": "lone operator",
    "one AND OR two": "lone operator",
    "one NEAR": "lone operator",
    "((": "unpaired bracket",
    "(one OR two": "unpaired bracket",
    "one) two": "unpaired bracket",
    'one "two': "unpaired quote",
    "a " * 60: "too many terms",
    "(" * 30 + "one OR two" + ")" * 30: "too deep",
    "one NEAR/5 (two AND three)": "not near",
}


@given(
    st.lists(
        st.sampled_from(
            ['"', "(", ")", " AND ", " OR ", " NOT ", " NEAR/3 ", "NEAR(", "-", "a", "b*", "law:", ",3", "+"]
        ),
        max_size=40,
    )
)
def test_it_reads_any_heap_of_operators(pieces):
    query = parse("".join(pieces))
    assert query.members or not any(piece in "ab*" for piece in pieces)


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


def test_it_reads_the_citation_in_a_question_for_what_is_cited():
    article = Citation("article", 22, 22)
    read = {
        "What does the report say about article 22?": article,
        "What does article 22 of the Convention say?": article,
        "text of article 22": article,
        "¿Qué dice el informe sobre el artículo 22?": article,
        "¿Qué dice el artículo 22?": article,
        "texto del artículo 22": article,
        "Que dit le rapport sur l’article 22 ?": article,
        "Que prévoit l'article 22 ?": article,
        "le texte de l'article 22": article,
        "What does Mexico report on paras 92-94?": Citation("paragraph", 92, 94),
        "¿Qué dice la respuesta 14?": Citation("reply", 14, 14),
        "What does it say about article 9 of the Migration Act?": Citation("article", 9, 9, law="Migration Act"),
    }
    assert {text: parse_citation(text) for text in read} == read


def test_it_reads_how_items_abbreviated_ranges_and_articles_are_cited_in_three_languages():
    item = Citation("paragraph", 137, 137, item=("b",))
    for text in ("párr. 137 b", "para 137, item (b)", "párrafo 137 inciso b)", "paragraphe 137, alinéa b"):
        assert parse_citation(text) == item, text
    assert parse_citation("see paras 131-6") == Citation("paragraph", 131, 136)
    assert parse_citation("paras 92-4") == Citation("paragraph", 92, 94)
    assert parse_citation("paras 98-92") == Citation("paragraph", 92, 98)
    for text in ("Convention, art. 22", "ICRMW article 22(1)", "párrafo 2 del artículo 22", "para 2 of article 22"):
        assert parse_citation(text) == Citation("article", 22, 22), text
    for text in ("Ley de Migración, art. 9", "artículo 9 de la Ley de Migración"):
        assert parse_citation(text) == Citation("article", 9, 9, law="Ley de Migración"), text
    for text in ("Q14", "response 14", "list of issues, para. 14", "lista de cuestiones párr. 14"):
        assert parse_citation(text) == Citation("reply", 14, 14), text


def test_it_takes_no_other_words_for_a_citation():
    for text in (
        "What does Mexico say about 2014?", "What does the report say about expulsion?", "textile article 22",
    ):  # fmt: skip
        assert parse_citation(text) is None, text
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
    assert parse(decomposed).members == parse(composed).members


def test_it_ignores_invisible_characters():
    hidden = "\ufeffbud\u00adget \u200bla\u200dw:x \u202eyear\u2069"
    assert exacts(hidden) == ["budget", "law", "x", "year"]
    assert read("\u200bbud\u00adget") == ["budget"]
    assert read("instit\u00adution:NOT") == ["institution:NOT"]
    assert read("\u200b \u00ad") == []


def test_it_takes_no_other_digits_for_numbers_of_citations():
    for text in ("para ²", "para ①", "reply ²", "article ¾", "para 1234567890", "annex ²", "part ②"):
        assert parse_citation(text) is None, text
