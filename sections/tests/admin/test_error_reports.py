"""The queue of error reports at the desk: found, answered, closed, deleted, by those who may."""

import pytest
from django.contrib.auth.models import Group, User
from django.db import OperationalError

from sections.admin.report.desk_places import desk_address
from sections.models import Change, ConventionArticle, ErrorReport, Figure, Synonym, changing
from sections.tests.support.desk import editor, filled_in, words
from sections.tests.support.faults import failing
from sections.tests.support.pages import read
from sections.tests.support.world import block, make_world

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


def in_bulk(client, action, reports, **more):
    """What the page that asks says, and the state after the answer yes."""
    chosen = {"action": action, "_selected_action": [str(report.pk) for report in reports]}
    asked = client.post(LIST, chosen)
    client.post(LIST, filled_in(asked) | chosen | more)
    return words(asked)


def test_it_asks_before_many_are_closed_at_once_with_one_answer(client, report):
    other = make("Spam.", answer="Told so already.")
    asked = in_bulk(editor(client), "close", [report, other], reason="A flood.")
    assert "2 reports will be closed, and the contacts in them deleted." in asked and "Spam." in asked
    rows = ErrorReport.objects.order_by("pk").values_list("state", "contact", "answer")
    assert list(rows) == [("closed", "", "A flood."), ("closed", "", "Told so already.")]
    assert client.post(LIST, {"action": "close", "_selected_action": "²"}).status_code in (200, 302)


def test_editors_take_reports_on_and_find_their_own(client, report):
    other = make("Spam.")
    assert "1 report will be changed." in in_bulk(editor(client), "take", [report])
    for by, found in [("me", report), ("nobody", other)]:
        page = words(client.get(f"{LIST}?by={by}"))
        assert found.reference in page and "1 error report" in page
    client.post(
        f"{LIST}{report.pk}/change/", filled_in(page_of(client, report)) | {"answer": "Half", "_give_back": "1"}
    )
    report.refresh_from_db()
    assert (report.assigned_to, report.answer, report.state) == (None, "Half", "open")


def test_after_closing_the_next_open_report_comes_up(client, report):
    other = make("Spam.")
    form = filled_in(page_of(editor(client), other)) | {"answer": "No.", "_close_next": "1"}
    answer = client.post(f"{LIST}{other.pk}/change/", form)
    assert answer.url == f"{LIST}{report.pk}/change/"
    answer = client.post(f"{LIST}{report.pk}/change/", filled_in(page_of(client, report)) | {"_close_next": "1"})
    assert answer.url == LIST
    assert set(ErrorReport.objects.values_list("state", flat=True)) == {"closed"}


def test_it_keeps_which_change_mended_the_error(client, report):
    editor(client)
    with changing(Change.Kind.EDIT, "The year was wrong.", User.objects.get()):
        Synonym.objects.create(term="year", says="twelvemonth")
    change = Change.objects.get()
    assert "The year was wrong." in page_of(client, report).content.decode()
    answered(client, report, state="closed", mended_by=change.pk)
    report.refresh_from_db()
    assert report.mended_by == change and list(change.error_reports.all()) == [report]


def test_it_leads_to_the_page_of_the_desk_that_edits_the_place(client):
    made = make_world()
    here = block(3, 1)
    span = {"block": here, "start": 0, "end": 6, "surface": "Budget"}
    figure = Figure.objects.create(**span, value=1, kind="money", unit="crowns", what="budget")
    paragraph, reply = here.paragraph, made.report.sections.get(key="reply-3")
    article = ConventionArticle.objects.get(number=4)
    for address, expected in [
        ("/XXX/C/EXA/1/paragraphs/3/", f"paragraph/{paragraph.pk}/change/"),
        ("/es/XXX/C/EXA/1/paragraphs/3/", f"paragraph/{paragraph.pk}/change/"),
        ("/XXX/C/EXA/1/paragraphs/3-5/", f"paragraph/{paragraph.pk}/change/"),
        ("/XXX/C/EXA/1/full/#p3", f"paragraph/{paragraph.pk}/change/"),
        (f"/XXX/C/EXA/1/figures/#figure-{figure.pk}", f"figure/{figure.pk}/change/"),
        ("/XXX/C/EXA/1/figures/", "figure/"),
        ("/XXX/C/EXA/1/tables/1/", f"table/{here.table.pk}/change/"),
        ("/XXX/C/EXA/1/replies/3/", f"section/{reply.pk}/change/"),
        ("/XXX/C/EXA/1/", f"report/{made.report.pk}/change/"),
        ("/fr/convention/articles/4/", f"conventionarticle/{article.pk}/change/"),
        (made.office.get_absolute_url(), f"institution/{made.office.pk}/change/"),
        ("/laws/", "law/"),
        ("/about/", ""),
        ("/XXX/C/EXA/1/paragraphs/99999999999/", ""),
    ]:
        assert desk_address(address) == (f"/admin/sections/{expected}" if expected else ""), address
    report = make("Wrong.", address=f"/XXX/C/EXA/1/figures/#figure-{figure.pk}")
    assert f"/admin/sections/figure/{figure.pk}/change/" in read(page_of(editor(client), report)).links()


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


def test_many_are_closed_together_or_not_at_all(client, report):
    reports, updates = [report, make("Spam.")], []

    def is_second(sql):
        updates.append(sql.startswith('UPDATE "sections_errorreport"'))
        return updates[-1] and sum(updates) == 2

    with failing(OperationalError("database or disk is full"), is_second) as failed:
        in_bulk(editor(client), "close", reports)
    assert len(failed) == 1
    assert set(ErrorReport.objects.values_list("state", "contact")) == {("open", "ana@example.org"), ("open", "")}
