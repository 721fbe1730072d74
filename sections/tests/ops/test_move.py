"""Moving the site between databases: there and back, all of it or nothing, and both compared."""

import os
import subprocess
import sys
from uuid import uuid4

import psycopg
import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils.timezone import now

from sections.models import Change, Entry, Note, Paragraph, ReadOnlySwitch, changing
from sections.ops.move import MoveError, models_to_copy, move
from sections.ops.read_only import switch_on
from sections.ops.rows import digest, last_numbers, table_of
from sections.ops.target import Target
from sections.search.service import rebuild
from sections.tests.support.databases import opened
from sections.tests.support.site import ROOT, environment
from sections.tests.support.world import make_world

MOVED = "moved"

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """The small world with a search index, an editor, a change, and a law that was deleted."""
    world = make_world()
    rebuild()
    user = User.objects.create_superuser("ana", password="correct horse")
    with changing(user, "A remark."):
        Note.objects.create(paragraph=Paragraph.objects.get(number=7), text="As printed: «ñ»\u2028 💧.")
    Entry.objects.create(type="law", slug="late", name="Late Act", kind="act").delete()
    switch_on("The site is being moved.")
    Session.objects.create(session_key="open", session_data="", expire_date=now())
    return world


@pytest.fixture
def empty(tmp_path):
    """A function that gives addresses of new databases: of PostgreSQL where the tests run on it, else of files."""
    server, names = os.environ.get("TEST_DATABASE_URL"), []

    def address():
        names.append(f"move_{uuid4().hex[:8]}")
        if not server:
            return f"sqlite:///{tmp_path}/{names[-1]}.sqlite3"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {names[-1]}")
        return f"{server.rpartition('/')[0]}/{names[-1]}"

    yield address
    if server:
        with psycopg.connect(server, autocommit=True) as connection:
            for name in names:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def moved(source, target, folder):
    """What the command says that moves a site whose database is the source."""
    told = environment(DATABASE_URL=source, DATA_DIR=str(folder), SECRET_KEY="kept from nobody " * 3)
    command = [sys.executable, "manage.py", "move_database", target]
    told["DJANGO_SETTINGS_MODULE"] = "reportsite.settings"
    return subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True)


def contents(models, alias):
    return {table_of(model): digest(model, alias) for model in models}


def test_it_moves_the_whole_site_there_and_back(world, empty, tmp_path, capsys):
    there, back = f"sqlite:///{tmp_path}/there.sqlite3", empty()
    call_command("move_database", there)
    assert f"Both databases hold the same content: {len(models_to_copy())} tables with" in capsys.readouterr().out
    done = moved(there, back, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    models = models_to_copy()
    with opened(back, MOVED):
        assert contents(models, MOVED) == contents(models, DEFAULT_DB_ALIAS)
        assert last_numbers(models, MOVED) == last_numbers(models, DEFAULT_DB_ALIAS)
        assert Change.objects.using(MOVED).count() == Change.objects.count() > 0
        assert not Session.objects.using(MOVED).exists()
        assert not ReadOnlySwitch.objects.using(MOVED).exists()
        later = Entry(type="law", slug="later", name="Later Act", kind="act")
        later.save_base(using=MOVED, raw=True)
        assert later.pk > Entry.history.using(MOVED).get(slug="late", history_type="-").id
    with pytest.raises(CommandError, match="already exists|is not empty"):
        call_command("move_database", back)


def test_it_only_counts_in_a_dry_run(world, empty, capsys):
    url = empty()
    call_command("move_database", url, "--dry-run")
    assert "sections_note: 1 rows\n" in capsys.readouterr().out
    with Target(url) as target:
        target.must_be_usable()


def test_it_moves_nothing_where_the_site_changes_meanwhile(world, empty):
    def say(words):
        if words == "Comparing …":
            Note.objects.update(text="Changed meanwhile.")

    url = empty()
    with Target(url) as target, pytest.raises(MoveError, match="was changed while it was being copied, in sections_no"):
        move(target, say)
    with Target(url) as target:
        target.must_be_usable()


def test_it_names_the_row_that_does_not_fit_and_leaves_the_target_empty(world, empty, tmp_path):
    site, url = f"sqlite:///{tmp_path}/site.sqlite3", empty()
    call_command("move_database", site)
    with opened(site, MOVED):
        law = Entry.objects.using(MOVED).get(slug="travellers-act")
        with connections[MOVED].cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            cursor.execute("UPDATE sections_entry SET start_year = -1 WHERE id = %s", [law.pk])
    done = moved(site, url, tmp_path)
    assert done.returncode == 1
    assert f"row {law.pk} of sections_entry does not fit into it: " in done.stderr
    with Target(url) as target:
        target.must_be_usable()


@pytest.mark.parametrize(
    "url", ["mysql://ana:secret@db.example/reports", "reports", "postgres://db.example", "sqlite:"]
)
def test_it_refuses_what_is_no_database_without_repeating_it(url):
    with pytest.raises(CommandError) as refused:
        call_command("move_database", url)
    assert str(refused.value).startswith("The target ")
    assert "secret" not in str(refused.value)


def test_it_says_that_the_target_does_not_answer(world):
    with pytest.raises(CommandError, match=r"^Nothing was moved\. The database 'reports': connection failed"):
        call_command("move_database", "postgres://ana:secret@127.0.0.1:1/reports")
