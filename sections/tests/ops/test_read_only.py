"""The switch that makes the site read-only: readers notice nothing, editors read why, commands refuse."""

import io

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import OperationalError, transaction
from django.test import Client

from reportsite.commands import CommandLine
from sections.models import Change, Entry, ReadOnlySwitch
from sections.ops.read_only import read_only, switch_on
from sections.tests.support import desk
from sections.tests.support.faults import failing
from sections.tests.support.world import SYMBOL, make_world

REASON = "The site moves. Back at 14:00 UTC"
WORDS = f"The site is read-only at the moment. {REASON}."

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def ana(client, world):
    return desk.editor(client)


def run(*words, **options):
    out = io.StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue().strip()


def test_it_is_switched_on_and_off_with_a_reason():
    assert run("read_only") == "The site can be edited."
    assert run("read_only", "on", "--reason", REASON) == WORDS
    assert (
        run("read_only", "on", "--reason", "It takes longer!")
        == "The site is read-only at the moment. It takes longer!"
    )
    assert ReadOnlySwitch.objects.count() == 1
    assert run("read_only", "off") == "The site can be edited."
    with pytest.raises(CommandError, match="The reason has 301 characters. At most 300 are stored."):
        run("read_only", "on", "--reason", "x" * 301)


def test_the_environment_can_say_so_for_one_process(settings):
    settings.READ_ONLY = True
    assert run("read_only").startswith("READ_ONLY=1 is set for this command.")
    with pytest.raises(CommandError, match="READ_ONLY=1 is set"):
        run("rebuild_search")


@pytest.mark.parametrize("by_environment", [True, False])
def test_reading_is_unaffected_and_the_desk_explains(ana, world, settings, by_environment):
    fields = desk.filled_in(ana.get(desk.place(world.plan))) | {"description": "Mends the roads.", "why": "So it is."}
    if by_environment:
        settings.READ_ONLY = True
    else:
        switch_on(REASON)
    for address in ("/", f"/{SYMBOL}/paragraphs/1/", "/search/?q=office", "/api/v1/laws/", "/changes/"):
        answer = Client().get(address)
        assert (answer.status_code, "read-only" in answer.content.decode()) == (200, False), address
    for address in ("/admin/", "/admin/sections/law/", desk.place(world.plan), "/admin/review/"):
        answer = ana.get(address)
        assert answer.status_code == 200
        assert "You can read everything, but nothing can be saved." in desk.words(answer)
        assert by_environment or WORDS in desk.words(answer)
    answer = ana.post(desk.place(world.plan), fields)
    assert answer.status_code == 503
    again = desk.filled_in(answer)
    assert (again["description"], again["why"]) == ("Mends the roads.", "So it is.")
    assert "Nothing was saved. What you typed is still here. The site is read-only at the moment." in desk.words(answer)
    assert not Change.objects.filter(reason="So it is.").exists()
    settings.READ_ONLY = False
    ReadOnlySwitch.objects.all().delete()
    assert ana.post(desk.place(world.plan), again).status_code == 302
    assert Entry.objects.get(pk=world.plan.pk).description == "Mends the roads."


def test_editors_can_log_in_and_out_meanwhile(world):
    User.objects.create_user("rita", password="blue harbour 71", is_staff=True)
    switch_on(REASON)
    client = Client()
    page = client.get("/admin/login/")
    assert WORDS in desk.words(page)
    assert client.post("/admin/login/", {"username": "rita", "password": "blue harbour 71"}).status_code == 302
    assert "rita" in desk.words(client.get("/admin/"))
    assert client.post("/admin/logout/").status_code == 200
    assert client.get("/admin/").status_code == 302


COMMANDS = {
    "create_editor": ["mona", "--generate"],
    "find_figures": [],
    "import_report": ["none.txt", "--symbol", "XXX/C/NEW/1"],
    "link_report": [],
    "load_report": ["--yes"],
    "loaddata": ["none.json"],
    "rebuild_search": [],
    "restore": ["none.zip", "--yes"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_that_write_refuse_in_words(world, command):
    switch_on(REASON)
    with pytest.raises(CommandError) as caught:
        run(command, *COMMANDS[command])
    assert str(caught.value) == (
        f"{WORDS} Nothing was written. To end that: manage.py read_only off. "
        "To write all the same, add --despite-read-only."
    )


def test_a_command_writes_where_it_is_told_to(world):
    switch_on(REASON)
    assert "1 to add" in run("link_report", "--despite-read-only")
    assert "Nothing was written." in run("link_report", "--dry-run")


def test_commands_of_django_refuse_too(monkeypatch):
    switch_on(REASON)

    class Flush(BaseCommand):
        def handle(self, **options):
            with transaction.atomic():
                User.objects.create_user("mona")

    monkeypatch.setattr("django.core.management.ManagementUtility.fetch_command", lambda self, name: Flush())
    command = CommandLine(["manage.py", "flush"]).fetch_command("flush")
    with pytest.raises(CommandError, match=f"{WORDS} Nothing was written. To end that: manage.py read_only off."):
        call_command(command)
    assert not User.objects.filter(username="mona").exists()
    call_command(CommandLine(["manage.py", "migrate"]).fetch_command("migrate"))
    assert User.objects.filter(username="mona").exists()


def test_it_is_off_before_the_tables_are_made_and_unknown_where_nothing_answers():
    with failing(OperationalError("no such table: sections_readonlyswitch")):
        assert read_only() is None
    with failing(OperationalError("database is locked")), pytest.raises(OperationalError):
        read_only()


def test_it_is_off_unless_somebody_says_so():
    assert (django_settings.READ_ONLY, read_only()) == (False, None)
