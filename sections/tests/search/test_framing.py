"""Words that only frame a question, and words of other languages."""

import pytest

from sections.models import Report, Synonym
from sections.search.engine.frames import frame_places
from sections.search.service import SearchRequest, rebuild, search
from sections.tests.support.world import SYMBOL

pytestmark = pytest.mark.django_db


def numbers(q, **given):
    return [hit.number for hit in search(SearchRequest(q, **given)).hits]


QUESTIONS = [
    "What does the report say about travellers?",
    "What does Examplia report on travellers?",
    "Does the State party mention travellers?",
    "Is there any information on travellers in the report?",
    "information on travellers",
    "Are travellers discussed in the report of Examplia?",
]


@pytest.fixture
def named(world):
    Report.objects.filter(symbol=SYMBOL).update(
        state_party="Examplia",
        title="Second periodic report of Examplia",
        translations={"es": {"title": "Segundo informe periódico de Examplia"}},
    )
    rebuild()
    return world


@pytest.mark.parametrize("q", QUESTIONS)
def test_words_that_frame_a_question_do_not_affect_the_ranking(named, q):
    assert numbers(q) == numbers("travellers")


def test_they_count_where_they_are_quoted_alone_or_what_is_asked(named):
    assert search(SearchRequest('what does "the report" say about travellers?')).full == 0
    for q in ("report", "What does the report say?", "Examplia"):
        assert search(SearchRequest(q)).content_words, q
    assert frame_places(["where", "can", "travellers", "report", "abuse"], {"report"}, {"examplia"}) == set()
    assert (
        frame_places(["who", "was", "consulted", "when", "the", "report", "was", "written"], {"report"}, set()) == set()
    )


@pytest.mark.parametrize(
    ("q", "english"),
    [
        ("presupuesto", "budget"),
        ("presupuestos", "budget"),
        ("¿Qué dice el informe sobre el presupuesto?", "budget"),
        ("viajeros y presupuesto", "travellers budget"),
        ("budgets nationaux", "budget"),
    ],
)
def test_words_of_other_languages_lead_to_their_english_equivalents(named, q, english):
    Synonym.objects.create(term="presupuesto", says="budget", both_ways=False, note="Spanish")
    Synonym.objects.create(term="viajero", says="travellers", both_ways=False, note="Spanish")
    Synonym.objects.create(term="budget national", says="budget", both_ways=False, note="French")
    assert numbers(q)[:3] == numbers(english)[:3]
    told = " ".join(search(SearchRequest(q)).interpretation)
    assert "The text is in English; searched for “" in told and "budget" in told


def test_a_word_that_the_report_has_is_never_taken_for_one_of_another_language(world):
    Synonym.objects.create(term="roads", says="budget", both_ways=False, note="French")
    assert not any("The text is in English" in line for line in search(SearchRequest("roads")).interpretation)


def test_joined_and_dotted_words_are_what_they_mean(world):
    assert numbers("N.O.T.") == numbers("N.O.T") == numbers("NOT")
    joined = search(SearchRequest("openroads"))
    assert joined.corrections == (("openroads", "open roads"),)
    assert joined.hits[0].number in numbers("open roads")
    assert 3 in numbers("bud get")
