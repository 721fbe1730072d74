"""While the database cannot be used, every address answers 503 in words, and none with an internal error."""

import pytest
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.cache import cache
from django.db import InterfaceError, OperationalError, ProgrammingError, connection, transaction
from django.http import HttpResponse
from django.template import engines
from django.test import Client
from django.urls import get_resolver

from sections.models import Report
from sections.tests.support import desk
from sections.tests.support.faults import failing, of_postgresql
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import SYMBOL, make_world

from .test_error_pages import PUBLIC

# What needs no database.
WITHOUT_DATABASE = {
    "/.well-known/security.txt": 404,  # no contact is set
    "/api/v1/nothing/": 404,
    "/api/v1/schema/": 200,
    "/accessibility/": 200,
    "/report-an-error/sent/x/": 404,  # no reference of a report
    "/search.csv": 404,  # nothing is asked for
    "/healthz": 200,
    "/opensearch.xml": 200,
    "/robots.txt": 200,
    "/favicon.ico": 302,
}
LOCKED = OperationalError("database is locked")
GONE = of_postgresql("57P01", "terminating connection due to administrator command")
HEADINGS = {
    "": "This page is not available at the moment",
    "/es": "Esta página no está disponible en este momento",
    "/fr": "Cette page n’est pas disponible pour le moment",
}

pytestmark = pytest.mark.django_db


built_world, world = shared_world(make_world)


@pytest.fixture
def reader(world):
    """A client to whom an internal error is a page, as to a browser."""
    cache.clear()
    return Client(raise_request_exception=False)


def with_languages():
    return [*PUBLIC, *(f"/{language}{address}" for language in ("es", "fr") for address in ("/", "/search/?q=office"))]


@pytest.mark.parametrize("error", [LOCKED, GONE, InterfaceError("connection already closed")], ids=repr)
def test_no_address_answers_with_an_internal_error(reader, error):
    statuses = {}
    with failing(error):
        for address in with_languages():
            answer = reader.get(address)
            statuses[address] = answer.status_code
            if answer.status_code == 503 and address != "/readyz":
                assert int(answer.headers["Retry-After"]) > 0, address
                assert answer.headers["Cache-Control"] == "no-store", address
    others = {address: status for address, status in statuses.items() if status != 503}
    # A file that no list has leads to the page of that address, without asking for it.
    assert {address: status for address, status in others.items() if status != 301} == WITHOUT_DATABASE


def test_it_says_so_even_where_no_page_can_be_made(reader, monkeypatch):
    monkeypatch.setattr("reportsite.unavailable.render", lambda *given, **more: 1 / 0)
    with failing(LOCKED):
        answer = reader.get("/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.content.decode() == "The database of the site is busy right now. Please try again in a few seconds.\n"


@pytest.mark.parametrize("language", HEADINGS)
def test_readers_are_told_in_their_language_on_a_page_of_the_site(reader, language):
    with failing(LOCKED) as failed:
        answer = reader.get(f"{language}/{SYMBOL}/paragraphs/1/")
    assert answer.status_code == 503
    assert len(failed) == 1  # the page itself asks for nothing
    page = read(answer)
    assert page.h1 == [HEADINGS[language]]
    assert "" in page.links()  # the page itself, once more
    assert [attrs["lang"] for tag, attrs in page.tags if tag == "html"][0].startswith(language.strip("/") or "en")


def test_programs_get_problem_details(reader):
    with failing(LOCKED):
        for address in ("/api/v1/paragraphs/1/", "/api/v1/search/?q=office", f"/{SYMBOL}/paragraphs/1.json"):
            answer = reader.get(address)
            assert (answer.status_code, answer.headers["Content-Type"]) == (503, "application/problem+json")
            assert answer.json() == {
                "type": "about:blank",
                "title": "Service Unavailable",
                "status": 503,
                "detail": "The database of the site is busy right now. Please try again in a few seconds.",
            }
        suggestions = reader.get("/search/suggest/?q=off", headers={"Accept": "application/json"})
        assert (suggestions.status_code, suggestions.headers["Content-Type"]) == (503, "application/problem+json")


def test_files_say_so_in_plain_text(reader):
    with failing(LOCKED):
        for address in ("/sitemap.xml", "/changes/feed/", f"/{SYMBOL}/figures.csv", f"/{SYMBOL}/paragraphs/1.ris"):
            answer = reader.get(address)
            assert (answer.status_code, answer.headers["Content-Type"]) == (503, "text/plain; charset=utf-8"), address
            assert answer.content.decode().startswith("The database of the site is busy right now.")


@pytest.mark.parametrize("address", ["", "login/", "sections/law/", "sections/law/add/", "review/", "lists/"])
def test_the_desk_says_so_in_its_own_frame(reader, address):
    desk.editor(reader)
    with failing(LOCKED):
        answer = reader.get(f"/admin/{address}")
    assert answer.status_code == 503
    assert "The desk is not available" in desk.words(answer)
    assert "Editors’ desk" in desk.words(answer)


def test_an_editor_reads_the_public_pages_again_once_the_database_is_back(reader):
    desk.editor(reader)
    with failing(GONE):
        assert reader.get("/").status_code == 503
    assert reader.get("/").status_code == 200
    assert reader.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    "error",
    [
        ProgrammingError("syntax error"),
        of_postgresql("42P01", 'relation "fruits" does not exist'),
        of_postgresql("23505", "duplicate key"),
        ValueError("database is locked"),
    ],
    ids=repr,
)
def test_an_error_of_the_program_stays_an_internal_error(reader, error):
    with failing(error):
        for address in ("/", "/api/v1/paragraphs/1/", "/admin/login/"):
            assert reader.get(address).status_code == 500


def test_missing_tables_are_an_update_and_the_log_says_what_to_do(reader, caplog):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE sections_report RENAME TO sections_report_of_old")
    answer = reader.get("/")
    assert (answer.status_code, read(answer).h1) == (503, [HEADINGS[""]])
    assert "The site is being updated. Please try again in a few minutes." in read(answer).words
    assert "GET /: Tables or columns are missing. Run: manage.py migrate" in caplog.text


def test_an_error_before_the_view_is_answered_too(reader, monkeypatch):
    def fail(self, request):
        raise LOCKED

    monkeypatch.setattr(SessionMiddleware, "process_request", fail)
    kinds = {"/": "text/html", "/admin/": "text/html", "/api/v1/replies/1/": "application/problem+json"}
    for address, media_type in kinds.items():
        answer = reader.get(address)
        assert (answer.status_code, answer.headers["Content-Type"].split(";")[0]) == (503, media_type), address
        assert answer.headers["Retry-After"] == "5"


def test_what_was_answered_stays_where_the_session_cannot_be_stored(reader):
    desk.editor(reader)
    with failing(LOCKED, when=lambda sql: "django_session" in sql and not sql.startswith("SELECT")) as failed:
        assert reader.get("/admin/").status_code == 200
    assert failed


class Fruits:
    def ripe(self):
        return list(Report.objects.extra(where=["no_function_of_ours()"]))


def test_a_page_is_not_shown_where_its_template_hid_the_error(reader, monkeypatch):
    template = engines["django"].from_string("{% if fruits.ripe and fruits %}Fruits, {% endif %}and so on")
    pattern = next(each for each in get_resolver().url_patterns if getattr(each, "name", "") == "robots")
    monkeypatch.setattr(pattern, "callback", lambda request: HttpResponse(template.render({"fruits": Fruits()})))
    monkeypatch.setattr(connection, "errors_occurred", False)  # whatever the tests before this one did
    with transaction.atomic():
        answer = reader.get("/robots.txt")
        transaction.set_rollback(True)
    assert (answer.status_code, "and so on" in answer.content.decode()) == (503, False)
