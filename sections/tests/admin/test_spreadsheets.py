"""Lists downloaded, changed and uploaded: seen before they are written, and written whole or not at all."""

import csv
import io

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError

from sections.editing.relink import refresh_blocks
from sections.models import ArticleLink, Change, Entry, Mention, Name, Upload
from sections.tests.support.faults import failing
from sections.tests.support.pages import read
from sections.tests.support.world import ACT, OFFICE, block

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, world):
    """A client with an editor at the desk."""
    ana = User.objects.create_user("ana", is_staff=True)
    ana.groups.add(Group.objects.get(name="editors"))
    client.force_login(ana)
    return client


def download(desk, sheet):
    text = desk.get(f"/admin/lists/{sheet}.csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def as_file(rows, name="list.csv"):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(column for row in rows for column in row)), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile(name, out.getvalue().encode())


def upload(desk, rows, reason="Because."):
    return desk.post("/admin/lists/", {"file": as_file(rows), "reason": reason}, follow=True)


def confirm(desk, answer):
    digest = next(attrs["value"] for _, attrs in read(answer).tags if attrs.get("name") == "digest")
    return desk.post(
        f"/admin/lists/{Upload.objects.order_by('pk').last().pk}/confirm/", {"digest": digest}, follow=True
    )


def faults(answer):
    return [(error.row, error.column, error.message) for error in answer.context["outcome"].errors]


def state():
    models = (Entry, Name, ArticleLink, Mention)
    return [list(model.objects.order_by("pk").values_list()) for model in models]


@pytest.mark.parametrize(("sheet", "count"), [("entries", 3), ("names", 2), ("articles", 5)])
def test_it_changes_nothing_when_a_list_comes_back_as_it_went(desk, sheet, count):
    before = state()
    rows = download(desk, sheet)
    answer = upload(desk, rows)
    outcome = answer.context["outcome"]
    assert (len(rows), outcome.unchanged, outcome.effects, outcome.errors) == (count, count, [], [])
    assert state() == before


def test_it_shows_what_rows_and_links_would_do_and_writes_nothing(desk):
    before, changes = state(), Change.objects.count()
    rows = download(desk, "names")
    rows[0]["text"] = "Oficina de los Viajeros"
    rows.append({"entry_type": "law", "entry_slug": "travellers-act", "text": "fact", "language": "en", "form": "name"})
    outcome = upload(desk, rows).context["outcome"]
    assert [(effect.row, effect.action, effect.record, effect.cells[:1]) for effect in outcome.effects] == [
        (2, "change", f"“NOT” of {OFFICE}", (("text", "NOT", "Oficina de los Viajeros"),)),
        (4, "add", f"“fact” of {ACT}", (("entry_type", "", "law"),)),
    ]
    assert [(link.paragraph, link.surface, link.before, link.after) for link in outcome.links] == [
        (1, "NOT", OFFICE, ""),
        (3, "NOT", OFFICE, ""),
        (8, "fact", "", ACT),
        (9, "NOT", OFFICE, ""),
    ]
    assert state() == before and Change.objects.count() == changes


def test_it_writes_all_of_it_once_confirmed(desk, world):
    rows = download(desk, "entries")
    row = next(row for row in rows if row["slug"] == "office-for-travellers")
    row |= {"description": "Keeps the Act.", "start_year": "2011"}
    rows.append({"type": "law", "slug": "road-act", "name": "annex", "kind": "act", "description_paragraph": "4"})
    answer = upload(desk, rows)
    assert "Entries: 1 added, 1 changed, 2 unchanged; 1 link changes. Nothing is written yet." in read(answer).words
    answer = confirm(desk, answer)
    assert "Everything was written." in read(answer).words
    world.office.refresh_from_db()
    assert (world.office.description, world.office.start_year) == ("Keeps the Act.", 2011)
    made = Entry.objects.get(slug="road-act")
    assert made.description_paragraph.number == 4
    assert list(Mention.objects.filter(entry=made).values_list("block", "surface")) == [(block(4).pk, "annex")]
    change = Change.objects.get(kind="edit")
    assert (change.user.username, change.reason) == ("ana", "Because.")
    assert Entry.history.filter(change=change).count() == 2
    assert not Upload.objects.exists()


def test_it_deletes_with_all_that_belongs_to_it(desk, world):
    rows = download(desk, "entries")
    next(row for row in rows if row["slug"] == "travellers-act")["delete"] = "yes"
    answer = upload(desk, rows)
    assert "1 deleted, 2 unchanged; 2 links change" in read(answer).words
    confirm(desk, answer)
    assert not Mention.objects.filter(surface=ACT).exists()


def test_it_names_every_error_by_row_and_column_and_writes_nothing(desk):
    before = state()
    rows = download(desk, "entries")
    rows[0] |= {"kind": "castle"}
    rows[1] |= {"start_year": "12", "name": "Other"}
    rows[2] |= {"slug": "elsewhere"}
    rows += [
        {"type": "law", "slug": "travellers-act", "name": "Again", "kind": "act"},
        {"type": "court", "slug": "x", "name": "X", "kind": "act"},
        {"type": "law", "slug": "no name", "name": "", "kind": "act", "description_paragraph": "4000"},
        {"id": "987654", "name": "Ghost"},
        {"id": rows[0]["id"], "version": rows[0]["version"], "name": "Twice"},
    ]
    answer = upload(desk, rows)
    assert sorted((row, column) for row, column, _ in faults(answer)) == [
        (2, "kind"), (3, "start_year"), (4, "slug"), (5, "slug"), (6, "type"), (7, "description_paragraph"),
        (7, "name"), (7, "slug"), (8, "id"), (9, "id"),
    ]  # fmt: skip
    assert "10 errors, so nothing can be written." in read(answer).words
    assert "Write everything" not in read(answer).words
    desk.post(f"/admin/lists/{Upload.objects.get().pk}/confirm/", {"digest": answer.context["outcome"].digest})
    assert state() == before


def test_it_names_the_row_of_a_name_without_an_entry(desk):
    rows = download(desk, "names")
    rows[0]["entry_slug"] = "nowhere"
    rows.append({"entry_type": "law", "entry_slug": "nowhere", "text": "Q", "language": "en", "form": "name"})
    rows.append({"text": "Q", "language": "en", "form": "name"})
    assert [fault[:2] for fault in faults(upload(desk, rows))] == [
        (2, "entry_slug"), (4, "entry_slug"), (5, "entry_slug"),
    ]  # fmt: skip


def test_it_refuses_a_name_that_two_entries_would_have(desk):
    rows = download(desk, "names")
    rows.append(
        {"entry_type": "law", "entry_slug": "travellers-act", "text": "NOT", "language": "en", "form": "acronym"}
    )
    ((row, _, words),) = faults(upload(desk, rows))
    assert row == 4 and ACT in words and OFFICE in words


def test_it_refuses_a_record_that_somebody_changed_since_the_download(desk, world):
    rows = download(desk, "entries")
    for row in rows:
        row["description"] = "From the list."
    world.office.description = "Somebody else's words."
    world.office.save()
    ((_, column, words),) = faults(upload(desk, rows))
    assert column == "version" and "description is now “Somebody else's words.”" in words
    world.office.refresh_from_db()
    assert world.office.description == "Somebody else's words."


def test_it_looks_again_when_records_changed_between_trial_and_confirmation(desk, world):
    rows = [{"entry_type": "law", "entry_slug": "travellers-act", "text": "fact", "language": "en", "form": "name"}]
    answer = upload(desk, rows)
    world.act.name = "Renamed Act"
    world.act.save()
    refresh_blocks(())
    answer = confirm(desk, answer)
    assert answer.status_code == 409
    assert "The records have changed since you looked. Nothing was written; look again." in read(answer).words
    assert not Name.objects.filter(text="fact").exists()
    confirm(desk, answer)
    assert Name.objects.filter(text="fact").exists()


def test_it_edits_article_links(desk):
    rows = download(desk, "articles")
    rows[0] |= {"review": "confirmed", "reason": "It says so."}
    rows.append({"paragraph": "9", "article": "2", "basis": "editor", "confidence": "high", "review": "confirmed"})
    assert [fault[1] for fault in faults(upload(desk, rows))] == ["reason"]
    Upload.objects.all().delete()
    rows[-1]["reason"] = "It speaks of the Office."
    answer = upload(desk, rows)
    confirm(desk, answer)
    link = ArticleLink.objects.get(pk=rows[0]["id"])
    assert (link.review, link.reason) == ("confirmed", "It says so.")
    assert ArticleLink.objects.filter(paragraph__number=9, article__number=2, review="confirmed").exists()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.xlsx", b"PK\x03\x04", "The file is damaged"),
        ("a.csv", b"colour,size\nred,1\n", "does not have the columns of any list"),
        ("a.csv", b"", "empty"),
    ],
)
def test_it_refuses_a_file_that_is_no_list_and_keeps_the_reason(desk, name, data, told):
    answer = desk.post("/admin/lists/", {"file": SimpleUploadedFile(name, data), "reason": "Because."})
    assert answer.status_code == 422 and told in read(answer).words
    assert "Because." in [attrs.get("value") for _, attrs in read(answer).tags]
    assert not Upload.objects.exists()


def test_it_drops_an_upload(desk):
    upload(desk, download(desk, "names"))
    answer = desk.post(f"/admin/lists/{Upload.objects.get().pk}/confirm/", {"drop": "1"}, follow=True)
    assert "The upload was discarded; nothing was written." in read(answer).words
    assert not Upload.objects.exists()


def test_it_shows_an_upload_to_nobody_else(desk, client):
    upload(desk, download(desk, "names"))
    pk = Upload.objects.get().pk
    bea = User.objects.create_user("bea", is_staff=True)
    bea.groups.add(Group.objects.get(name="editors"))
    client.force_login(bea)
    assert client.get(f"/admin/lists/{pk}/").status_code == 404
    bea.groups.set([Group.objects.get(name="reviewers")])
    assert client.get("/admin/lists/").status_code == 403
    assert client.get("/admin/lists/names.csv").status_code == 403


def test_it_keeps_a_formula_from_being_one(desk, world):
    Name.objects.create(entry=world.act, text="=1+1")
    text = desk.get("/admin/lists/names.csv").content.decode()
    assert ",'=1+1," in text
    assert upload(desk, download(desk, "names")).context["outcome"].effects == []


def test_a_list_is_written_and_no_longer_waits_or_neither(desk):
    before, rows = state(), download(desk, "names")
    rows[0]["text"] = "Oficina de los Viajeros"
    answer = upload(desk, rows)
    with failing(OperationalError("database or disk is full"), lambda sql: 'DELETE FROM "sections_upload"' in sql):
        confirm(desk, answer)
    assert state() == before
    assert Upload.objects.count() == 1
    confirm(desk, answer)
    assert Name.objects.filter(text="Oficina de los Viajeros").exists()
    assert Upload.objects.count() == 0
