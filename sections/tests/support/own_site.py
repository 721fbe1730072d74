"""A server process with the invented world in a database of its own, for tests that take its database away.

`python -m sections.tests.support.own_site` fills the database that DATABASE_URL names.
"""

import http.cookiejar
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from importlib import import_module

import django
from django.apps import apps
from django.core.management import call_command

from sections.tests.support import forms
from sections.tests.support.site import ROOT, environment, free_port

NAME, PASSWORD = "ana", "blue harbour 71"


class Answer:
    """What came back: status, headers, words."""

    def __init__(self, response, seconds):
        self.status, self.headers, self.seconds = response.status, response.headers, seconds
        self.text = response.read().decode()

    def json(self):
        return json.loads(self.text)


class Visitor:
    """A browser without scripts, with cookies."""

    def __init__(self, address):
        self.address = address
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def get(self, path):
        return self._ask(path, None)

    def post(self, path, fields):
        return self._ask(path, urllib.parse.urlencode(fields).encode())

    def log_in(self):
        fields = forms.filled_in(self.get("/admin/login/").text)
        return self.post("/admin/login/", fields | {"username": NAME, "password": PASSWORD, "next": "/admin/"})

    def _ask(self, path, body):
        start = time.monotonic()
        request = urllib.request.Request(self.address + path, body, {"Referer": self.address + path})
        try:
            with self.opener.open(request, timeout=60) as response:
                return Answer(response, time.monotonic() - start)
        except urllib.error.HTTPError as refusal:
            with refusal:
                return Answer(refusal, time.monotonic() - start)


@contextmanager
def serving(folder, database, fills=True, **settings):
    """The address of a server on that database, which it fills if it is empty; the server ends with the block."""
    told = environment(
        DATA_DIR=str(folder),
        DATABASE_URL=database,
        SECRET_KEY="kept from nobody " * 3,
        DJANGO_SETTINGS_MODULE="reportsite.settings",
        LOG_LEVEL="INFO",
        PAGE_CACHE_MB="0",  # which would hide that the database is away
        **settings,
    )
    if fills:
        subprocess.run([sys.executable, "-m", "sections.tests.support.own_site"], cwd=ROOT, env=told, check=True)
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "python:reportsite.gunicorn"]
    command += ["--bind", f"127.0.0.1:{port}", "--workers", "1"]
    with open(folder / "log", "w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=told, stdout=log, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        _await(server, address, folder / "log")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def _await(server, address, log):
    end = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < end:
        try:
            if Visitor(address).get("/healthz").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The server did not start:\n{log.read_text()}")


def fill():
    """Makes the tables, the world, its index, an editor and the static files, where they are missing."""
    call_command("migrate", verbosity=0)
    if not apps.get_model("sections", "Report").objects.exists():
        import_module("sections.tests.support.world").make_world()
        call_command("rebuild_search", verbosity=0)
        apps.get_model("auth", "User").objects.create_superuser(NAME, password=PASSWORD)
    call_command("collectstatic", interactive=False, verbosity=0)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reportsite.settings")
    django.setup()
    fill()
