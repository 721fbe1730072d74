"""A save that the database refuses returns the form with all that was typed, and nothing is half saved."""

import io

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import Client

from sections.models import ArticleLink, Change, Entry, Mention, Name, Paragraph, Upload
from sections.tests.support import desk
from sections.tests.support.faults import failing, writes
from sections.tests.support.refused import kept, refused, stored
from sections.tests.support.world import PLAN

TYPED = "Mends the roads, “all” of them & <b>more</b>."
BUSY, FULL = OperationalError("database is locked"), OperationalError("database or disk is full")
GONE = OperationalError("server closed the connection unexpectedly")
REASON = "As the ministry wrote in May."

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(world):
    return desk.editor(Client(raise_request_exception=False))


@pytest.mark.parametrize(
    ("error", "words"), [(BUSY, "Wait a few seconds"), (FULL, "Tell the operator"), (GONE, "in a minute")]
)
def test_the_form_of_an_entry_returns_with_its_rows(ana, world, error, words):
    fields = desk.filled_in(ana.get(desk.place(world.plan)))
    row = desk.new_row(fields, "names")
    fields |= {
        "description": TYPED,
        f"{row}text": "Roads for All",
        "why": REASON,
        "relations-0-kind": "established_under",
    }
    answer = refused(ana, error, desk.place(world.plan), fields)
    assert words in desk.words(answer)
    assert kept(fields, answer) == {}
    assert answer.content.decode().count("In one line:") == 1  # the form itself, with its labels
    again = desk.filled_in(answer)
    done = ana.post(desk.place(world.plan), again)
    if done.status_code == 200:
        done = ana.post(desk.place(world.plan), desk.filled_in(done))
    assert done.status_code == 302
    assert Entry.objects.get(pk=world.plan.pk).description == TYPED
    assert Name.objects.filter(text="Roads for All").exists()
    assert Change.objects.filter(reason=REASON).count() == 1


def test_the_form_of_a_new_entry_returns(ana, world):
    address = "/admin/sections/law/add/"
    typed = {"name": "Bridges Act", "slug": "bridges-act", "kind": "act", "description": TYPED}
    fields = desk.filled_in(ana.get(address)) | typed
    answer = refused(ana, BUSY, address, fields)
    assert kept(fields, answer) == {}
    assert desk.send(ana, address, desk.filled_in(answer)).status_code == 302
    assert Entry.objects.get(slug="bridges-act").description == TYPED


def test_the_form_returns_from_the_page_of_effects_and_from_that_of_a_conflict(ana, world):
    fields = desk.filled_in(ana.get(desk.place(world.plan))) | {"name": "Closed Roads Plan", "why": REASON}
    effects = desk.filled_in(ana.post(desk.place(world.plan), fields))
    assert "_seen" in effects
    answer = refused(ana, BUSY, desk.place(world.plan), effects)
    assert kept(fields, answer) == {}
    fields = desk.filled_in(ana.get(desk.place(world.act))) | {"description": TYPED}
    row = Entry.objects.get(pk=world.act.pk)
    row.description = "Of old."
    row.save()
    conflict = ana.post(desk.place(world.act), fields)
    choices = desk.filled_in(conflict) | desk.chosen(conflict, "In one line", "mine")
    answer = refused(ana, BUSY, desk.place(world.act), choices)
    assert kept(choices, answer).keys() == {"_choices"}  # asked anew where it is still needed
    assert ana.post(desk.place(world.act), desk.filled_in(answer)).status_code in {302, 409}


FORMS = {
    "paragraph": ({"editors_notes-0-text": TYPED, "editors_notes-0-quote": "", "why": REASON}, True),
    "articlelink": ({"reason": TYPED, "why": REASON}, True),
    "synonym": ({"term": "farm hands", "says": "travellers", "note": TYPED, "why": REASON}, False),
}


@pytest.mark.parametrize("model", FORMS)
def test_the_other_forms_return(ana, world, model):
    typed, exists = FORMS[model]
    pk = {"paragraph": Paragraph, "articlelink": ArticleLink}[model].objects.first().pk if exists else None
    address = f"/admin/sections/{model}/{f'{pk}/change' if exists else 'add'}/"
    fields = desk.filled_in(ana.get(address)) | typed
    assert kept(fields, refused(ana, BUSY, address, fields)) == {}


def action(name, *entries, **more):
    return {"action": name, "_selected_action": [entry.pk for entry in entries], "index": "0", **more}


def test_the_pages_of_actions_return(ana, world):
    other = Entry.objects.create(type="programme", slug="other-plan", name="Other Plan", kind="plan")
    address = "/admin/sections/programme/"
    merge = action("merge_two", world.plan, other, _do="1", stays=str(other.pk), reason=REASON)
    answer = refused(ana, BUSY, address, merge)
    again = desk.filled_in(answer)
    assert (again["stays"], again["reason"], again["action"]) == (str(other.pk), REASON, "merge_two")
    Name.objects.create(entry=world.plan, text="Roads for All")
    name = Name.objects.get(text="Roads for All")
    move = action("move_names", world.plan, _do="1", names=[name.pk], to=str(other.pk), reason=REASON)
    again = desk.filled_in(refused(ana, BUSY, address, move))
    assert (again["names"], again["to"], again["reason"]) == (str(name.pk), str(other.pk), REASON)
    confirm = action("confirm_links", world.plan, _do="1", reason=REASON)
    again = desk.filled_in(refused(ana, BUSY, address, confirm))
    assert (again["reason"], again["_do"]) == (REASON, "1")


def test_an_action_without_a_page_of_its_own_can_be_sent_again(ana, world):
    links = list(ArticleLink.objects.filter(review="unreviewed"))
    answer = refused(ana, BUSY, "/admin/sections/articlelink/", action("reject", *links))
    page = answer.content.decode()
    assert [f'name="_selected_action" value="{link.pk}"' in page for link in links] == [True] * len(links)
    assert 'name="action" value="reject"' in page


def test_a_review_decision_returns_with_its_reason(ana, world):
    mention = Mention.objects.filter(review="unreviewed").first()
    page = ana.get(f"/admin/review/?item=m-{mention.pk}")
    fields = desk.filled_in(page)
    address = page.content.decode().split('class="review-decisions"')[0].rsplit('action="', 1)[1].split('"')[0]
    answer = refused(ana, BUSY, address, fields | {"decision": "other", "other": PLAN, "reason": REASON})
    again = desk.filled_in(answer)
    assert (again["other"], again["reason"]) == (PLAN, REASON)
    assert ana.post(address, again | {"decision": "confirm"}).status_code == 302
    assert Change.objects.filter(kind="review", reason=REASON).count() == 1
    undo = refused(ana, BUSY, "/admin/review/take-back/", {"review": "unreviewed"})
    assert 'action="/admin/review/take-back/"' in undo.content.decode()


def test_an_uploaded_list_returns_with_its_file(ana, world):
    text = ana.get("/admin/lists/names.csv").content.decode("utf-8-sig").replace("Oficina Nacional", "Oficina Federal")
    file = io.BytesIO(text.encode())
    file.name = "names of may.csv"
    answer = refused(ana, FULL, "/admin/lists/", {"file": file, "reason": REASON})
    assert "The file names of may.csv is kept" in desk.words(answer)
    again = desk.filled_in(answer)
    assert again.pop("file", "") == ""
    assert again["reason"] == REASON
    assert ana.post("/admin/lists/", again).status_code == 302
    upload = Upload.objects.get()
    assert (upload.name, upload.text.count("Oficina Federal"), upload.reason) == ("names of may.csv", 1, REASON)
    digest = desk.filled_in(ana.get(f"/admin/lists/{upload.pk}/"))["digest"]
    confirm = refused(ana, BUSY, f"/admin/lists/{upload.pk}/confirm/", {"digest": digest})
    assert ana.post(f"/admin/lists/{upload.pk}/confirm/", desk.filled_in(confirm)).status_code == 302
    assert Name.objects.filter(text__startswith="Oficina Federal").exists()


def test_a_list_keeps_its_file_even_where_nothing_can_be_read(ana, world):
    file = io.BytesIO("id,version\r\n€,2\r\n".encode())
    file.name = "list.csv"
    answer = refused(ana, GONE, "/admin/lists/", {"file": file, "reason": REASON}, when=lambda sql: True)
    again = desk.filled_in(answer)
    assert again["reason"] == REASON
    shown = ana.post("/admin/lists/", again)
    assert shown.status_code == 422
    assert "The file does not have the columns of any list." in desk.words(shown)


def test_a_file_that_is_too_large_to_keep_is_asked_for_again(ana, world):
    file = io.BytesIO(b"-" * (1 << 21) + b"-")
    file.name = "large.csv"
    answer = refused(ana, GONE, "/admin/lists/", {"file": file, "reason": REASON}, when=lambda sql: True)
    assert "large.csv is too large to be kept. Choose it again:" in desk.words(answer)
    assert '<input type="file" name="file"' in answer.content.decode()
    assert len(answer.content) < 50_000


def test_history_and_deletion_return_with_the_reason(ana, world):
    desk.save(ana, world.plan, description="Opens roads.")
    change = Change.objects.first()
    base = f"/admin/sections/programme/{world.plan.pk}"
    undo = refused(ana, BUSY, f"{base}/undo/{change.pk}/", {"reason": REASON})
    assert desk.filled_in(undo)["reason"] == REASON
    back = refused(ana, BUSY, f"{base}/back/", {"date": "2026-11-24T14:30", "reason": REASON})
    assert desk.filled_in(back)["date"] == "2026-11-24T14:30"
    delete = refused(ana, BUSY, f"{base}/delete/", {"post": "yes", "why": REASON})
    again = desk.filled_in(delete)
    assert (again["post"], again["why"]) == ("yes", REASON)
    assert desk.confirmed(ana, f"{base}/undo/{change.pk}/", desk.filled_in(undo)).status_code == 302
    assert Entry.objects.get(pk=world.plan.pk).description == ""


@pytest.mark.parametrize("when", [lambda sql: not sql.startswith("SELECT"), lambda sql: True])
def test_the_log_in_returns_with_the_name_and_without_the_password(world, when):
    User.objects.create_user("rita", password="blue harbour 71", is_staff=True)
    client = Client(raise_request_exception=False)
    fields = {"username": "rita", "password": "blue harbour 71", "next": "/admin/review/"}
    with failing(BUSY, when):
        answer = client.post("/admin/login/", fields)
    assert answer.status_code == 503
    again = desk.filled_in(answer)
    assert (again["username"], again["password"], again["next"]) == ("rita", "", "/admin/review/")
    assert "You are not logged in." in desk.words(answer)
    assert client.post("/admin/login/", again | {"password": "blue harbour 71"}).status_code == 302


def test_all_that_was_typed_returns_where_nothing_can_be_read(ana, world):
    fields = desk.filled_in(ana.get(desk.place(world.plan)))
    row = desk.new_row(fields, "names")
    fields |= {"description": f"{TYPED}\r\nAnd so on.", f"{row}text": "Roads for All", "why": REASON}
    answer = refused(ana, GONE, desk.place(world.plan), fields, when=lambda sql: True)
    again = desk.filled_in(answer)
    assert kept(fields, answer) == {}
    said = desk.words(answer)
    assert "The database of the site does not answer." in said
    assert f"Names {1 + int(row.split('-')[1])}: text" in said
    done = ana.post(desk.place(world.plan), again)
    if done.status_code == 200:
        done = ana.post(desk.place(world.plan), desk.filled_in(done))
    assert done.status_code == 302
    assert Entry.objects.get(pk=world.plan.pk).description.endswith("And so on.")


def test_a_failure_in_the_midst_of_a_save_leaves_nothing(ana, world):
    fields = desk.filled_in(ana.get(desk.place(world.plan)))
    fields |= {f"{desk.new_row(fields, 'names')}text": "Travellers", "description": TYPED, "why": REASON}
    seen = desk.filled_in(ana.post(desk.place(world.plan), fields))
    number = 0
    while True:
        number += 1
        left = [number]

        def nth(sql, left=left):
            left[0] -= writes(sql)
            return left[0] == 0 and writes(sql)

        before = stored()
        with failing(FULL, nth) as failed:
            answer = ana.post(desk.place(world.plan), seen)
        if not failed:
            break
        assert (answer.status_code, stored() == before) == (503, True), number
    assert number > 5
    assert answer.status_code == 302
