"""Which pages of the site a query asks for, in three languages, and which queries are about the report alone."""

import pytest

from sections.text.site_questions import pages_asked_for

STATES = ["Mexico", "México", "Mexique"]


@pytest.mark.parametrize(
    ("query", "pages"),
    [
        ("which articles does Mexico say nothing about", ["unlinked"]),
        ("articles that are not reported on", ["unlinked"]),
        ("Which provisions of the Convention are not covered?", ["unlinked"]),
        ("¿Sobre qué artículos no dice nada México?", ["unlinked"]),
        ("artículos no mencionados", ["unlinked"]),
        ("Sur quels articles le Mexique ne dit-il rien ?", ["unlinked"]),
        ("les articles dont le rapport ne parle pas", ["unlinked"]),
        ("Part VIII articles without paragraphs", ["unlinked"]),
        ("Is there an API?", ["data"]),
        ("descargar todas las instituciones en una hoja de cálculo", ["data"]),
        ("télécharger les institutions en Excel", ["data"]),
        ("What has changed since last month?", ["changes"]),
        ("¿Qué ha cambiado desde el mes pasado?", ["changes"]),
        ("Who runs this site?", ["responsibility"]),
        ("Qui gère ce site ?", ["responsibility"]),
        ("how do I report an error", ["report-an-error"]),
        ("signaler une erreur", ["report-an-error"]),
        ("Is this text really what the State submitted?", ["fidelity"]),
        ("¿Es este texto realmente el que presentó el Estado?", ["fidelity"]),
        ("original PDF", ["fidelity"]),
        ("concluding observations", ["documents"]),
        ("What did the Committee conclude?", ["documents"]),
        ("lista de cuestiones pregunta 14", ["documents"]),
        ("texte de la Convention", ["convention"]),
        ("Cómo citar un párrafo", ["citing"]),
    ],
)
def test_a_question_about_the_site_asks_for_its_page(query, pages):
    assert pages_asked_for(query, STATES) == pages


@pytest.mark.parametrize(
    "query",
    [
        "", "article", "collective expulsion", "data protection", "climate change", "without documents",
        "persons not covered by social security", "missing migrants", "citizens", "no rights",
        "article 22 not mentioned", "What does the report say about error rates in Chiapas?", "word " * 40,
    ],
)  # fmt: skip
def test_a_question_about_the_report_asks_for_no_page(query):
    assert pages_asked_for(query, STATES) == []


def test_the_name_of_another_state_is_a_word_like_any_other():
    assert pages_asked_for("articles that Norway says nothing about", STATES) == []
    assert pages_asked_for("articles that Norway says nothing about", ["Norway"]) == ["unlinked"]
