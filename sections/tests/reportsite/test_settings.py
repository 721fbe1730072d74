"""The settings as a whole, read in a process of their own; and how the site starts, or says why it doesn't."""

import json
import socket
import subprocess
import sys

import pytest
from django.core.checks import Warning

from reportsite import start as start_module
from sections.tests.conftest import leave_out
from sections.tests.support.postgres import NotHere, running
from sections.tests.support.site import ROOT, environment

NAMES = ("DEBUG", "ALLOWED_HOSTS", "SITE_URL", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_SECURE")
ALONE = """
import time, django
django.setup()
from reportsite.start import _alone
with _alone():
    print("begins", flush=True)
    time.sleep(0.5)
    print("ends", flush=True)
"""
READ = f"import json; from django.conf import settings as s; print(json.dumps([getattr(s, n) for n in {NAMES!r}]))"


def run(*command, folder, **given):
    """What a Python of ours answers, with its data in the folder."""
    told = environment(DATA_DIR=str(folder), DJANGO_SETTINGS_MODULE="reportsite.settings", **given)
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=told, capture_output=True, text=True, timeout=120)


def settings(folder, **given):
    return dict(zip(NAMES, json.loads(run("-c", READ, folder=folder, **given).stdout), strict=True))


def test_it_is_safe_when_nothing_is_set(tmp_path):
    assert settings(tmp_path) == {
        "DEBUG": False,
        "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]"],
        "SITE_URL": "",
        "SECURE_SSL_REDIRECT": False,
        "SECURE_HSTS_SECONDS": 0,
        "SESSION_COOKIE_SECURE": False,
    }


def test_it_tells_programs_who_runs_the_site(tmp_path):
    told = "[s.SPECTACULAR_SETTINGS, s.SECURITY_CONTACT]"
    read = f"import json; from django.conf import settings as s; print(json.dumps({told}))"
    given = {"SITE_OWNER": "Observatory", "SITE_CONTACT": "editors@example.org", "SITE_LICENCE": "CC-BY-4.0"}
    api, security = json.loads(run("-c", read, folder=tmp_path, **given).stdout)
    assert api["CONTACT"] == {"name": "Observatory", "email": "editors@example.org"}
    assert api["LICENSE"] == {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
    assert security == "mailto:editors@example.org"


def test_it_speaks_https_only_when_secure(tmp_path):
    given = {"SECURE": "1", "ALLOWED_HOSTS": "reports.example", "SITE_URL": "https://reports.example/"}
    assert settings(tmp_path, **given) == {
        "DEBUG": False,
        "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]", "reports.example"],
        "SITE_URL": "https://reports.example",
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SESSION_COOKIE_SECURE": True,
    }


@pytest.mark.parametrize("command", [["manage.py", "migrate"], ["manage.py", "load_report"]])
def test_it_says_in_one_line_what_is_set_wrongly(tmp_path, command):
    answer = run(*command, folder=tmp_path, DEBUG="perhaps")
    assert (answer.returncode, answer.stdout, answer.stderr) == (
        1,
        "",
        "The site is not set up: DEBUG is set to 'perhaps'. "
        "Allowed: 1 (also true, yes, on) or 0 (also false, no, off).\n",
    )


def start(folder, **given):
    """The exit code and the complaint of a site that cannot start."""
    answer = run("-m", "reportsite.start", folder=folder, **given)
    return answer.returncode, answer.stderr


def test_it_says_that_a_port_is_no_port(tmp_path):
    assert start(tmp_path, PORT="eight") == (
        1,
        "The site cannot start. PORT is set to 'eight'. Allowed: a whole number from 1 to 65535.\n",
    )


def test_it_says_that_a_port_is_in_use(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert start(tmp_path, PORT=str(port)) == (
            1,
            f"The site cannot start. Port {port} of 127.0.0.1 is not available: Address already in use. "
            f"Stop the program that uses it, or choose another port: make run PORT={port + 1}\n",
        )


def test_it_says_that_a_host_is_not_of_this_machine(tmp_path):
    code, complaint = start(tmp_path, HOST="no such host")
    assert (code, complaint) == (
        1,
        "The site cannot start. HOST is set to 'no such host', which is not an address of this machine.\n",
    )


def test_it_says_that_the_database_does_not_answer(tmp_path):
    code, complaint = start(tmp_path, PORT="9999", DATABASE_URL="postgres://ana:secret@127.0.0.1:1/reports")
    assert code == 1
    assert complaint.startswith("The site cannot start. Database error: ")
    assert complaint.endswith(
        "Check that PostgreSQL is running, that the database exists (createdb), and that DATABASE_URL is correct.\n"
    )
    assert "secret" not in complaint


def test_it_says_that_the_file_is_no_database(tmp_path):
    (tmp_path / "report.sqlite3").write_text("This is a letter and not a database. " * 100)
    code, complaint = start(tmp_path, PORT="9999")
    assert (code, complaint) == (
        1,
        "The site cannot start. Database error: file is not a database\n"
        "Check that the folder exists and is writable, and that the file is an SQLite database.\n",
    )


def test_it_does_not_start_where_it_could_not_work(tmp_path):
    code, complaint = start(tmp_path, PORT="9999", APPLICATION_SERVERS="2", SECRET_KEY="kept from nobody " * 3)
    assert (code, complaint) == (
        1,
        "The site cannot start. Several application servers cannot share one SQLite file. Move to PostgreSQL with "
        "manage.py move_database, or set APPLICATION_SERVERS=1. (reports.E011)\n",
    )


def test_it_prints_what_the_system_checks_warn_of(monkeypatch, capsys):
    messages = [Warning("It is slow.", hint="Buy another.", id="reports.W900"), Warning("New.", id="reports.W006")]
    monkeypatch.setattr(start_module, "run_checks", lambda **options: messages)
    start_module._check(["default"])
    assert capsys.readouterr().out == "Warning: It is slow. Buy another. (reports.W900)\n"


@pytest.mark.apart
def test_only_one_server_at_a_time_sets_up_a_database(tmp_path):
    try:
        with running() as url:
            told = environment(DATABASE_URL=url, DATA_DIR=str(tmp_path), DJANGO_SETTINGS_MODULE="reportsite.settings")
            with open(tmp_path / "output", "w") as output:
                servers = [
                    subprocess.Popen([sys.executable, "-c", ALONE], cwd=ROOT, env=told, stdout=output) for _ in "ab"
                ]
                assert [server.wait(60) for server in servers] == [0, 0]
    except NotHere as reason:
        leave_out(f"no PostgreSQL: {reason}")
    told = (tmp_path / "output").read_text().splitlines()
    assert [line for line in told if not line.startswith("Another")] == ["begins", "ends", "begins", "ends"]
