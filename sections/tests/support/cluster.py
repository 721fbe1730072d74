"""The site on several machines, as processes of this one: application servers behind nginx, and readers who count."""

import http.client
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from itertools import count
from typing import NamedTuple
from urllib.parse import urlencode

from .forms import filled_in
from .site import ROOT, environment, free_port

EDITOR, PASSWORD = "ana", "correct horse battery"
NGINX = ("nginx", "/usr/sbin/nginx")
CONFIGURATION = """\
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log warn;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {folder}/nginx-body; proxy_temp_path {folder}/nginx-proxy; fastcgi_temp_path {folder}/nginx-1;
  uwsgi_temp_path {folder}/nginx-2; scgi_temp_path {folder}/nginx-3;
  upstream site {{ {servers} }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://site;
      proxy_set_header Host $http_host;
      proxy_http_version 1.1;
      proxy_connect_timeout 2s;
      proxy_read_timeout 20s;
    }}
  }}
}}
"""


def nginx():
    """The path of nginx, None where it is not installed."""
    return next(filter(None, map(shutil.which, NGINX)), None)


class Process:
    """A program that listens on a port of this machine."""

    def __init__(self, command, port, log, **told):
        self.command, self.port, self.log, self.told, self.process = command, port, log, told, None

    def start(self):
        """Starts the program."""
        with open(self.log, "a") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=environment(**self.told),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self

    def wait(self, seconds=60):
        """Waits until it answers."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.process.poll() is None:
            try:
                if ask(self.port, "/healthz").status == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"{self.command[0]} did not start:\n{self.log.read_text()[-3000:]}")

    def kill(self, number=signal.SIGKILL):
        """Ends the program and all its children at once, if it runs."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, number)
            self.process.wait(timeout=20)


def application_server(folder, name, **told):
    """An application server as `make run` serves, without setting anything up."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "python:reportsite.gunicorn"]
    command += ["--bind", f"127.0.0.1:{port}", "--workers", "1"]
    return Process(command, port, folder / f"{name}.log", DJANGO_SETTINGS_MODULE="reportsite.settings", **told)


def proxy(folder, servers):
    """nginx before the application servers."""
    port = free_port()
    listed = " ".join(f"server 127.0.0.1:{server.port} max_fails=1 fail_timeout=2s;" for server in servers)
    configuration = folder / "nginx.conf"
    configuration.write_text(CONFIGURATION.format(folder=folder, port=port, servers=listed))
    return Process([nginx(), "-c", str(configuration), "-p", str(folder)], port, folder / "nginx.log")


class Answer(NamedTuple):
    """What a server answered."""

    status: int
    page: str
    cookies: dict[str, str]
    location: str


def ask(port, path, fields=None, cookies=None, timeout=30):
    """The answer to a GET, or to a POST of the fields."""
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())}
    body = None if fields is None else urlencode(fields)
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request("GET" if body is None else "POST", path, body, headers)
        answer = connection.getresponse()
        page = answer.read().decode(errors="replace")
    except http.client.HTTPException as error:
        raise ConnectionError(f"no whole answer: {error!r}") from error
    finally:
        connection.close()
    pairs = [value.partition(";")[0].split("=", 1) for name, value in answer.getheaders() if name == "Set-Cookie"]
    return Answer(answer.status, page, dict(pairs), answer.getheader("Location") or "")


class Editor:
    """An editor who is logged in, and describes an entry."""

    def __init__(self, port):
        self.port, self.cookies = port, {}
        self.ask("/admin/login/")
        answer = self.ask("/admin/login/", {"username": EDITOR, "password": PASSWORD, "next": "/admin/"})
        if answer.status != 302:
            raise RuntimeError(f"The editor cannot log in: {answer.status}")

    def ask(self, path, fields=None):
        """The answer to the editor."""
        if fields is not None:
            fields = fields | {"csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
        answer = ask(self.port, path, fields, self.cookies)
        self.cookies |= answer.cookies
        return answer

    def described(self, form, words):
        """The fields of an entry's form with another description, as they are to be posted."""
        return filled_in(self.ask(form).page) | {"description": words, "_continue": "1"}


class Request(NamedTuple):
    """A request of a reader."""

    path: str
    start: float
    end: float
    status: int  # 0 where there was no answer


class Readers:
    """Readers who ask for pages, one request after the other, until the block ends."""

    def __init__(self, port, paths, number=4):
        self.port, self.requests = port, []
        self._paths, self._done, self._numbers = paths, threading.Event(), count(1)
        self._threads = [threading.Thread(target=self._read) for _ in range(number)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self._done.set()
        for thread in self._threads:
            thread.join()
        print(f"{len(self.requests)} requests, {len(self.failed())} without a good answer")

    def _read(self):
        while not self._done.is_set():
            number = next(self._numbers)
            path = self._paths[number % len(self._paths)].format(number=number)
            start = time.monotonic()
            try:
                status = ask(self.port, path).status
            except OSError:
                status = 0
            self.requests.append(Request(path, start, time.monotonic(), status))

    def failed(self, after=0.0):
        """Requests that began after a moment and had no good answer."""
        return [request for request in self.since(after) if request.status != 200]

    def since(self, moment):
        """Requests that began after a moment."""
        return [request for request in self.requests if request.start > moment]
