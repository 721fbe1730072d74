"""Finished pages are kept until the content changes, and nothing of one reader reaches another."""

import time
from threading import Event, Thread

import pytest

from reportsite import page_cache, version_watch
from sections.tests.support.cached_site import Site
from sections.tests.support.eventually import eventually


@pytest.fixture
def site():
    return Site()


def cache_status(answer):
    return answer["headers"].get("Cache-Status", "")


def test_a_page_is_rendered_once_in_each_version(site):
    first, second = site.get("/a"), site.get("/a")
    assert [cache_status(first), cache_status(second)] == ["pages; fwd=uri-miss; stored", "pages; hit"]
    assert first["body"] == second["body"] == b"/a in version 1"
    site.change()
    assert site.get("/a")["body"] == b"/a in version 2"
    assert len(site.requests) == 2


def test_a_change_is_seen_within_a_second(site):
    site.get("/a")
    site.version += 1
    eventually(lambda: site.get("/a")["body"] == b"/a in version 2", seconds=1)


def test_a_page_that_is_asked_for_most_is_never_waited_for(site):
    for target in ("/a", "/a", "/b"):
        site.get(target)
    for version in range(2, 5):
        site.change()
        answer = site.get("/a")
        assert (cache_status(answer), answer["body"]) == ("pages; hit", f"/a in version {version}".encode())


def test_an_older_version_is_another_version(site):
    site.version = 9
    site.get("/a")
    site.version = 3
    site.change()
    assert site.get("/a")["body"] == b"/a in version 4"


def test_a_reader_who_has_the_page_is_told_so(site):
    etag = site.get("/a")["headers"]["ETag"]
    for method in ("GET", "HEAD"):
        for tags in (etag, etag.removeprefix("W/"), f'"other", {etag}', "*"):
            answer = site.get("/a", method, if_none_match=tags)
            assert (answer["status"], answer["body"]) == ("304 Not Modified", b"")
            assert set(answer["headers"]) == {"Vary", "ETag", "Cache-Status"}
    assert site.get("/a", if_none_match='"other"')["status"] == "200 OK"
    assert len(site.requests) == 1


def test_head_has_the_headers_of_get(site):
    head, get = site.get("/a", "HEAD"), site.get("/a")
    assert head["body"] == b""
    assert head["headers"] | {"Cache-Status": ""} == get["headers"] | {"Cache-Status": ""}
    assert len(site.requests) == 1


def test_a_page_is_rendered_without_the_reader(site):
    site.get("/a", cookie="theme=dark", accept_language="fr", user_agent="Browser", range="bytes=0-1", referer="/x")
    assert {name for name in site.requests[0] if name.startswith("HTTP_")} == {"HTTP_HOST", "HTTP_ACCEPT_ENCODING"}


@pytest.mark.parametrize("cookie", ["sessionid=abc", "a=b; sessionid=abc"])
def test_a_session_neither_reads_nor_fills_the_cache(site, cookie):
    site.get("/a", cookie=cookie)
    site.get("/a")
    site.get("/a", cookie=cookie)
    assert [environ.get("HTTP_COOKIE") for environ in site.requests] == [cookie, None, cookie]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "INVENTED"])
def test_other_methods_go_to_the_site(site, method):
    site.get("/a")
    assert cache_status(site.get("/a", method)) == ""
    assert len(site.requests) == 2


@pytest.mark.parametrize(
    "header",
    [("Cache-Control", "private"), ("Cache-Control", "max-age=0, no-store"), ("Set-Cookie", "a=b"), ("Vary", "Cookie")],
)
def test_what_is_not_for_everybody_is_not_kept(site, header):
    site.headers = [header]
    site.get("/a", cookie="theme=dark")
    assert site.cache.size == 0
    if header[0] != "Cache-Control":
        assert site.requests[-1]["HTTP_COOKIE"] == "theme=dark"  # asked again with the reader's cookies


@pytest.mark.parametrize("status", ["404 Not Found", "302 Found", "429 Too Many Requests", "500 Internal Server Error"])
def test_other_answers_are_passed_on_and_not_kept(site, status):
    site.status = status
    answer = site.get("/a")
    assert (answer["status"], answer["body"], site.cache.size) == (status, b"/a in version 1", 0)


def test_readers_without_compression_have_pages_of_their_own(site):
    for accepted in ("gzip, br", "br;q=1.0, gzip;q=0.8", "*"):
        site.get("/a", accept_encoding=accepted)
    for accepted in ("", "br", "gzip;q=0", "gzip; q=0.0"):
        site.get("/a", accept_encoding=accepted)
    assert [environ["HTTP_ACCEPT_ENCODING"] for environ in site.requests] == ["gzip", ""]


def test_invented_addresses_do_not_displace_pages(site):
    site.get("/a")
    for number in range(500):
        site.get(f"/a?invented={number}")
        site.get("/a", host=f"localhost:{20_000 + number}")
        site.get("/a", host=f"host{number}.example.org")
    assert site.cache.size <= 100_000
    assert cache_status(site.get("/a")) == "pages; hit"


def test_the_cache_is_bounded_in_bytes(site):
    site.body = [b"x" * 10_000]
    for number in range(100):
        site.get(f"/{number}")
    assert 50_000 < site.cache.size <= 75_000


def test_a_page_that_is_too_large_is_passed_on_piece_by_piece(site):
    closed = []

    class Pieces:
        def __iter__(self):
            return (b"x" * 10_000 for _ in range(9))

        def close(self):
            closed.append(True)

    site.body = Pieces()
    assert len(site.get("/large")["body"]) == 90_000
    assert closed and site.cache.size == 0
    assert site.get("/large", "HEAD")["body"] == b""
    assert len(closed) >= 2


def test_hosts_share_pages_where_the_site_has_an_address(site, settings):
    settings.SITE_URL = "https://reports.example.org"
    settings.ALLOWED_HOSTS = [".example.org"]
    site.get("/a", host="reports.example.org")
    assert cache_status(site.get("/a", host="www.example.org:8080")) == "pages; hit"
    assert cache_status(site.get("/a", host="elsewhere.org")) == ""


def test_pages_of_one_host_do_not_reach_another(site, settings):
    settings.ALLOWED_HOSTS = ["one.org", "two.org", ".wild.org"]
    site.get("/a", host="one.org")
    assert cache_status(site.get("/a", host="two.org")) == "pages; fwd=uri-miss; stored"
    assert cache_status(site.get("/a", host="any.wild.org")) == ""


def test_requests_that_would_be_redirected_to_https_go_to_the_site(site, settings):
    settings.SECURE = True
    assert cache_status(site.get("/a")) == ""
    assert cache_status(site.get("/a", x_forwarded_proto="https")) == "pages; fwd=uri-miss; stored"


def test_pages_are_served_while_the_database_does_not_answer(site):
    site.get("/a")
    site.database = False
    eventually(lambda: "detail=database-unavailable" in cache_status(site.get("/a")))
    assert cache_status(site.get("/a")).startswith("pages; hit; ttl=-")
    assert site.get("/a")["body"] == b"/a in version 1"
    site.database = True
    site.change()
    assert site.get("/a")["body"] == b"/a in version 2"


def test_pages_are_served_while_the_database_hangs(site, monkeypatch):
    monkeypatch.setattr(version_watch, "DEADLINE", 0.7)
    site.get("/a")
    hanging = Event()
    site.cache.watch._read = lambda: hanging.wait(30)
    site.version += 1
    eventually(lambda: "detail=database-unavailable" in cache_status(site.get("/a")))
    begun = time.monotonic()
    assert site.get("/a")["body"] == b"/a in version 1"
    assert time.monotonic() - begun < 0.2
    hanging.set()


def test_an_error_of_the_server_brings_the_former_page(site):
    site.get("/a")
    site.status = "503 Service Unavailable"
    site.change()
    answer = site.get("/a")
    assert (answer["status"], answer["body"]) == ("200 OK", b"/a in version 1")
    assert cache_status(answer) == "pages; hit; ttl=-1; detail=server-error"
    assert site.get("/b")["status"] == "503 Service Unavailable"


def test_without_a_version_every_request_goes_to_the_site(site):
    site.database = False
    assert [cache_status(site.get("/a")) for _ in range(2)] == ["", ""]
    assert len(site.requests) == 2


def test_one_thread_renders_a_page_for_all_who_wait(site):
    answers = []
    site.go_on.clear()
    threads = [Thread(target=lambda: answers.append(site.get("/a")["body"])) for _ in range(4)]
    for thread in threads:
        thread.start()
    site.begun.wait(5)
    site.go_on.set()
    for thread in threads:
        thread.join(5)
    assert (len(site.requests), answers) == (1, [b"/a in version 1"] * 4)


def test_former_pages_serve_until_those_of_a_new_version_are_rendered(site):
    site.get("/a")
    site.begun.clear()
    site.go_on.clear()
    site.version = 2
    assert site.begun.wait(5)
    answer = site.get("/a")
    site.go_on.set()
    assert (cache_status(answer), answer["body"]) == ("pages; hit", b"/a in version 1")
    eventually(lambda: site.get("/a")["body"] == b"/a in version 2", seconds=1)


def test_the_most_visited_pages_are_rendered_anew_after_a_change(site, monkeypatch):
    monkeypatch.setattr(page_cache, "MOST_RENEWED", 2)
    monkeypatch.setattr(version_watch, "INTERVAL", 1.0)  # afterwards the rest is rendered
    for target, visits in (("/rare", 1), ("/often?q=x", 3), ("/most", 5)):
        for _ in range(visits):
            site.get(target)
    site.requests.clear()
    site.change()
    eventually(lambda: len(site.requests) == 2)
    time.sleep(0.1)
    renewed = [(environ["PATH_INFO"], environ["QUERY_STRING"], environ["HTTP_HOST"]) for environ in site.requests]
    assert renewed == [("/most", "", "localhost"), ("/often", "q=x", "localhost")]
    assert cache_status(site.get("/most")) == "pages; hit"
    assert site.get("/most")["body"] == b"/most in version 2"


def test_it_keeps_no_page_that_was_made_of_former_content(site):
    def answer_from_former_content(environ, start_response):
        site.times_behind += 1
        return site.application(environ, start_response)

    site.cache.application = answer_from_former_content
    assert "stored" not in site.get("/search/?q=hats")["headers"].get("Cache-Status", "")
    site.cache.application = site.application
    assert "stored" in site.get("/search/?q=hats")["headers"]["Cache-Status"]
    assert len(site.requests) == 2
