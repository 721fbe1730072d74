"""Every form of the desk, under each of which the session, the token, the record, the database or the disk goes away.

The forms are found, not listed: the add and change pages of everything that is registered, and the pages of their own.
"""

import re
from contextlib import suppress
from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from sections.editing.samples import draw_sample
from sections.editing.spreadsheets.imports import keep_upload
from sections.models import ArticleLink, Change, Entry, ErrorReport, Mention, Paragraph, Silence, Synonym
from sections.tests.support import desk
from sections.tests.support.faults import failing, writes

PASSWORD = "blue harbour 71"
TYPED = "Mends “all” the roads & <b>more</b>, á"
FAULTS = {"locked": OperationalError("database is locked"), "full": OperationalError("database or disk is full")}
ENDED = ["session", "token", "log-in of another", "permission", "record"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(world):
    """A client that checks tokens as a browser's posts are checked, logged in as somebody with a password."""
    user = User.objects.create_superuser("ana", password=PASSWORD)
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    client.force_login(user)
    client.get("/admin/")
    return client


def rows_of_all():
    """A record of each kind that the desk edits, where the world has none."""
    report = Paragraph.objects.first().report
    article = ArticleLink.objects.first().article
    ErrorReport.objects.create(address="/about/", text="A word is missing.", language="en", form="f", content="c")
    Silence.objects.create(report=report, article=article, read_by="Ana", read_on="2026-01-01")
    Synonym.objects.create(term="voyagers", says="travellers")
    User.objects.create_user("rita", is_staff=True)


def places():
    """The address of each form of the registered models: where one is added, and where one is changed."""
    found = []
    for model, pages in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        rows = model._default_manager.exclude(username="ana") if model is User else model._default_manager
        row = rows.first()
        boss = type("Request", (), {"user": User(is_active=True, is_staff=True, is_superuser=True), "GET": {}})
        if pages.has_change_permission(boss) and row:
            found.append((reverse(f"{name}_change", args=[row.pk]), row))
            found += [(reverse("admin:auth_user_password_change", args=[row.pk]), row)] if model is User else []
        if pages.has_add_permission(boss):
            found.append((reverse(f"{name}_add"), None))
    return found


def pages_of_their_own(world, user):
    """The forms of the desk that belong to no model: its address, what is posted, and the record it depends on."""
    mention = Mention.objects.filter(review="unreviewed").first()
    office = f"/admin/sections/institution/{world.office.pk}"
    desk.save(desk.editor(Client()), world.office, description="Of all roads.")
    change = Change.objects.first()
    sample = draw_sample(world.report, "articles", 2, "ana")
    item = f"item-{sample.items.first().position}"
    upload = keep_upload(user=user, reason="x", name="names.csv", sheet="names", text="id,version\n")
    merge = {"action": "merge_two", "_do": "1", "_selected_action": str(world.plan.pk), "reason": TYPED}
    return [
        (f"/admin/review/m{mention.pk}/", {"decision": "other", "other": TYPED, "reason": TYPED, "seen": "x"}, mention),
        ("/admin/coverage/", {"articles": "2", "read_by": TYPED, "read_on": "2026-01-01", "note": TYPED}, None),
        ("/admin/samples/", {"kind": "articles", "size": "2", "checked_by": TYPED}, None),
        (f"/admin/samples/{sample.pk}/", {f"{item}-answer": "right", f"{item}-note": TYPED}, sample),
        ("/admin/lists/", {"reason": TYPED}, None),
        (f"/admin/lists/{upload.pk}/confirm/", {"digest": "x", "note": TYPED}, upload),
        ("/admin/convention-text/", {"reason": TYPED, "language": "en"}, None),
        ("/admin/password_change/", {"old_password": PASSWORD, "new_password1": TYPED}, None),
        ("/admin/sections/programme/", merge, None),
        (f"{office}/back/", {"date": "2026-11-24T14:30", "reason": TYPED}, None),
        (f"{office}/undo/{change.pk}/", {"reason": TYPED}, change),
        (f"{office}/delete/", {"post": "yes", "why": TYPED}, world.office),
    ]


def filled(client, address):
    """The fields of a form, each that takes words with words in it, and each group of rows with one of them."""
    page = client.get(address)
    if page.status_code != 200:
        return None  # no form: it leads elsewhere
    fields = desk.filled_in(page)
    html = page.content.decode()
    if address.endswith("/password/"):
        return fields | dict.fromkeys(("password1", "password2"), "green harbour 72")
    for name, value in fields.items():
        is_text = re.search(rf'<(?:input type="text"|textarea)[^>]*name="{re.escape(name)}"', html)
        if is_text and "date" not in name and "_0" not in name and not value.isdigit():
            fields[name] = f"{value} {TYPED}".strip()
    return fields


def lost(fields, answer):
    """What the answer does not send again."""
    again = desk.filled_in(answer) if "</form>" in answer.content.decode() else {}
    secret = {"csrfmiddlewaretoken", "decision", "seen", *(name for name in fields if "password" in name)}
    return {
        name: value
        for name, value in fields.items()
        if name not in secret and value.replace("\r\n", "\n") != again.get(name, "").replace("\r\n", "\n")
    }


def all_forms(client, world):
    rows_of_all()
    user = User.objects.get(username="ana")
    forms = [(address, fields, row) for address, row in places() if (fields := filled(client, address))]
    token = client.cookies["csrftoken"].value
    own = pages_of_their_own(world, user)
    return [*forms, *((address, given | {"csrfmiddlewaretoken": token}, row) for address, given, row in own)]


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
@pytest.mark.parametrize("what", ENDED)
def test_no_form_loses_a_character_when_something_ends(ana, world, what):
    forms = all_forms(ana, world)
    assert len(forms) > 25
    complaints = []
    for address, fields, row in forms:
        client = Client(raise_request_exception=False, enforce_csrf_checks=True)
        client.cookies.update(ana.cookies)
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
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("when", [writes, lambda sql: True], ids=["to write", "at all"])
def test_no_form_loses_a_character_when_the_database_fails(ana, world, fault, when):
    complaints = []
    of_logins = "/admin/auth/user/"  # their transactions must be real: see test_refused_logins
    for address, fields in [form[:2] for form in all_forms(ana, world) if not form[0].startswith(of_logins)]:
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


def saved(client, address, fields):
    """The answer to a save, also past a page that shows its effects first."""
    answer = client.post(address, fields)
    return client.post(address, desk.filled_in(answer)) if "_seen" in answer.content.decode() else answer


def ended(client):
    """The same browser after the session of its user has ended."""
    browser = Client(raise_request_exception=False, enforce_csrf_checks=True)
    browser.cookies.update(client.cookies)
    browser.cookies.pop("sessionid")
    return browser


def test_it_logs_in_and_saves_in_one_step(ana, world):
    fields = desk.filled_in(ana.get(desk.place(world.plan))) | {"description": TYPED, "why": "Said so."}
    browser = ended(ana)
    answer = browser.post(desk.place(world.plan), fields)
    assert "You are not logged in any more." in desk.words(answer)
    again = desk.filled_in(answer)
    wrong = browser.post(desk.place(world.plan), again | {"_login-username": "ana", "_login-password": "wrong"})
    assert (wrong.status_code, lost(fields, wrong)) == (403, {})
    assert "Please enter the correct username and password" in desk.words(wrong)
    assert Entry.objects.get(pk=world.plan.pk).description == ""
    given = desk.filled_in(wrong) | {"_login-username": "ana", "_login-password": PASSWORD}
    assert browser.post(desk.place(world.plan), given).status_code == 302
    assert Entry.objects.get(pk=world.plan.pk).description == TYPED
    assert Change.objects.get(reason="Said so.").user.username == "ana"
    assert browser.get("/admin/").status_code == 200


def test_it_logs_in_with_a_code_and_saves_in_one_step(ana, world, settings):
    settings.TWO_FACTOR = True
    device = TOTPDevice.objects.create(user=User.objects.get(username="ana"), confirmed=True)
    fields = {"term": "farm hands", "says": "travellers", "note": TYPED}
    token = {"csrfmiddlewaretoken": ana.cookies["csrftoken"].value}
    half = ana.post("/admin/sections/synonym/add/", fields | token)
    assert "Enter the code here" in desk.words(half) and '"_login-username"' not in half.content.decode()
    browser = ended(ana)
    page = browser.post("/admin/sections/synonym/add/", fields | token)
    given = desk.filled_in(page) | {"_login-username": "ana", "_login-password": PASSWORD}
    page = browser.post("/admin/sections/synonym/add/", given | {"_login-code": "000000"})
    assert "That code is not valid." in desk.words(page)
    assert not Synonym.objects.exists()
    TOTPDevice.objects.update(throttling_failure_count=0)
    code = f"{TOTP(device.bin_key, device.step, device.t0, device.digits).token():06}"
    done = saved(browser, "/admin/sections/synonym/add/", desk.filled_in(page) | {"_login-code": code})
    assert (done.status_code, Synonym.objects.get().note) == (302, TYPED)


def test_it_never_saves_in_the_name_of_the_one_who_was_logged_in_before(ana, world):
    bea = Client(raise_request_exception=False, enforce_csrf_checks=True)
    bea.force_login(User.objects.create_superuser("bea", password=PASSWORD))
    bea.get("/admin/")
    fields = desk.filled_in(ana.get(desk.place(world.plan))) | {"description": TYPED}
    answer = bea.post(desk.place(world.plan), fields)
    assert "You are logged in as bea now." in desk.words(answer)
    wrong = desk.filled_in(answer) | {"_login-username": "ana", "_login-password": "wrong"}
    assert bea.post(desk.place(world.plan), wrong).status_code == 403
    assert Entry.objects.get(pk=world.plan.pk).description == ""
    right = desk.filled_in(answer) | {"_login-username": "ana", "_login-password": PASSWORD, "why": "As ana."}
    assert bea.post(desk.place(world.plan), right).status_code == 302
    assert Change.objects.get(reason="As ana.").user.username == "ana"


def test_a_name_that_is_locked_keeps_the_form(ana, world):
    browser, fields = ended(ana), {"term": "farm hands", "says": "travellers", "note": TYPED}
    token = {"csrfmiddlewaretoken": ana.cookies["csrftoken"].value}
    given = fields | token | {"_login-username": "ana", "_login-password": "wrong"}
    answers = [browser.post("/admin/sections/synonym/add/", given) for _ in range(6)]
    assert [(answer.status_code, lost(fields, answer)) for answer in answers] == [(403, {})] * 4 + [(429, {})] * 2
    assert "It is locked for 15 minutes." in desk.words(answers[-1])


@pytest.mark.parametrize(
    "sent", [{"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_ORIGIN": "null"}]
)
def test_it_shows_nothing_that_another_site_sends(ana, sent):
    answer = ana.post("/admin/sections/synonym/add/", {"term": "Typed elsewhere", "says": "x"}, **sent)
    assert answer.status_code == 403
    assert "Typed elsewhere" not in answer.content.decode()


def test_a_deleted_record_is_restored_and_saved_in_one_step(ana, world):
    address = desk.place(world.office)
    fields = desk.filled_in(ana.get(address)) | {"description": TYPED, "why": "Found again."}
    names = set(world.office.names.values_list("text", flat=True))
    desk.editor(Client(), "bea").post(f"/admin/sections/institution/{world.office.pk}/delete/", {"post": "yes"})
    assert not Entry.objects.filter(pk=world.office.pk).exists()
    answer = ana.post(address, fields)
    assert "Somebody deleted this record while you had it open." in desk.words(answer)
    again = desk.filled_in(answer) | {"_restore": "1"}
    assert saved(ana, address, again).status_code == 302
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
    assert saved(ana, desk.place(world.plan), mine).status_code == 302
    assert Entry.objects.get(pk=world.plan.pk).description == TYPED


@pytest.mark.parametrize(("draft", "told"), [("a1-b2", "a1-b2"), ("; Path=/", None), ("x" * 50, None)])
def test_only_a_save_tells_the_browser_to_forget_a_draft(ana, draft, told):
    token = {"csrfmiddlewaretoken": ana.cookies["csrftoken"].value, "_draft": draft}
    refused = ana.post("/admin/sections/synonym/add/", {"term": "", "says": "travellers"} | token)
    assert "desk_saved" not in refused.cookies
    done = saved(ana, "/admin/sections/synonym/add/", {"term": "farm hands", "says": "travellers"} | token)
    assert done.status_code == 302
    assert (done.cookies["desk_saved"].value if "desk_saved" in done.cookies else None) == told


@pytest.mark.parametrize(
    "target", ["//evil.example/", "javascript:alert(1)", "\t//x", "https://evil.example", "%00", "/no/"]
)
def test_a_log_in_leads_to_the_desk_where_its_target_is_elsewhere(ana, target):
    browser = Client()
    answer = browser.post("/admin/login/", {"username": "ana", "password": PASSWORD, "next": target})
    assert (answer.status_code, answer.url) == (302, "/admin/")


def test_the_log_in_page_of_a_second_tab_comes_back_with_the_name(ana):
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post("/admin/login/", {"username": "ana", "password": PASSWORD, "next": "/admin/review/"})
    again = desk.filled_in(answer)
    assert (answer.status_code, again["username"], again["password"], again["next"]) == (
        403,
        "ana",
        "",
        "/admin/review/",
    )
    assert browser.post("/admin/login/", again | {"password": PASSWORD}).url == "/admin/review/"


def test_after_the_log_out_a_plain_sentence_stands(ana):
    said = desk.words(ana.post("/admin/logout/", {"csrfmiddlewaretoken": ana.cookies["csrftoken"].value}))
    assert "You are logged out" in said and "quality time" not in said


def test_a_form_with_a_file_that_is_too_large_comes_back_with_what_was_typed(ana):
    token = {"csrfmiddlewaretoken": ana.cookies["csrftoken"].value}
    file = SimpleUploadedFile("large.csv", b"-" * (5 << 20))
    answer = ana.post("/admin/lists/", {"file": file, "reason": TYPED} | token)
    assert (answer.status_code, desk.filled_in(answer)["reason"]) == (413, TYPED)
    assert "The form is larger than 4 MB." in desk.words(answer)
    assert "large.csv is too large to be kept. Choose it again:" in desk.words(answer)


def test_a_form_with_more_fields_than_the_site_reads_comes_back(ana, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    fields = {f"field-{number}": TYPED for number in range(12)}
    page = urlencode(fields | {"csrfmiddlewaretoken": ana.cookies["csrftoken"].value})
    answer = ana.post("/admin/sections/synonym/add/", page, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, lost(fields, answer)) == (400, {})
