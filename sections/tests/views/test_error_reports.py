"""The form for reporting an error: filled in with the place, without cookie, safe from floods, never losing a word."""

import re
import time

import pytest
from django.core.signing import Signer
from django.db import OperationalError
from django.utils.translation import override

from sections.models import ErrorReport
from sections.ops.read_only import switch_on
from sections.search.service import rebuild
from sections.tests.support.error_form import FORM, PARAGRAPH, form_for
from sections.tests.support.faults import failing, of_postgresql, writes
from sections.tests.support.forms import filled_in
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_world
from sections.views import form_seal
from sections.views.form_seal import LONGEST, SALT, SOONEST, new_seal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def build():
    made = make_world()
    rebuild()
    return made


built_world, world = shared_world(build)


def typed(answer):
    """What a form that came back holds: text, contact and place."""
    fields = filled_in(answer.content.decode())
    return fields["text"].strip(), fields["contact"], fields["about"]


# Sending


def test_a_report_is_stored_and_thanked_for_by_a_reference(client):
    answer = client.post(FORM, form_for(client) | {"contact": "ana@example.org"})
    report = ErrorReport.objects.get()
    assert (report.address, report.kind, report.text) == (PARAGRAPH, "paragraph", "The year is wrong.")
    assert (report.contact, report.state, report.language) == ("ana@example.org", "open", "en-gb")
    assert report.place.endswith("para. 1")
    assert answer.status_code == 302
    thanks = client.get(answer.headers["Location"])
    assert report.reference in read(thanks).words
    assert re.fullmatch(r"([2-9A-Z]{4}-){2}[2-9A-Z]{4}", report.reference)
    for secret in ("The year is wrong.", "ana@example.org"):
        assert secret not in thanks.content.decode() + answer.headers["Location"]
    assert PARAGRAPH in read(thanks).links()


@pytest.mark.parametrize("language", ["es", "fr"])
def test_it_works_in_each_language(client, language):
    address = f"/{language}{FORM}"
    answer = client.post(address, form_for(client) | {"seal": new_seal(ready=True)})
    assert answer.headers["Location"].startswith(f"/{language}/report-an-error/sent/")
    assert ErrorReport.objects.get().language == language


def test_it_sets_no_cookie_and_is_never_kept(client):
    fields = form_for(client)
    for answer in (client.get(FORM), client.post(FORM, fields), client.post(FORM, {})):
        assert not answer.cookies
        assert (answer.headers["Cache-Control"], "Cookie" in answer.headers.get("Vary", "")) == ("no-store", False)


def test_a_made_up_receipt_thanks_for_nothing(client):
    assert client.get(f"{FORM}sent/K7QF-3M9T-XW2H:forged/").status_code == 404


def test_the_same_form_sent_twice_is_one_report(client):
    fields = form_for(client)
    first, second = client.post(FORM, fields), client.post(FORM, fields)
    assert first.headers["Location"] == second.headers["Location"]
    assert ErrorReport.objects.count() == 1


def test_the_same_words_in_another_form_are_one_report_while_it_is_open(client):
    client.post(FORM, form_for(client))
    client.post(FORM, form_for(client) | {"text": "  the YEAR is wrong. "})
    assert ErrorReport.objects.count() == 1
    ErrorReport.objects.update(state="closed")
    client.post(FORM, form_for(client))
    client.post(FORM, form_for(client, "/about/"))
    assert ErrorReport.objects.count() == 3


def test_a_form_that_was_sent_does_not_store_other_words_unseen(client):
    fields = form_for(client)
    client.post(FORM, fields)
    answer = client.post(FORM, fields | {"text": "The month, too."})
    assert (answer.status_code, typed(answer)[0]) == (409, "The month, too.")
    assert ErrorReport.objects.get().reference in read(answer).words
    client.post(FORM, fields | filled_in(answer.content.decode()) | {"text": "The month, too."})
    assert ErrorReport.objects.count() == 2


# Refusals, after each of which everything is still there

WORDS = "Ñandú <b>“quoted”</b>\nsecond line"


def refused(client, expected, headers=None, **changed):
    """The form that comes back: nothing is stored, nothing typed is lost."""
    fields = form_for(client) | {"text": WORDS, "contact": "ana@example.org"} | changed
    answer = client.post(FORM, fields, headers=headers or {})
    assert answer.status_code == expected
    assert not ErrorReport.objects.exists()
    text, contact, about = typed(answer)
    assert (text, contact, about) == (fields["text"].strip(), fields["contact"], PARAGRAPH)
    assert "para. 1" in read(answer).words
    return answer


def sealed(age):
    return Signer(salt=SALT).sign(f"nonce.{int(time.time() - age)}")


@pytest.mark.parametrize(
    ("seal", "words"),
    [
        ("", "The form was not complete."),
        ("nonsense", "The form was not complete."),
        (f"nonce.{10**10}:forged", "The form was not complete."),
        (None, "open for more than a day"),
    ],
)
def test_it_refuses_a_form_that_it_did_not_make_or_made_long_ago(client, seal, words):
    seal = sealed(LONGEST + 60) if seal is None else seal  # made now, so that all processes name the test the same
    answer = refused(client, 400, seal=seal)
    assert words in read(answer).words
    again = client.post(FORM, filled_in(answer.content.decode()))
    assert (again.status_code, ErrorReport.objects.get().text.replace("\r", "")) == (302, WORDS)


def test_it_refuses_a_form_that_comes_back_at_once_and_takes_it_three_seconds_later(client, monkeypatch):
    answer = refused(client, 400, seal=new_seal())
    assert "wait three seconds" in read(answer).words
    fields = filled_in(answer.content.decode())
    assert client.post(FORM, fields).status_code == 400
    now = time.time()
    monkeypatch.setattr(form_seal.time, "time", lambda: now + SOONEST + 1)
    assert client.post(FORM, fields).status_code == 302


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_it_refuses_what_another_site_sends(client, headers):
    assert "another site" in read(refused(client, 403, headers)).words


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://testserver"}]
)
def test_it_takes_what_its_own_form_sends(client, headers):
    assert client.post(FORM, form_for(client), headers=headers).status_code == 302


def test_it_refuses_what_fills_in_a_field_that_nobody_sees(client):
    assert "must stay empty" in read(refused(client, 400, website="https://spam.example")).words


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"text": ""}, "This field is required."),
        ({"text": " \n "}, "This field is required."),
        ({"text": "a" * 5001}, "5001"),
        ({"contact": "a" * 201}, "201"),
        ({"text": "a\0b"}, "Null characters are not allowed."),
    ],
)
def test_it_says_what_is_missing_or_too_long(client, changed, words):
    assert words in read(refused(client, 400, **changed)).words


def test_it_refuses_a_body_that_no_person_types(client):
    answer = client.post(FORM, form_for(client) | {"text": "a" * 300_000})
    assert (answer.status_code, ErrorReport.objects.count()) == (413, 0)


def test_it_takes_long_words_in_all_alphabets(client):
    text = "Ñ漢𝔘🙂" * 1250
    assert client.post(FORM, form_for(client) | {"text": text}).status_code == 302
    assert ErrorReport.objects.get().text == text


# When nothing can be stored


@pytest.fixture
def contact(settings):
    settings.SITE_CONTACT = "mailto:editors@example.org"


def test_it_says_that_the_site_is_read_only_and_names_a_way_out(client, contact):
    switch_on("A move.")
    page = read(client.get(FORM, {"about": PARAGRAPH}))
    assert "because the site is read-only" in page.words
    assert "mailto:editors@example.org" in page.links()
    assert "mailto:editors@example.org" in read(refused(client, 503)).links()


FAULTS = [
    OperationalError("database is locked"),
    OperationalError("attempt to write a readonly database"),
    OperationalError("unable to open database file"),
    of_postgresql("25006"),
    of_postgresql("53100"),
    of_postgresql("57P01"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_it_keeps_everything_where_the_database_fails(client, contact, fault):
    fields = form_for(client) | {"text": WORDS}
    with failing(fault, writes) as failed:
        answer = client.post(FORM, fields)
    assert failed
    assert (answer.status_code, typed(answer)) == (503, (WORDS, "", PARAGRAPH))
    assert "Your report was not sent." in read(answer).words
    assert "mailto:editors@example.org" in read(answer).links()
    assert "Retry-After" in answer.headers
    assert filled_in(answer.content.decode())["seal"] == fields["seal"], "sent again, it is still one report"
    assert client.post(FORM, filled_in(answer.content.decode())).status_code == 302


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_it_can_be_read_without_the_database(client, contact, fault):
    with failing(fault):
        answer = client.get(FORM, {"about": PARAGRAPH})
        posted = client.post(FORM, {"text": WORDS, "about": PARAGRAPH, "seal": new_seal(ready=True)})
    assert (answer.status_code, posted.status_code, typed(posted)[0]) == (503, 503, WORDS)
    assert filled_in(answer.content.decode())["about"] == PARAGRAPH
    assert "mailto:editors@example.org" in read(answer).links()


def test_nothing_of_a_report_is_logged(client, caplog):
    caplog.set_level("DEBUG")
    client.post(FORM, form_for(client) | {"contact": "ana@example.org"})
    client.post(FORM, form_for(client) | {"contact": "ana@example.org", "seal": "bad"})
    assert "example.org" not in caplog.text and "The year" not in caplog.text


def test_the_form_is_in_the_language_of_its_address(client):
    with override("es"):
        page = read(client.get(f"/es{FORM}", {"about": f"/es{PARAGRAPH}"}))
    assert f"/es{PARAGRAPH}" in page.links()
