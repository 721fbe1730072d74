"""The text of a treaty in the forms of official files, and what is wrong with one; every text is invented."""

import io
import zipfile

import docx
import pytest

from sections.importing.parse.records import ImportFault
from sections.importing.parse.treaty import read_treaty
from sections.importing.parse.treaty_check import Structure, TreatyFaults, check, language_of
from sections.importing.parse.treaty_headings import heading_of, number_of, roman
from sections.importing.readers.treaty import treaty_text
from sections.tests.support.treaty import TEXTS, provisions, treaty
from sections.tests.support.world import PARTS

SAID = TEXTS["en"][0]
STRUCTURE = Structure(tuple(range(1, 7)), {number: (first, last) for number, _, _, first, last in PARTS})


def labels(article):
    return [(row.label, row.depth, row.text) for row in article.provisions]


def faults(text, structure=STRUCTURE):
    with pytest.raises(TreatyFaults) as caught:
        check(read_treaty(text), structure)
    return caught.value.faults


def test_it_reads_articles_with_paragraphs_and_letters():
    read = read_treaty(treaty())
    check(read, STRUCTURE)
    assert [(article.number, article.part) for article in read.articles] == [
        (1, 1), (2, 1), (3, 2), (4, 3), (5, 3), (6, 3),
    ]  # fmt: skip
    assert labels(read.articles[5]) == [
        ("1", 1, SAID), ("2", 1, f"{SAID[:-1]}:"), ("a", 2, "of the straw;"), ("b", 2, "of the wool."),
    ]  # fmt: skip
    assert [row.anchor for row in read.articles[0].provisions] == ["1", "2", "2-a", "2-b"]


@pytest.mark.parametrize(
    "heading",
    ["ARTICLE {number}", "Article {number}.", "Article {number} –", "Artículo {number}", "ARTICULO {number}.-",
     "Artículo {number}º", "Статья {number}", "المادة {number}", "第{number}条", "Art. {number}"],
)  # fmt: skip
def test_it_knows_a_heading_in_its_forms(heading):
    check(read_treaty(treaty(article=heading)), STRUCTURE)


@pytest.mark.parametrize(
    "part", ["Part {roman}", "PARTE {roman}", "Partie {roman}.", "PART {number}: Of hats", "第{number}部分"]
)
def test_it_knows_the_heading_of_a_part_in_its_forms(part):
    assert [number for number, _ in read_treaty(treaty(part=part)).parts] == [1, 2, 3]


@pytest.mark.parametrize(
    ("line", "number"),
    [("Article premier", 1), ("ARTICLE PREMIER", 1), ("Article 1er", 1), ("Artículo primero", 1), ("ARTICLE XXII", 22),
     ("PREMIÈRE PARTIE", 1), ("TERCERA PARTE", 3), ("Partie II : Égalité", 2), ("第二十二条", 22), ("المادة ٢٢", 22)],
)  # fmt: skip
def test_it_reads_numbers_as_they_are_printed(line, number):
    assert heading_of(line).number == number


@pytest.mark.parametrize(
    "line",
    ["Article 22 of the Charter applies.", "article 22", "Article 22 (1) shall apply.", "Article 22, paragraph 2",
     "Part III of the Convention", "Article of faith", "Participants", "Artículo 9 de la Carta"],
)  # fmt: skip
def test_it_takes_no_citation_for_a_heading(line):
    assert heading_of(line) is None


def test_it_reads_only_well_formed_roman_numbers():
    assert [roman(word) for word in ("IX", "xciii", "IIII", "VX", "")] == [9, 93, None, None, None]
    assert number_of("九十三") == 93


def test_it_leaves_a_citation_at_the_start_of_a_line_in_its_sentence():
    body = ["1. Hats are worn as in\nArticle 3\nof the Charter, or as in paragraph 1\n(a) of it.", "2. So are caps."]
    article = read_treaty(treaty(body=lambda number: body)).articles[5]
    assert labels(article)[0][2] == "Hats are worn as in Article 3 of the Charter, or as in paragraph 1 (a) of it."
    assert len(article.provisions) == 2


def test_it_joins_words_broken_at_the_end_of_a_line():
    body = [
        "Hats are for all travel-\nlers, in well-\nknown and non-\nwoven cloth, for mother-in-\nlaw and Inter-\nHat."
    ]
    article = read_treaty(treaty(body=lambda number: [*body, "A traveller knows the travellers and the well-known."]))
    assert article.articles[0].provisions[0].text == (
        "Hats are for all travellers, in well-known and non-woven cloth, for mother-in-law and Inter-Hat."
    )


def test_it_reads_through_the_breaks_of_pages():
    def body(number):
        page = f"X/RES/1/2\n\nTreaty on hats, page {number}\n\n- {number} -\n\n\f"
        return [f"1. Hats are worn on every\n\n{page}\n\nTreaty on hats, page {number}\n\nhead.", "2. So are caps."]

    read = read_treaty(treaty(body=body))
    check(read, STRUCTURE)
    assert {row.text for article in read.articles for row in article.provisions} == {
        "Hats are worn on every head.", "So are caps.",
    }  # fmt: skip


def test_it_keeps_a_line_that_only_looks_like_one_that_pages_repeat():
    body = ["1. Hats are worn in all\nof the countries of the\nworld.\n\f\n2. So are\nof the countries of the\ncaps."]
    assert read_treaty(treaty(body=lambda number: body)).articles[0].provisions[0].text.endswith("of the world.")


def test_it_tells_the_letter_i_from_the_number():
    letters = [f"({letter}) hat;" for letter in "abcdefghi"]
    body = ["1. Worn are:", *letters, "2. Not worn are:", "(a) those that", "(i) burn;", "(ii) melt;", "(b) caps."]
    anchors = [row.anchor for row in read_treaty(treaty(body=lambda number: body)).articles[0].provisions]
    assert anchors[9:] == ["1-i", "2", "2-a", "2-a-i", "2-a-ii", "2-b"]


def test_it_reads_a_paragraph_whose_number_stands_beside_the_heading_or_a_letter():
    text = treaty(
        article="Article {number}. 1. Hats are worn.", body=lambda number: ["2. (a) By day;", "(b) By night."]
    )
    read = read_treaty(text)
    check(read, STRUCTURE)
    assert labels(read.articles[0]) == [
        ("1", 1, "Hats are worn."), ("2", 1, ""), ("a", 2, "By day;"), ("b", 2, "By night."),
    ]  # fmt: skip


@pytest.mark.parametrize("article", ["Article {number}\nColours of hats", "Article {number}: Colours of hats"])
def test_it_keeps_the_title_of_an_article_apart(article):
    first = read_treaty(treaty(article=article)).articles[0]
    assert (first.title, len(first.provisions)) == ("Colours of hats", 4)


@pytest.mark.parametrize(
    "line", ["Article {number}", "Article {number} ........ {number}", "Article {number} Colours  {number}"]
)
def test_it_passes_over_a_table_of_contents(line):
    listed = "\n".join(["Contents", *(line.format(number=number) for number in range(1, 7))])
    check(read_treaty(f"{listed}\n\nPreamble\n\n{treaty()}"), STRUCTURE)


def test_it_leaves_out_what_follows_the_closing_formula():
    text = treaty()
    assert "hats." not in read_treaty(text).articles[-1].provisions[-1].text


def test_it_names_every_article_that_is_missing_doubled_or_misplaced_with_its_line():
    text = treaty().replace("Article 2\n", "Art of two\n").replace("Article 5\n", "Article 4\n")
    said = faults(text)
    assert any("article 2 is missing behind article 1." in row and row.startswith("line ") for row in said)
    assert any("article 4 is there more than once, in lines" in row for row in said)
    assert any("article 5 is missing" in row for row in said)


def test_it_names_parts_that_are_missing_and_articles_in_other_parts():
    assert "part 2 is missing behind part 1." in " ".join(faults(treaty().replace("PART II\n", "\n")))
    moved = treaty().replace("PART II\n", "").replace("Article 2\n", "PART II\n\nArticle 2\n")
    assert any("article 2 is under part 2; it belongs to part 1." in row for row in faults(moved))


def test_it_names_articles_in_another_order_unknown_ones_and_empty_ones():
    swapped = treaty().replace("Article 4\n", "Article X\n").replace("Article 5\n", "Article 4\n")
    assert any("stands behind" in row or "no article 10" in row for row in faults(swapped))
    assert any(
        "article 6 has no text" in row for row in faults(treaty(body=lambda number: provisions() if number < 6 else []))
    )
    assert any(
        "there is no article 6; the last is 5." in row for row in faults(treaty(), Structure(tuple(range(1, 6)), {}))
    )


def test_it_asks_for_as_many_articles_as_the_treaty_has():
    check(read_treaty("Article 1\n\nHats are worn."), Structure((1,), {1: (1, 1)}))


def test_it_says_that_a_file_is_no_treaty():
    assert faults("Nothing but hats.") == [
        "no heading of an article, such as “Article 1” in a line of its own, was found."
    ]


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_it_tells_the_language_of_a_text(language):
    assert language_of(read_treaty(treaty(language))) == language


def as_word(text):
    document, file = docx.Document(), io.BytesIO()
    for paragraph in text.split("\n\n"):
        document.add_paragraph(paragraph)
    document.save(file)
    return file.getvalue()


def test_it_reads_word_and_html_files():
    text = treaty()
    items = text.replace("(a) of the straw;\n\n(b) of the wool.", "<ol type=a><li>of the straw;<li>of the wool.</ol>")
    html = "<head><title>Hats</title></head>" + "".join(f"<p>{piece}</p>" for piece in items.split("\n\n"))
    for name, data in (("hats.docx", as_word(text)), ("hats.html", html.encode()), ("hats.txt", text.encode())):
        read = read_treaty(treaty_text(name, data))
        check(read, STRUCTURE)
        assert [row.text for row in read.articles[0].provisions][2:] == ["of the straw;", "of the wool."], name


def test_it_refuses_in_words_a_file_that_it_cannot_read():
    numbered, file = docx.Document(), io.BytesIO()
    numbered.add_paragraph("Hats are worn.", style="List Number")
    numbered.paragraphs[0]._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 1
    numbered.save(file)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"\0" * (60 << 20))
    for name, data, words in (
        ("hats.pdf", b"%PDF-1.7", "no text file"),
        ("hats.docx", b"no zip", "no Word file"),
        ("hats.docx", file.getvalue(), "Word numbers 1 paragraphs"),
        ("hats.docx", bomb.getvalue(), "too large"),
        ("hats.html", "<p>Ártículo".encode("latin-1"), "Save it in UTF-8"),
        ("hats.txt", "Artículo".encode("latin-1"), "not UTF-8"),
    ):
        with pytest.raises(ImportFault, match=words):
            treaty_text(name, data)
