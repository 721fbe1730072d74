"""The worker process: whole requests for threads, and no thread that waits for a client."""

import hashlib
import json
import os
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from sections.tests.support.echo import HELD, LARGE, serving
from sections.tests.support.eventually import eventually
from sections.tests.support.slow_clients import SENDERS, closed, connected, read_to_end, slow_readers, slow_senders

pytestmark = pytest.mark.apart


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The address of a server with one process."""
    with serving(tmp_path_factory.mktemp("server")) as (address, _):
        yield address


def asked(address, *pieces, pause=0.0):
    """All that comes back for what is sent in pieces; the last request must end the connection."""
    with connected(address) as client:
        for piece in pieces:
            client.sendall(piece)
            time.sleep(pause)
        return read_to_end(client)


def answers(received):
    """Status and JSON, or text, of each response in what was received; all have a length."""
    found = []
    while received:
        head, _, received = received.partition(b"\r\n\r\n")
        status = int(head.split()[1])
        if status == 100:
            found.append((100, ""))
            continue
        length = int(re.search(rb"(?i)content-length: (\d+)", head)[1])
        body, received = received[:length], received[length:]
        found.append((status, json.loads(body) if b"json" in head else body.decode()))
    return found


def get(path, *headers):
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: localhost", *headers, "", ""]).encode()


def post(body, *headers):
    lines = ["POST /form HTTP/1.1", "Host: localhost", "Connection: close", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode()


def test_it_answers_several_requests_on_one_connection(server):
    received = asked(server, get("/a") + get("/b"), get("/c", "Connection: close"), pause=0.1)
    assert [(status, body["path"]) for status, body in answers(received)] == [(200, "/a"), (200, "/b"), (200, "/c")]


def test_it_reads_a_request_that_arrives_byte_by_byte(server):
    request = get("/slowly?a=1", "Connection: close")
    received = asked(server, *(request[at : at + 1] for at in range(len(request))), pause=0.001)
    assert [(status, body["path"]) for status, body in answers(received)] == [(200, "/slowly")]


@pytest.mark.parametrize("size", [0, 1, 70_000, 300_000, 1_000_000])
def test_it_reads_a_body_whole(server, size):
    body = os.urandom(size)
    half = size // 2
    received = asked(server, post(body), body[:half], body[half:], pause=0.02)
    ((status, told),) = answers(received)
    assert (status, told["size"], told["sha256"]) == (200, size, hashlib.sha256(body).hexdigest())


def test_it_leaves_what_follows_a_large_body_for_the_next_request(server):
    body = os.urandom(400_000)
    request = post(body).replace(b"Connection: close\r\n", b"")
    received = asked(server, request, body + get("/next", "Connection: close"), pause=0.02)
    assert [(status, told["path"], told["size"]) for status, told in answers(received)] == [
        (200, "/form", 400_000),
        (200, "/next", 0),
    ]


def test_it_consents_to_a_body_before_it_is_sent(server):
    with connected(server) as client:
        client.sendall(post(b"x" * 10, "Expect: 100-continue"))
        assert client.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b"x" * 10)
        assert [(status, told["size"]) for status, told in answers(read_to_end(client))] == [(200, 10)]


@pytest.mark.parametrize(
    "framing", ["Content-Length: 1000001", "Content-Length: 99999999999999999999", "Transfer-Encoding: chunked"]
)
def test_it_never_waits_for_a_body_that_is_too_large_or_of_no_stated_length(server, framing):
    request = f"POST /form HTTP/1.1\r\nHost: localhost\r\n{framing}\r\n\r\n".encode()
    ((status, told),) = answers(asked(server, request))
    assert (status, told["path"], told["size"]) == (200, "/form", 0)  # the application decides what to say


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"no HTTP\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        (b"GET /" + b"a" * 70_000, 414),
        (b"GET / HTTP/1.1\r\nHost: a\r\n" + b"x: y\r\n" * 200 + b"\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: a\r\n" + b"xxxxxxxx: yyyyyyyy\r\n" * 4000, 431),
        (get("/fails"), 500),
    ],
    ids=lambda value: str(value)[:30],
)
def test_it_refuses_with_the_page_of_the_application(server, request_, status):
    assert answers(asked(server, request_)) == [(status, f"<title>Refused with {status}</title>")]


def together(server, *requests):
    """Seconds until each of the requests, sent at the same moment, is answered, and its status."""

    def ask(request):
        ((status, _),) = answers(asked(server, request))
        return time.monotonic() - begun, status

    begun = time.monotonic()
    with ThreadPoolExecutor(len(requests)) as threads:
        return list(threads.map(ask, requests))


def test_it_holds_a_refusal_of_too_many_requests_while_it_answers_others(server):
    refused = get("/refuse", "Connection: close")
    outcome = together(server, *[refused] * 20, *[get("/page", "Connection: close")] * 20)
    assert {status for _, status in outcome[:20]} == {429} and min(seconds for seconds, _ in outcome[:20]) >= 1.0
    assert {status for _, status in outcome[20:]} == {200} and max(seconds for seconds, _ in outcome[20:]) < 1.0
    assert max(seconds for seconds, _ in outcome) < 2.5  # one after the other would take twenty seconds


def test_it_answers_the_next_request_on_the_connection_of_a_refusal(server):
    received = asked(server, get("/refuse") + get("/next", "Connection: close"))
    assert [(status, told["path"]) for status, told in answers(received)] == [(429, "/refuse"), (200, "/next")]


@pytest.mark.parametrize("choice", ["q=a&part=3", "letter=b"])
def test_requests_that_choose_do_not_keep_readers_waiting(server, choice):
    outcome = together(
        server, *[get(f"/wait?{choice}", "Connection: close")] * 4, *[get("/wait?q=a", "Connection: close")] * 2
    )
    assert max(seconds for seconds, _ in outcome[4:]) < 2.5
    assert max(seconds for seconds, _ in outcome[:4]) > 3.5


def test_editors_do_not_keep_readers_waiting(server):
    saved = get("/admin/wait", "Connection: close")
    outcome = together(server, *[saved] * 6, *[get("/wait", "Connection: close")] * 2)
    assert max(seconds for seconds, _ in outcome[6:]) < 2.5
    assert max(seconds for seconds, _ in outcome[:6]) > 2.8  # two at a time


@pytest.mark.parametrize("kind", SENDERS)
def test_it_answers_at_once_beside_many_slow_senders(server, kind):
    with slow_senders(server, kind, 200):
        begun = time.monotonic()
        for number in range(20):
            ((status, _),) = answers(asked(server, get(f"/{number}", "Connection: close")))
            assert status == 200
        assert time.monotonic() - begun < 10


def test_it_answers_at_once_beside_many_slow_readers(server):
    with slow_readers(server, "/large", 200):
        begun = time.monotonic()
        for number in range(20):
            ((status, _),) = answers(asked(server, get(f"/{number}", "Connection: close")))
            assert status == 200
        assert time.monotonic() - begun < 20


def test_it_gives_a_slow_reader_all_that_it_asked_for(server):
    with slow_readers(server, "/large", 1) as (client,):
        time.sleep(0.5)
        client.settimeout(30)
        received = b""
        while len(received) < LARGE:
            piece = client.recv(100_000)
            assert piece
            received += piece
            if len(received) < 50_000:
                time.sleep(0.05)
        head, _, body = received.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 OK")
        assert body.count(body[:1]) == len(body)


@pytest.mark.long
def test_it_parts_with_clients_that_never_finish_a_request(server):
    with slow_senders(server, "headers, a byte at a time", 20) as clients:
        assert closed(clients, seconds=40) == 20


def test_it_makes_room_for_readers_when_slow_clients_fill_the_server(tmp_path):
    with serving(tmp_path) as (address, _), slow_senders(address, "half a line", 700):
        for number in range(20):
            ((status, _),) = answers(asked(address, get(f"/{number}", "Connection: close")))
            assert status == 200


def test_it_finishes_what_has_arrived_when_it_is_asked_to_end(tmp_path):
    with (
        serving(tmp_path) as (address, process),
        slow_senders(address, "half a line", 20),
        connected(address) as client,
        connected(address) as kept,
    ):
        kept.sendall(get("/before"))
        assert kept.recv(100).startswith(b"HTTP/1.1 200 OK")
        client.sendall(get("/wait"))
        eventually((tmp_path / "waiting").exists)
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        ((status, told),) = answers(read_to_end(client))
        assert (status, told["path"]) == (200, "/wait")
        assert process.wait(timeout=40) == 0
        assert time.monotonic() - begun < 15  # it does not wait for those who send half a request


def test_a_reload_loses_no_request(tmp_path):
    with serving(tmp_path, workers=2) as (address, process):
        processes, kept, begun, reloads = set(), connected(address), time.monotonic(), 0
        # On a busy machine processes start slowly.
        while (passed := time.monotonic() - begun) < 8 or (len(processes) < 5 and passed < 60):
            if passed > 1 + 2 * reloads and reloads < 3:
                process.send_signal(signal.SIGHUP)
                reloads += 1
            kept.sendall(get("/kept"))
            received = kept.recv(65536)
            if b"connection: close" in received.lower():  # a process that ends says so in its last answer
                kept.close()
                kept = connected(address)
            for status, told in answers(received) + answers(asked(address, get("/new", "Connection: close"))):
                assert status == 200
                processes.add(told["process"])
        kept.close()
        assert reloads == 3
        assert len(processes) > 4  # those before the reloads, and those after


SHORT = ("--graceful-timeout", "6")


def process_at(address):
    """The number of the process that answers."""
    ((_, told),) = answers(asked(address, get("/", "Connection: close")))
    return told["process"]


def test_a_reload_leaves_no_moment_without_a_process_however_slowly_the_new_ones_start(tmp_path):
    with serving(tmp_path, options=SHORT) as (address, process):
        former = process_at(address)
        (tmp_path / HELD).touch()
        process.send_signal(signal.SIGHUP)
        begun = time.monotonic()
        while time.monotonic() < begun + 8:
            assert process_at(address) == former
            time.sleep(0.2)
        (tmp_path / HELD).unlink()
        eventually(lambda: process_at(address) != former)


def test_a_stop_waits_for_no_process_that_has_yet_to_start(tmp_path):
    with serving(tmp_path, options=SHORT) as (address, process):
        former = process_at(address)
        (tmp_path / HELD).touch()
        process.send_signal(signal.SIGHUP)
        process.send_signal(signal.SIGTERM)
        eventually(lambda: not is_running(former))
        assert process.poll() is None  # the server still waits for the process that starts


def is_running(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
