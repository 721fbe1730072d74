"""Questions for a number of things."""

import pytest

from sections.text.how_many import asks_how_many


@pytest.mark.parametrize(
    "query",
    [
        "How many shelters are there?",
        "number of deportations",
        "¿Cuántas tarjetas?",
        "número total de albergues",
        "le nombre d'enfants",
        "nombre de visas",
        "combien de consulats",
        "statistics on detention",
    ],
)
def test_it_knows_who_asks_for_a_number(query):
    assert asks_how_many(query)


@pytest.mark.parametrize("query", ["cards", "nombre de la institución", "nombre del programa", "paragraph number 7"])
def test_it_takes_nothing_else_for_such_a_question(query):
    assert not asks_how_many(query)
