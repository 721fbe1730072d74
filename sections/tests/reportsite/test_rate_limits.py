"""People are never limited, robots are: by client, and altogether where they walk filter combinations."""

import pytest
from django.contrib.auth.models import User
from django.test import RequestFactory

from reportsite import rate_limits
from reportsite.rate_limits import breadth
from reportsite.shared_rate_counts import Debts
from sections.search.service import rebuild
from sections.tests.support.pages import read
from sections.tests.support.standing_clock import StandingClock
from sections.tests.support.world import SYMBOL, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def limits(settings, monkeypatch):
    """The site's own limits, counted from now on by a process of its own."""
    settings.REQUESTS_PER_SECOND, settings.SEARCHES_PER_SECOND = 40, 100
    monkeypatch.setattr(rate_limits, "COST_OF_SECOND", 0)  # the tests' clock stands still
    counted = Debts(lambda sums: sums, longest=120, interval=3600, clock=StandingClock())
    monkeypatch.setattr(rate_limits, "debts", lambda: counted)
    return counted


@pytest.fixture
def world(limits):
    make_world()
    rebuild()


def statuses(client, address, count, **more):
    return [client.get(address, **more).status_code for _ in range(count)]


def from_elsewhere(number):
    return {"REMOTE_ADDR": f"198.51.{number // 250}.{number % 250}"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", 0),
        ("q=migration", 0),
        ("q=migration&go=1&report=CMW/C/MEX/3", 0),
        ("q=&part=&article=", 0),
        ("q=migration&part=3", 1),
        ("q=migration&sort=place", 1),
        ("q=migration&page=2", 0),
        ("q=migration&page=60", 1),
        ("q=migration&page=²", 0),
        ("q=migration&part=3&article=22", 2),
        ("q=migration&article=22&article=23", 2),
        ("text=council&kind=agency&letter=A&sort=name", 3),
    ],
)
def test_it_counts_what_an_address_combines(query, expected):
    assert breadth(RequestFactory().get("/search/", QUERY_STRING=query)) == expected


@pytest.mark.parametrize("address", ["/search/?q=office", "/es/search/?q=office", "/api/v1/search/?q=office"])
def test_it_lets_a_hundred_people_behind_one_address_search(client, world, address):
    assert set(statuses(client, address, 100)) == {200}


def test_it_refuses_a_client_that_asks_for_more_than_a_minutes_worth(client, limits, settings):
    settings.REQUESTS_PER_SECOND = 1
    make_world()
    answers = statuses(client, "/api/v1/laws/travellers-act/", 70)
    assert answers == [200] * 60 + [429] * 10
    refused = client.get("/api/v1/laws/travellers-act/")
    assert (refused["Content-Type"], refused.json()["title"]) == ("application/problem+json", "Too Many Requests")
    assert refused["Retry-After"] == "2" and refused["Cache-Control"] == "no-store"
    assert client.get("/api/v1/laws/travellers-act/", **from_elsewhere(1)).status_code == 200
    assert client.get("/laws/travellers-act/").status_code == 200  # no list, and no part of the API


def test_it_limits_suggestions_less(client, world, settings):
    settings.REQUESTS_PER_SECOND = 1
    assert set(statuses(client, "/search/suggest/?q=off", 250)) == {200}


def test_it_refuses_combinations_first_and_plain_queries_last(client, world):
    """Each request comes from another address, so that only the budget limits them."""
    crawled = "/search/?q=office&part=3&institution=office-for-travellers"
    answers = [client.get(crawled, **from_elsewhere(number)) for number in range(20)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(answers) - len(refused) == 13
    assert {answer["Retry-After"] for answer in refused} == {"10"}
    page = read(refused[0])
    assert page.h1 == ["Too many requests at the moment"]
    assert "Searches with filters have to wait. Try again in 10 seconds." in page.words
    assert {"", "/", "/search/"} <= set(page.links())
    assert client.get("/search/?q=office&part=3", **from_elsewhere(100)).status_code == 200
    assert set(statuses(client, "/search/?q=office", 100)) == {200}
    assert client.get(crawled, **from_elsewhere(101)).status_code == 429


def test_it_refuses_slow_combinations_sooner(client, world, monkeypatch):
    monkeypatch.setattr(rate_limits, "COST_OF_SECOND", 10**6)
    crawled = "/search/?q=office&part=3&institution=office-for-travellers"
    answers = [client.get(crawled, **from_elsewhere(number)).status_code for number in range(15)]
    assert answers == [200] * 2 + [429] * 13  # each cost as much as any may
    assert set(statuses(client, "/search/?q=office", 50)) == {200}


@pytest.mark.parametrize("address", ["/institutions/", "/laws/", "/XXX/C/EXA/1/figures/", "/convention/matrix/"])
def test_the_lists_with_filters_share_the_budget(client, world, address):
    query = "?kind=agency&part=3&letter=A&year=2012&with=laws&first=3"
    answers = [client.get(address + query, **from_elsewhere(number)).status_code for number in range(20)]
    assert answers == [200] * 13 + [429] * 7
    assert client.get(address, **from_elsewhere(100)).status_code == 200


@pytest.mark.parametrize("address", ["/search.csv", "/institutions.xlsx", "/convention/articles/4/paragraphs.txt"])
def test_files_of_lists_share_the_budget_of_the_lists(client, world, address):
    query = "?q=office&part=3&letter=A&law=travellers-act"
    answers = [client.get(address + query, **from_elsewhere(number)).status_code for number in range(20)]
    assert answers == [200] * 13 + [429] * 7


def test_it_leads_to_the_page_itself_where_there_is_no_time_for_the_search_that_led_to_it(client, world):
    found = f"/{SYMBOL}/paragraphs/1/?q=office&part=3&institution=office-for-travellers"
    answers = [client.get(found, **from_elsewhere(number)) for number in range(14)]
    assert {answer.status_code for answer in answers[:13]} == {200}
    assert (answers[13].status_code, answers[13].url) == (302, f"/{SYMBOL}/paragraphs/1/")
    assert answers[13]["Cache-Control"] == "no-store"
    assert client.get(f"/{SYMBOL}/paragraphs/1/").status_code == 200


def test_the_filters_of_the_api_share_the_budget(client, world):
    address = "/api/v1/paragraphs/?article=4&law=travellers-act"
    assert [client.get(address, **from_elsewhere(number)).status_code for number in range(14)] == [200] * 13 + [429]
    assert client.get("/api/v1/paragraphs/?limit=5&offset=5").status_code == 200


def test_it_limits_log_ins_by_client_and_forms_by_user(client, limits, monkeypatch):
    monkeypatch.setattr(rate_limits, "LOGINS_PER_SECOND", 0.1)

    def log_in(name):
        return client.post("/admin/login/", {"username": name, "password": "wrong"})

    assert [log_in(f"name {number}").status_code for number in range(7)] == [200] * 6 + [429]
    assert log_in("name 7")["Retry-After"] == "10"
    assert client.get("/admin/login/").status_code == 200
    client.force_login(User.objects.create_superuser("root"))
    assert {client.post("/admin/sections/law/add/", {}).status_code for _ in range(20)} == {200}


def test_no_limit_counts_where_it_is_switched_off(client, world, settings):
    settings.REQUESTS_PER_SECOND = settings.SEARCHES_PER_SECOND = 0
    assert set(statuses(client, "/search/?q=office&part=3&article=4", 30)) == {200}


def test_it_says_so_in_each_language(client, world, settings):
    settings.SEARCHES_PER_SECOND = 1
    for prefix, language in {"": "en-GB", "/es": "es", "/fr": "fr"}.items():
        for _ in range(3):
            answer = client.get(f"{prefix}/search/?q=office&part=3&article=4")
        assert (answer.status_code, dict(read(answer).tags)["html"]["lang"]) == (429, language)
