"""The line that is logged for each request, and the id that it shares with all other lines."""

import json
import logging
import re

import pytest

from reportsite.request_log import JsonFormatter, LineFormatter, RequestLog, request_id, write_refusal

log = logging.getLogger("sections")


def application(environ, start_response):
    """Answers as the test wants it, and logs a line while it does."""
    if environ["PATH_INFO"] == "/fails":
        raise RuntimeError("as the test wants it")
    log.error("In the midst of %s", environ["PATH_INFO"])
    headers = [("Cache-Status", "reportsite; hit")] if environ["PATH_INFO"] == "/cached" else []
    start_response("200 OK", [("Content-Type", "text/plain"), *headers])
    return [b"12345", b"678"]


def answer(path, method="GET", **environ):
    """The headers and the body that a server receives."""
    given = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "q=private", "REMOTE_ADDR": "192.0.2.1"}
    received = {}

    def start_response(status, headers, exc_info=None):
        received.update(headers)

    parts = RequestLog(application, 1)({**given, "HTTP_USER_AGENT": "Private/1.0", **environ}, start_response)
    body = b"".join(parts)
    parts.close()
    return received, body


@pytest.fixture
def lines(caplog):
    """A function that gives the lines logged so far, as objects."""
    caplog.set_level(logging.INFO)
    caplog.handler.setFormatter(JsonFormatter())
    return lambda: [json.loads(line) for line in caplog.text.splitlines()]


def test_it_says_what_was_asked_and_answered_and_nothing_of_the_reader(lines, caplog):
    headers, body = answer("/page/")
    error, line = lines()
    assert body == b"12345678"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line.pop("time"))
    assert 0 <= line.pop("ms") < 1000
    assert line == {
        "level": "info",
        "logger": "reportsite.requests",
        "request_id": headers["X-Request-ID"],
        "method": "GET",
        "path": "/page/",
        "status": 200,
        "bytes": 8,
        "cached": False,
    }
    assert error["message"] == "In the midst of /page/"
    assert error["request_id"] == headers["X-Request-ID"]
    assert not re.search("private|192.0.2.1", caplog.text, re.IGNORECASE)
    assert request_id.get() == ""


def test_it_says_that_a_page_came_from_the_cache(lines):
    answer("/cached")
    assert lines()[-1]["cached"] is True


def test_it_sends_no_body_to_a_head_request(lines):
    _, body = answer("/page/", method="HEAD")
    assert body == b""
    assert lines()[-1]["bytes"] == 0


@pytest.mark.parametrize("given", ["0af7651916cd43dd8448eb211c80319c", "req-2026.11_30~a", "a" * 128])
def test_it_takes_the_id_that_a_proxy_gave(given, lines):
    headers, _ = answer("/page/", HTTP_X_REQUEST_ID=given)
    assert headers["X-Request-ID"] == given
    assert {line["request_id"] for line in lines()} == {given}


@pytest.mark.parametrize(
    "given", ["", "short", "a" * 129, "two words of an id", 'id"},{"level":', "id\r\nSet-Cookie: a"]
)
def test_it_makes_an_id_where_the_given_one_is_not_well_formed(given):
    headers, _ = answer("/page/", HTTP_X_REQUEST_ID=given)
    assert re.fullmatch(r"[0-9a-f]{32}", headers["X-Request-ID"])


def test_it_makes_another_id_for_each_request():
    assert len({answer("/page/")[0]["X-Request-ID"] for _ in range(50)}) == 50


def test_it_logs_a_failure_of_the_application(lines):
    with pytest.raises(RuntimeError):
        answer("/fails")
    assert lines()[-1]["status"] == 500


def test_it_logs_what_the_server_refused(lines):
    write_refusal(431, 40)
    (line,) = lines()
    assert (line["method"], line["path"], line["status"], line["bytes"]) == ("-", "-", 431, 40)


def test_it_keeps_a_hostile_path_in_its_line(lines, caplog):
    answer('/a\n{"level": "forged"}\r\x1b[2J')
    assert lines()[-1]["path"] == '/a\n{"level": "forged"}\r\x1b[2J'
    caplog.clear()
    caplog.handler.setFormatter(LineFormatter("%(levelname)s [%(request_id)s] %(message)s"))
    answer("/a\nforged\x1b[2J", HTTP_X_REQUEST_ID="12345678")
    assert re.search(r"^INFO \[12345678\] GET '/a\\nforged\\x1b\[2J' 200 8 bytes [\d.]+ ms$", caplog.text, re.MULTILINE)


def test_it_logs_the_traceback_with_the_message(lines):
    try:
        raise ValueError("wrong")
    except ValueError:
        log.exception("It failed.")
    (line,) = lines()
    assert line["message"] == "It failed."
    assert line["exception"].endswith("ValueError: wrong")
