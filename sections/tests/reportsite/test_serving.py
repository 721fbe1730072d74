"""The whole site as `make run` serves it: slow clients, a reload under load, a stop."""

import http.client
import json
import re
import signal
import ssl
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.conf import settings

from sections.tests.support import nginx, site
from sections.tests.support.eventually import eventually
from sections.tests.support.slow_clients import SENDERS, slow_readers, slow_senders, waiting_times

pytestmark = [pytest.mark.apart, pytest.mark.long]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The folder, the address and the process of a site with two processes."""
    folder = tmp_path_factory.mktemp("served")
    metrics = f"127.0.0.1:{site.free_port()}"
    with site.serving(folder, WEB_CONCURRENCY="2", METRICS_ADDRESS=metrics) as (address, process):
        yield folder, address, process, metrics


def largest_static_file(folder):
    """The path of a file, named by its hash, that no socket holds whole."""
    hashed = (path for path in (folder / "static").rglob("*.*.*") if re.search(r"\.[0-9a-f]{12}\.\w+$", path.name))
    path = max(hashed, key=lambda path: path.stat().st_size)
    return f"/static/{path.relative_to(folder / 'static')}"


@pytest.mark.parametrize("kind", SENDERS)
def test_readers_do_not_notice_200_slow_senders(served, kind):
    _, address, *_ = served
    waiting_times(address, "/convention/articles/22/", 8)  # so that both processes have everything loaded
    assert unnoticed(address, lambda: slow_senders(address, kind, 200))


def test_readers_do_not_notice_200_slow_readers(served):
    folder, address, *_ = served
    static = largest_static_file(folder)
    assert unnoticed(address, lambda: slow_readers(address, static, 200), settled=3)


def unnoticed(address, clients, settled=0, tries=3):
    """Whether readers wait beside the clients as they do alone, in one of three tries, as others use the machine too.

    A thread that waits for one of the clients would wait for many seconds, in each try.
    """
    for _ in range(tries):
        alone = waiting_times(address, "/convention/articles/22/", 24)
        with clients():
            time.sleep(settled)  # until what they asked for is prepared; what follows is waiting
            beside = waiting_times(address, "/convention/articles/22/", 24)
        if beside[-2] < 5 * alone[-2] + 1:
            return True
    return False


def test_a_reload_under_load_loses_no_request(served):
    _, address, process, metrics = served
    before = processes(process.pid)
    over, times, faults = threading.Event(), [], []

    def read():
        while not over.is_set():
            try:
                times.extend(waiting_times(address, "/healthz", 20, readers=2))
            except Exception as fault:
                faults.append(fault)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        process.send_signal(signal.SIGHUP)
        end = time.monotonic() + 60
        while processes(process.pid) & before and time.monotonic() < end:
            time.sleep(0.2)
    finally:
        over.set()
        reader.join()
    assert faults == []
    assert not processes(process.pid) & before
    assert max(times) < 20  # the former processes answer until the new ones do
    holding = set(re.findall(r'site_process_memory_bytes\{pid="(\d+)"\}', fetched(f"http://{metrics}/metrics")))
    assert holding <= processes(process.pid)


def test_the_metrics_count_all_processes(served):
    _, address, _, metrics = served
    name = 'site_requests_total{route="convention",status="2xx"}'
    before = figures(metrics).get(name, 0)
    waiting_times(address, "/convention/", 8)
    waiting_times(address, "/es/convention/", 8)
    with pytest.raises(HTTPError):
        fetched(f"{address}/nope/")
    unknown, end = 'site_requests_total{route="none",status="4xx"}', time.monotonic() + 10
    while unknown not in (after := figures(metrics)) and time.monotonic() < end:
        time.sleep(0.1)  # an answer is counted after it was sent
    assert after[unknown] >= 1
    assert after[name] - before == 16
    assert after['site_request_seconds_count{route="convention"}'] == after[name]
    assert after['site_page_cache_answers_total{answer="hit"}'] > 0
    assert after["site_content_version"] > 0
    assert not [name for name in after if "nope" in name]


def test_the_metrics_are_not_on_the_sites_own_address(served):
    _, address, *_ = served
    with pytest.raises(HTTPError) as refused:
        fetched(f"{address}/metrics")
    assert refused.value.code == 404


def test_an_address_that_is_too_long_gets_a_page_in_words(served):
    _, address, *_ = served
    with pytest.raises(HTTPError) as refused:
        fetched(f"{address}/search/?q={'a' * 9000}")
    page = refused.value.read().decode()
    assert refused.value.code == 414
    assert "The address is too long." in page and 'href="/es/search/"' in page


def test_every_request_is_one_line_of_json(served):
    folder, address, *_ = served
    waiting_times(address, "/about/?q=not-to-be-logged", 4)
    eventually(lambda: (folder / "log").read_text().count('"path": "/about/"') >= 4)
    lines = [json.loads(line) for line in (folder / "log").read_text().splitlines() if line.startswith("{")]
    (line, *_) = [line for line in lines if line.get("path") == "/about/"]
    assert set(line) == {"time", "level", "logger", "request_id", "method", "path", "status", "bytes", "ms", "cached"}
    assert (line["method"], line["status"], line["level"]) == ("GET", 200, "info")
    log = (folder / "log").read_text()
    assert "not-to-be-logged" not in log
    assert '127.0.0.1"' not in log


def test_nginx_serves_it_as_it_is_deployed(served, tmp_path):
    folder, address, *_ = served
    with nginx.running(tmp_path, address.removeprefix("http://")) as port:
        page, headers = through(port, "/convention/")
        assert page == 200
        static = largest_static_file(folder)
        seen = (folder / "log").read_text().count(f'"path": "{static}"')
        assert [through(port, static)[0] for _ in range(2)] == [200, 200]
        assert through(port, "/admin/login/", bytes(settings.MOST_BYTES + 1))[0] == 413  # from the site, in words
        assert through(port, "/admin/login/", bytes(6 << 20))[0] == 413  # from nginx
    lines = [json.loads(line) for line in (tmp_path / "reports.log").read_text().splitlines()]
    assert lines[0]["request_id"] == headers["X-Request-ID"]
    eventually(lambda: headers["X-Request-ID"] in (folder / "log").read_text())
    assert "127.0.0.1" not in (tmp_path / "reports.log").read_text()
    assert (folder / "log").read_text().count(f'"path": "{static}"') == seen + 1  # the second time nginx had it


def test_it_stops_within_the_limit_although_clients_are_slow(tmp_path):
    with (
        site.serving(tmp_path, WEB_CONCURRENCY="1") as (address, process),
        slow_senders(address, "headers, a byte at a time", 50),
    ):
        begun = time.monotonic()
        process.terminate()
        assert process.wait(timeout=40) == 0
        assert time.monotonic() - begun < 25


def test_the_server_itself_loads_nothing_of_the_site():
    """Or its reload would go on with the former code."""
    code = "import sys, reportsite.gunicorn, reportsite.worker; print(*sorted(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=site.ROOT, capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in ran.stdout.split()}
    assert not loaded & {"django", "rest_framework", "numpy", "lxml"}


def through(port, path, body=None):
    """Status and headers of what nginx answers."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=30, context=context)
    connection.request("POST" if body else "GET", path, body, {"Host": "localhost"})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status, response.headers


def fetched(address):
    with urlopen(address, timeout=20) as response:
        return response.read().decode()


def figures(metrics):
    """The figures by their names with labels."""
    lines = fetched(f"http://{metrics}/metrics").splitlines()
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if line[:1] != "#")}


def processes(server):
    """The ids of the processes that a server has started."""
    with open(f"/proc/{server}/task/{server}/children") as file:
        children = file.read().split()
    return {pid for pid in children if b"metrics_server" not in Path(f"/proc/{pid}/cmdline").read_bytes()}
