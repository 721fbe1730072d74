"""How the site refuses requests: in the reader's language, with ways forward, and to programs as problem details."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, get_resolver

from reportsite.cors import is_shared
from sections.tests.support.pages import read
from sections.tests.support.world import SYMBOL, make_world

METHODS = ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "BREW"]
SAMPLES = {"symbol": SYMBOL, "number": "1", "slug": "travellers-act", "file_format": "csv", "pk": "1"}
LANGUAGES = {"": "en-GB", "/es": "es", "/fr": "fr"}

pytestmark = pytest.mark.django_db


def public_addresses(patterns=None, before=""):
    """An address of every pattern of the site but those of the desk, in each language for pages."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        written = before + re.sub(r"<(?:\w+:)?(\w+)>", lambda name: SAMPLES.get(name[1], "x"), str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield "/" + written.replace(r"^[\s\S]*$", "nothing/")
        elif not written.startswith("admin/"):
            yield from public_addresses(pattern.url_patterns, written)


FORM = "/report-an-error/"  # the one public address that takes a form
PUBLIC = sorted({address for address in public_addresses() if not address.startswith("/admin/")} - {FORM})


def ways_forward(page):
    """The addresses that the main part of a page links to."""
    return set(page.links()) - {"#main"}


def test_the_addresses_tested_are_those_of_the_site():
    assert {"/", "/search/", "/robots.txt", "/api/v1/search/", "/api/v1/laws/travellers-act/", "/healthz"} <= set(
        PUBLIC
    )
    assert f"/{SYMBOL}/paragraphs/1/" in PUBLIC and len(PUBLIC) > 45


@pytest.mark.parametrize("method", METHODS)
def test_it_refuses_every_method_but_reading_on_every_public_address(client, method):
    pages = [address for address in PUBLIC if method != "OPTIONS" or not is_shared(address)]
    for address in [*pages, "/es/", "/fr/search/", "/no-such-page/", "/static/css/tokens.css"]:
        answer = client.generic(method, address, HTTP_X_CSRFTOKEN="none")
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD"), address


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_it_refuses_every_method_but_reading_and_forms_where_there_are_forms(admin_client, method):
    desk = ("/admin/", "/admin/login/", "/admin/review/", "/admin/sections/law/add/")
    for address in (*desk, FORM, f"/es{FORM}", f"/fr{FORM}"):
        answer = admin_client.generic(method, address)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, POST"), address


@pytest.mark.parametrize("address", [f"{FORM}sent/a/", f"/de{FORM}", f"{FORM}x/", "/report-an-error"])
def test_no_address_beside_the_form_takes_one(client, address):
    assert client.post(address).status_code == 405


def test_it_styles_the_refusals_of_single_views(admin_client):
    answer = admin_client.get("/admin/review/take-back/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert read(answer).h1 == ["This address does not accept the request"]


REQUESTS = {
    400: {"headers": {"Host": "elsewhere.example"}},
    405: {"method": "PUT"},
    411: {"HTTP_TRANSFER_ENCODING": "chunked"},
    413: {"CONTENT_LENGTH": str(5 << 20)},
    414: {"query": "q=" + "a" * 9000},
    431: {"HTTP_COOKIE": "a=" + "b" * 40_000},
}


def answer_to(address, method="GET", query="", **more):
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    return client.generic(method, address, QUERY_STRING=query, **more)


@pytest.mark.parametrize("status", REQUESTS)
def test_it_refuses_with_a_page_in_each_language_that_leads_on(status):
    headings = set()
    for prefix, language in LANGUAGES.items():
        answer = answer_to(f"{prefix}/laws/", **REQUESTS[status])
        assert (answer.status_code, answer["Content-Type"]) == (status, "text/html; charset=utf-8")
        assert answer["Cache-Control"] == "no-store" and "Content-Security-Policy" in answer
        page = read(answer)
        assert dict(page.tags)["html"]["lang"] == language
        assert {f"{prefix}/", f"{prefix}/search/", f"{prefix}/convention/"} <= ways_forward(page)
        headings.add(page.h1[0])
    assert len(headings) == 3


@pytest.mark.parametrize("status", REQUESTS)
def test_it_refuses_programs_with_problem_details(status):
    answer = answer_to("/api/v1/laws/", **REQUESTS[status])
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status and answer.json()["detail"].endswith(".")


@pytest.mark.parametrize("count", [65, 500])
def test_it_refuses_too_many_headers(count):
    assert answer_to("/", **{f"HTTP_X_{number}": "x" for number in range(count)}).status_code == 431


def test_it_accepts_requests_at_the_limits(client):
    make_world()
    length = 8000 - len("/search/?q=")
    assert client.get("/search/", QUERY_STRING="q=" + "a" * length).status_code == 200
    assert client.get("/search/", QUERY_STRING="q=" + "a" * (length + 1)).status_code == 414
    assert client.get("/about/", HTTP_COOKIE="a=" + "b" * 8000).status_code == 200


@pytest.mark.parametrize(("language", "heading"), [("en", "The form could not be accepted"), ("es", ""), ("fr", "")])
def test_it_explains_a_form_without_a_valid_code_in_the_language_of_the_browser(language, heading):
    answer = answer_to("/admin/login/", method="POST", headers={"Accept-Language": language})
    page = read(answer)
    assert answer.status_code == 403
    assert dict(page.tags)["html"]["lang"].startswith(language)
    assert "/admin/" in ways_forward(page)
    assert heading in page.words


def test_it_tells_a_user_without_the_right_where_to_go(client):
    client.force_login(User.objects.create_user("reader", is_staff=True))
    answer = client.get("/admin/review/")
    assert (answer.status_code, read(answer).h1) == (403, ["You cannot open this page"])
    assert "/admin/" in ways_forward(read(answer))


def test_it_repeats_what_is_wrong_with_an_address_of_the_desk(admin_client):
    answer = admin_client.get("/admin/sections/law/?q=%00")
    assert answer.status_code == 400
    assert "Remove “%00” from it." in read(answer).words


@pytest.mark.parametrize("address", ["/api/", "/api/v2/paragraphs/", "/api/v1/nothing/"])
def test_it_says_to_programs_that_there_is_nothing(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("address", ["//elsewhere.example/", "/es//elsewhere.example/"])
def test_no_refusal_links_to_another_site(client, address):
    for method in ("GET", "PUT"):
        page = read(client.generic(method, address))
        assert [link for link in page.links() if link.startswith(("//", "http"))] == []
