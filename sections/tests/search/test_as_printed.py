"""Dates, numbers, countries and citations of laws, as people type them and not as reports print them."""

import pytest

from sections.models import Block, Figure, Synonym
from sections.search.engine.dates import in_words, month_at
from sections.search.engine.numbers import other_form, rounded, scale_of, without_points
from sections.search.service import SearchRequest, rebuild, search
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import ACT, OFFICE, PLAN, make_world

pytestmark = pytest.mark.django_db

TEXTS = {
    2: "On 8 August 2010 some 60,569 cards and twelve passes were issued.",
    6: "It spent 4,730,203.20 crowns in September 2014. Courts in the United States agreed.",
    7: f"The {OFFICE} runs the {PLAN} under the {ACT}, article 9.",
    8: "Cards are issued elsewhere too, as anybody may be told there.",
}


def build_world():
    made = make_world()
    for number, text in TEXTS.items():
        Block.objects.filter(paragraph__number=number, position=0).update(text=text)
    block = Block.objects.get(paragraph__number=2, position=0)
    start = block.text.index("60,569")
    Figure.objects.create(
        block=block, start=start, end=start + 6, surface="60,569", value=60569, unit="cards", what="issued"
    )
    Synonym.objects.create(term="USA", says="United States")
    Synonym.objects.create(term="tarjeta", says="card", note="Spanish")
    rebuild()
    return made


built_world, world = shared_world(build_world)


def first(q):
    hits = search(SearchRequest(q)).hits
    return hits[0].number if hits else None


@pytest.mark.parametrize(
    "q", ["aug 2010", "8 de agosto de 2010", "8 août 2010", "8th August 2010", "8/8/2010", "2010-08-08", "08.08.2010"]
)
def test_it_finds_a_date_however_it_is_written(world, q):
    assert first(q) == 2


def test_a_month_is_one_only_beside_a_number():
    assert month_at(["sept", "2014"], 0) == "September"
    assert month_at(["mars", "de", "2014"], 0) == "March"
    assert month_at(["mars", "rover"], 0) == ""
    assert (in_words("13/12/2014"), in_words("12/13/2014")) == ("13 December 2014", "13 December 2014")
    assert in_words("31/31/2014") == "31/31/2014"


@pytest.mark.parametrize("q", ["60.569", "60,000 cards", "60k cards", "60 thousand", "60 mil tarjetas", "12 passes"])
def test_it_finds_a_number_that_is_grouped_rounded_or_in_words(world, q):
    assert first(q) == 2


def test_it_says_for_which_number_a_round_one_stands(world):
    results = search(SearchRequest("4.7 million crowns"))
    assert (results.hits[0].number, results.corrections) == (6, (("4.7 million", "4,730,203.20"),))


def test_a_number_that_is_in_the_text_stands_for_no_other(world):
    assert search(SearchRequest("2010")).corrections == ()
    assert search(SearchRequest("61,000", exact=True)).corrections == ()


def test_round_numbers_stand_for_those_that_people_round_or_cut_to_them():
    million = rounded("4.7", "million")
    assert [million.stands_for(each) for each in ("4730203.20", "4650001", "4800000", "4.7")] == [
        True,
        True,
        False,
        False,
    ]
    assert [rounded("60000").stands_for(each) for each in ("60569", "58000", "70000")] == [True, True, False]
    assert (rounded("60569"), rounded("10"), rounded("word")) == (None, None, None)
    assert (scale_of(["mil", "millones", "de"]), scale_of(["cards"])) == ("mil millones", "")
    assert (without_points("1.234.567"), without_points("3.14")) == ("1234567", "")
    assert (other_form("twelve"), other_form("12"), other_form("cards")) == ("12", "twelve", "")


@pytest.mark.parametrize("q", ["US courts", "us courts", "U.S. courts", "courts in the us"])
def test_us_is_a_country_where_it_is_no_pronoun(world, q):
    assert first(q) == 6


def test_us_is_a_pronoun_in_a_question(world):
    assert search(SearchRequest("tell us about courts")).alternatives == ()


def test_who_asks_how_many_gets_the_paragraph_with_the_figure_first(world):
    assert [first("cards issued"), first("how many cards were issued")] == [8, 2]


def test_an_article_of_a_law_leads_to_the_one_paragraph_that_cites_it(world):
    for q in (f"article 9 of the {ACT}", f"{ACT}, art. 9"):
        results = search(SearchRequest(q))
        assert (results.target.kind, results.target.number, bool(results.leads_to)) == ("paragraph", 7, True), q
    results = search(SearchRequest(f"article 10 of the {ACT}"))
    assert (results.target.kind, results.leads_to) == ("law", "")
    assert results.interpretation[0].startswith("No paragraph cites article 10")
