"""Every form of the desk, under each of which the session, the token, the record, the database or the disk goes away.

The forms are found, not listed: the add and change pages of everything that is registered, and the pages of their own.
"""

from contextlib import suppress
from copy import deepcopy
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.db.models import ProtectedError
from django.test import Client

from sections.models import Change, Entry
from sections.tests.support import desk
from sections.tests.support.desk_forms import TYPED, browser_of, every_form, filled, lost, same_browser
from sections.tests.support.faults import failing, writes

FAULTS = {"locked": OperationalError("database is locked"), "full": OperationalError("database or disk is full")}
ENDED = ["session", "token", "log-in of another", "permission", "record"]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def opened(built_world):
    """A browser of ana, and every form as she opened it."""
    ana = browser_of("ana")
    return ana, every_form(ana, built_world)


@pytest.fixture
def ana(world, opened):
    return same_browser(deepcopy(opened[0]))  # a test changes the cookies themselves


@pytest.fixture
def forms(world, opened):
    return opened[1]


def end(what, client, row):
    """Ends the session, changes the token, withdraws the permission, or deletes the record."""
    if what == "session":
        client.cookies.pop("sessionid")
    elif what == "token":
        client.cookies["csrftoken"] = "x" * 32
    elif what == "log-in of another":
        client.force_login(User.objects.get_or_create(username="bea", is_staff=True, is_superuser=True)[0])
        client.cookies["csrftoken"] = "y" * 32
    elif what == "permission":
        User.objects.filter(username="ana").update(is_superuser=False)
    elif row is not None and type(row).__name__ != "Report":  # which no page of the desk deletes
        with suppress(ProtectedError):  # one that others need stays
            type(row)._base_manager.filter(pk=row.pk).delete()


@pytest.mark.long
@pytest.mark.apart
@pytest.mark.parametrize("what", ENDED)
def test_no_form_loses_a_character_when_something_ends(ana, forms, what):
    assert len(forms) > 25
    complaints = []
    for address, fields, row in forms:
        client = same_browser(ana)
        end(what, client, row)
        if what == "record" and row is not None and type(row)._base_manager.filter(pk=row.pk).exists():
            continue
        answer = client.post(address, fields)
        everybody_may = what == "permission" and address == "/admin/password_change/"
        is_refused = answer.status_code in (409 if what == "record" else 403,)
        missing = lost(fields, answer) if answer.status_code != 302 else fields if is_refused or row else {}
        if missing or answer.status_code >= 500 or not (is_refused or what == "record" or everybody_may):
            complaints.append((what, address, answer.status_code, missing))
        if what == "permission":
            User.objects.filter(username="ana").update(is_superuser=True)
    assert complaints == []


@pytest.mark.long
@pytest.mark.apart
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("when", [writes, lambda sql: True], ids=["to write", "at all"])
def test_no_form_loses_a_character_when_the_database_fails(ana, forms, fault, when):
    complaints = []
    of_logins = "/admin/auth/user/"  # their transactions must be real: see test_refused_logins
    for address, fields in [form[:2] for form in forms if not form[0].startswith(of_logins)]:
        with failing(FAULTS[fault], when):
            answer = ana.post(address, fields)
        missing = lost(fields, answer) if answer.status_code != 302 else fields
        if missing or answer.status_code == 500:
            complaints.append((address, answer.status_code, missing))
    assert complaints == []


def test_a_form_comes_back_from_an_error_of_the_program(ana, world, monkeypatch):
    fields = filled(ana, desk.place(world.plan))
    monkeypatch.setattr("sections.admin.base.changing", lambda *args: 1 / 0)
    answer = ana.post(desk.place(world.plan), fields)
    assert (answer.status_code, lost(fields, answer)) == (500, {})
    assert "The site made an error." in desk.words(answer)


def test_a_deleted_record_is_restored_and_saved_in_one_step(ana, world):
    address = desk.place(world.office)
    fields = desk.filled_in(ana.get(address)) | {"description": TYPED, "why": "Found again."}
    names = set(world.office.names.values_list("text", flat=True))
    desk.editor(Client(), "bea").post(f"/admin/sections/institution/{world.office.pk}/delete/", {"post": "yes"})
    assert not Entry.objects.filter(pk=world.office.pk).exists()
    answer = ana.post(address, fields)
    assert "Somebody deleted this record while you had it open." in desk.words(answer)
    again = desk.filled_in(answer) | {"_restore": "1"}
    assert desk.send(ana, address, again).status_code == 302
    entry = Entry.objects.get(pk=world.office.pk)
    assert (entry.description, set(entry.names.values_list("text", flat=True))) == (TYPED, names)
    assert Change.objects.filter(reason="Found again.").count() == 1


def test_a_draft_is_shown_in_its_form_and_saves_nothing(ana, world):
    fields = desk.filled_in(ana.get(desk.place(world.plan))) | {"description": TYPED, "_as_typed": "1"}
    answer = ana.post(desk.place(world.plan), fields)
    assert (answer.status_code, desk.filled_in(answer)["description"]) == (200, TYPED)
    assert Entry.objects.get(pk=world.plan.pk).description == ""
    Entry.objects.filter(pk=world.plan.pk).update(description="Theirs.")
    choices = ana.post(desk.place(world.plan), fields)
    assert choices.status_code == 409
    mine = desk.filled_in(choices) | desk.chosen(choices, "In one line", "mine")
    assert desk.send(ana, desk.place(world.plan), mine).status_code == 302
    assert Entry.objects.get(pk=world.plan.pk).description == TYPED


@pytest.mark.parametrize(("draft", "told"), [("a1-b2", "a1-b2"), ("; Path=/", None), ("x" * 50, None)])
def test_only_a_save_tells_the_browser_to_forget_a_draft(ana, draft, told):
    token = {"csrfmiddlewaretoken": ana.cookies["csrftoken"].value, "_draft": draft}
    refused = ana.post("/admin/sections/synonym/add/", {"term": "", "says": "travellers"} | token)
    assert "desk_saved" not in refused.cookies
    done = desk.send(ana, "/admin/sections/synonym/add/", {"term": "farm hands", "says": "travellers"} | token)
    assert done.status_code == 302
    assert (done.cookies["desk_saved"].value if "desk_saved" in done.cookies else None) == told


def test_a_form_with_a_file_that_is_too_large_comes_back_with_what_was_typed(ana):
    token = {"csrfmiddlewaretoken": ana.cookies["csrftoken"].value}
    file = SimpleUploadedFile("large.csv", b"-" * (5 << 20))
    answer = ana.post("/admin/lists/", {"file": file, "reason": TYPED} | token)
    assert (answer.status_code, desk.filled_in(answer)["reason"]) == (413, TYPED)
    assert "The form is larger than 4 MB." in desk.words(answer)
    assert "large.csv is too large to be kept. Choose it again:" in desk.words(answer)


def test_a_form_without_a_file_that_is_too_large_comes_back_too(ana, world):
    fields = desk.filled_in(ana.get(desk.place(world.plan))) | {"description": "á wörd " * 400_000, "why": TYPED}
    answer = ana.post(desk.place(world.plan), urlencode(fields), content_type="application/x-www-form-urlencoded")
    again = desk.filled_in(answer)
    assert answer.status_code == 413 and "The form is larger than 4 MB. Shorten" in desk.words(answer)
    assert (again["description"], again["why"]) == (fields["description"], TYPED)
    done = ana.post(desk.place(world.plan), again | {"description": TYPED})
    assert done.status_code == 302
    assert Entry.objects.get(pk=world.plan.pk).description == TYPED


def test_a_form_with_more_fields_than_the_site_reads_comes_back(ana, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    fields = {f"field-{number}": TYPED for number in range(12)}
    page = urlencode(fields | {"csrfmiddlewaretoken": ana.cookies["csrftoken"].value})
    answer = ana.post("/admin/sections/synonym/add/", page, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, lost(fields, answer)) == (400, {})
