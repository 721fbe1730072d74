"""The queue of error reports at the desk: found, answered, closed, deleted, by those who may."""

import pytest
from django.contrib.auth.models import Group, User

from sections.models import Change, ErrorReport
from sections.tests.support.desk import editor, filled_in, words
from sections.tests.support.pages import read

pytestmark = pytest.mark.django_db
LIST = "/admin/sections/errorreport/"


@pytest.fixture
def report():
    return make("The year is <b>wrong</b>.", contact="ana@example.org")


def make(text, **fields):
    given = {"address": "/XXX/C/EXA/1/paragraphs/1/", "kind": "paragraph", "place": "XXX/C/EXA/1, para. 1"}
    key = f"form {ErrorReport.objects.count()}"
    return ErrorReport.objects.create(text=text, language="en-gb", form=key, content=key, **given | fields)


def member(client, group):
    user = User.objects.create(username=group, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return client


def page_of(client, report):
    return client.get(f"{LIST}{report.pk}/change/")


def answered(client, report, **fields):
    form = filled_in(page_of(client, report))
    return client.post(f"{LIST}{report.pk}/change/", form | fields)


def test_an_editor_finds_the_open_ones_first_with_their_places(client, report):
    make("Old.", state="closed")
    page = editor(client).get(LIST)
    assert words(page).index(report.reference) < words(page).index("Old.")
    assert "The year is <b>wrong</b>." in words(page)
    assert report.address in read(page).links()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state__exact=open", 1),
        ("state__exact=closed", 1),
        ("kind=paragraph", 1),
        ("kind=figure", 1),
        ("language=en-gb", 2),
        ("q=para. 1", 1),
        ("q=wrong", 1),
        ("q=nothing", 0),
    ],
)
def test_the_list_is_filtered_by_state_and_place(client, report, query, found):
    make("Old.", state="closed", kind="figure", place="a figure", address="/")
    page = read(editor(client).get(f"{LIST}?{query}"))
    assert len(page.find(".//table[@id='result_list']/tbody/tr")) == found


def test_the_first_page_of_the_desk_says_how_many_are_open(client, report):
    make("Old.", state="closed")
    assert "Error reports (1 open)" in words(editor(client).get("/admin/"))


def test_an_editor_answers_and_closes_and_the_contact_is_gone(client, report):
    editor(client)
    answered(client, report, state="answered", answer="It was 2015.")
    report.refresh_from_db()
    assert (report.state, report.answer, report.contact) == ("answered", "It was 2015.", "ana@example.org")
    assert report.handled_by.username == "ana" and report.handled
    answered(client, report, state="closed")
    report.refresh_from_db()
    assert (report.state, report.contact) == ("closed", "")
    history = words(client.get(f"{LIST}{report.pk}/history/"))
    assert "Changed State and Answer" in history and "ana@example.org" not in history


def test_it_writes_nothing_that_readers_see(client, report):
    answered(editor(client), report, state="answered", answer="Done.")
    assert not Change.objects.exists()


def test_an_answer_does_not_overwrite_one_that_was_not_seen(client, report):
    editor(client)
    form = filled_in(page_of(client, report))
    answered(client, report, state="answered", answer="First.")
    late = client.post(f"{LIST}{report.pk}/change/", form | {"state": "closed", "answer": "Second."})
    report.refresh_from_db()
    assert (report.answer, report.state) == ("First.", "answered")
    assert "has handled this report since you opened it" in words(late)
    assert filled_in(late)["answer"] == "Second."
    client.post(f"{LIST}{report.pk}/change/", filled_in(late))
    report.refresh_from_db()
    assert (report.answer, report.state) == ("Second.", "closed")


def test_the_words_of_a_reader_cannot_be_changed(client, report):
    answered(editor(client), report, text="Something else.", reference="AAAA", address="/admin/")
    stored = ErrorReport.objects.get()
    assert (stored.text, stored.reference) == (report.text, report.reference)
    assert client.get(f"{LIST}add/").status_code == 403


def test_many_can_be_closed_at_once(client, report):
    other = make("Spam.")
    chosen = {"action": "close", "_selected_action": [report.pk, other.pk]}
    editor(client).post(LIST, chosen)
    assert set(ErrorReport.objects.values_list("state", "contact")) == {("closed", "")}
    assert client.post(LIST, {"action": "close", "_selected_action": "²"}).status_code in (200, 302)


def test_a_report_can_be_deleted_for_good(client, report):
    page = editor(client).get(f"{LIST}{report.pk}/delete/")
    assert "restored" not in words(page)
    client.post(f"{LIST}{report.pk}/delete/", {"post": "yes"})
    assert not ErrorReport.objects.exists()


@pytest.mark.parametrize(("group", "status"), [("editors", 200), ("administrators", 200), ("reviewers", 403)])
def test_editors_may_and_reviewers_may_not(client, report, group, status):
    member(client, group)
    assert client.get(LIST).status_code == status
    assert page_of(client, report).status_code == status
    assert client.get(f"{LIST}{report.pk}/delete/").status_code == status


def test_nobody_sees_it_without_logging_in(client, report):
    assert client.get(LIST).status_code == 302
    assert report.text not in client.get("/changes/").content.decode()
