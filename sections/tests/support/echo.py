"""A small WSGI application that answers with what it was asked, and a real server that serves it."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from .site import ROOT, environment, free_port

LARGE = 3_000_000
HELD = "held"  # a file of that name in the server's folder keeps new processes from starting


def application(environ, start_response):
    """Says what was asked; `/large` with many bytes, `…/wait` after a second, `/refuse` with 429, `/fails` never.

    While it waits there is a file `waiting` in the server's folder.
    """
    path, size = environ["PATH_INFO"], int(environ.get("CONTENT_LENGTH") or 0)
    if path == "/fails":
        raise RuntimeError("as the test wants it")
    if path.endswith("/wait"):
        Path(os.environ["WAITING"]).touch()
        time.sleep(1)
    body = environ["wsgi.input"].read(size) if size <= application.most_body else b""
    asked = {
        "method": environ["REQUEST_METHOD"],
        "path": path,
        "size": len(body),
        "sha256": hashlib.sha256(body).hexdigest(),
        "process": os.getpid(),
    }
    answer = os.urandom(1) * LARGE if path == "/large" else json.dumps(asked).encode()
    start_response(
        "429 Too Many Requests" if path == "/refuse" else "200 OK",
        [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))],
    )
    return [answer]


application.most_body = 1_000_000
application.refusal_page = "<title>Refused with {}</title>".format


while "WAITING" in os.environ and Path(os.environ["WAITING"]).with_name(HELD).exists():
    time.sleep(0.05)


@contextmanager
def serving(folder, workers=1, options=(), **variables):
    """The address and the process of a server of the application, as gunicorn runs the site; it ends with the block."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "sections.tests.support.echo",
        "--config",
        "python:reportsite.gunicorn",
    ]
    command += ["--bind", f"127.0.0.1:{port}", "--workers", str(workers), "--error-logfile", str(folder / "log")]
    command += options
    told = environment(WAITING=str(folder / "waiting"), **variables)
    process = subprocess.Popen(command, cwd=ROOT, env=told, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        _await(address, process)
        yield address, process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(timeout=40)


def _await(address, process, seconds=30):
    end = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < end:
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError("The server did not start.")
