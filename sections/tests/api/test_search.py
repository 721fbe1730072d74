"""The API's search, as other programs rely on it."""

import pytest

from sections.search.indexer import rebuild
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import OFFICE, SYMBOL, make_other_report, make_world

pytestmark = pytest.mark.django_db


def build_world():
    make_world()
    rebuild()


built_world, world = shared_world(build_world)


@pytest.fixture
def ask(client, world):
    def get(**params):
        response = client.get("/api/v1/search/", params)
        assert response.status_code == 200, response.content
        return response.json()

    return get


def test_it_answers_as_the_contract_says(ask):
    answer, rest = ask(q="leaving"), ["results", "entries", "facets", "suggestion"]
    assert list(answer) == ["query", "interpretation", "count", "full", "by_names", *rest]
    assert (answer["query"], answer["count"], answer["suggestion"]) == ("leaving", 1, None)
    (result,) = answer["results"]
    assert result["type"] == "paragraph"
    assert result["number"] == 5
    assert result["url"] == f"http://testserver/{SYMBOL}/paragraphs/5/"
    assert result["snippet"] == "The Office keeps no one from leaving."
    assert [result["snippet"][start:end] for start, end in result["marks"]] == ["leaving"]
    assert result["score"] > 0
    assert result["match"] == "text"
    assert list(answer["facets"]) == [
        "part", "article", "reply", "institution", "law", "programme", "place", "year", "has",
    ]  # fmt: skip
    assert answer["facets"]["part"] == [{"value": "3", "label": "Part III", "count": 1, "chosen": False}]


def test_it_puts_a_cited_thing_first(ask):
    assert [(result["type"], result["number"]) for result in ask(q="reply 3")["results"]] == [
        ("reply", 3), ("paragraph", 5), ("paragraph", 6), ("paragraph", 7),
    ]  # fmt: skip
    assert [(result["type"], result["number"]) for result in ask(q="para 8")["results"]][0] == ("paragraph", 8)


def test_it_names_the_entries_that_a_query_names(ask):
    entries = ask(q=OFFICE.lower())["entries"]
    assert [(entry["type"], entry["name"]) for entry in entries] == [("institution", OFFICE)]


def test_it_pages_and_filters(ask):
    every = [result["number"] for result in ask(q="the", sort="place")["results"]]
    assert [result["number"] for result in ask(q="the", sort="place", limit=2, page=2)["results"]] == every[2:4]
    assert {result["number"] for result in ask(q="the", part="3")["results"]} <= {5, 6, 7}


@pytest.mark.parametrize("params", [{"limit": "0"}, {"limit": "many"}, {"page": "-1"}])
def test_it_refuses_numbers_that_are_none(client, params):
    assert client.get("/api/v1/search/", {"q": "x", **params}).status_code == 400


def test_it_says_that_there_is_no_such_report(client, world):
    assert client.get("/api/v1/search/", {"q": "x", "report": "A/B/C"}).status_code == 404


@pytest.mark.parametrize("q", ["", "\x00", '"', "(((", "*", "-", ":", "😀", "a" * 5000, "law:", "NEAR(x, 2)"])
def test_it_answers_whatever_is_typed(client, world, q):
    assert client.get("/api/v1/search/", {"q": q}).status_code == 200


def test_it_searches_all_reports_and_names_the_report_of_each_hit(ask):
    other = make_other_report()
    rebuild()
    answer = ask(q="budget", report="all", sort="place")
    found = [(row["report"], row["state_party"], row["number"]) for row in answer["results"]]
    assert found == [
        (SYMBOL, "Examplia", 3), (other.symbol, "Otherland", 1), (other.symbol, "Otherland", 3),
    ]  # fmt: skip
    reports = {value["value"]: value["count"] for value in answer["facets"]["report"]}
    assert reports == {other.symbol: 2, SYMBOL: 1}
    pages = [ask(q="budget", report="all", sort="place", limit=1, page=page)["results"] for page in (1, 2, 3)]
    assert [row["url"] for (row,) in pages] == [row["url"] for row in answer["results"]]
    cited = ask(q=f"{other.symbol}, reply 1", report="all")["results"][0]
    assert (cited["type"], cited["report"], cited["state_party"]) == ("reply", other.symbol, "Otherland")
    assert ask(q="article 4", report="all")["results"][0]["report"] is None
    assert ask(q="budget")["results"][0]["report"] == SYMBOL
    assert "report" not in ask(q="budget")["facets"]
