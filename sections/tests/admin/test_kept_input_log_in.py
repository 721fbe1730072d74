"""Who is logged out while typing logs in on the page that kept the form, and saves in the same step, as oneself."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from sections.models import Change, Entry, Synonym
from sections.tests.support import desk
from sections.tests.support.desk_forms import PASSWORD, TYPED, browser_of, lost, same_browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(world):
    return browser_of("ana")


def test_it_logs_in_and_saves_in_one_step(ana, world):
    fields = desk.filled_in(ana.get(desk.place(world.plan))) | {"description": TYPED, "why": "Said so."}
    browser = same_browser(ana, without=["sessionid"])
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
    browser = same_browser(ana, without=["sessionid"])
    page = browser.post("/admin/sections/synonym/add/", fields | token)
    given = desk.filled_in(page) | {"_login-username": "ana", "_login-password": PASSWORD}
    page = browser.post("/admin/sections/synonym/add/", given | {"_login-code": "000000"})
    assert "That code is not valid." in desk.words(page)
    assert not Synonym.objects.exists()
    TOTPDevice.objects.update(throttling_failure_count=0)
    code = f"{TOTP(device.bin_key, device.step, device.t0, device.digits).token():06}"
    done = desk.send(browser, "/admin/sections/synonym/add/", desk.filled_in(page) | {"_login-code": code})
    assert (done.status_code, Synonym.objects.get().note) == (302, TYPED)


def test_it_never_saves_in_the_name_of_the_one_who_was_logged_in_before(ana, world):
    bea = browser_of("bea")
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
    browser, fields = (
        same_browser(ana, without=["sessionid"]),
        {"term": "farm hands", "says": "travellers", "note": TYPED},
    )
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
