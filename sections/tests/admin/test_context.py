"""The desk: subjects of replies and related documents in every language, and the text of the Convention."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile

from sections.models import Change, ConventionText, RelatedDocument, ReplySubject, Section
from sections.tests.support.desk import confirmed, editor, filled_in, words
from sections.tests.support.shared_world import shared_world
from sections.tests.support.treaty import treaty
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db
SUBJECTS, DOCUMENTS, TEXT = (
    "/admin/sections/replysubject/",
    "/admin/sections/relateddocument/",
    "/admin/convention-text/",
)


built_world, world = shared_world(make_world)


@pytest.fixture
def desk(client, world):
    ana = User.objects.create_user("ana", is_staff=True)
    ana.groups.add(Group.objects.get(name="editors"))
    client.force_login(ana)
    return client


def add_subject(desk):
    fields = filled_in(desk.get(f"{SUBJECTS}add/"))
    section = Section.objects.get(number=3)
    given = {"section": section.pk, "text": "Leaving", "text_es": "Salida", "why": "Speaking headings."}
    assert desk.post(f"{SUBJECTS}add/", fields | given).status_code == 302
    return ReplySubject.objects.get()


def test_it_keeps_a_subject_with_its_translations_and_their_history(desk):
    subject = add_subject(desk)
    assert (subject.text, subject.translations) == ("Leaving", {"es": {"text": "Salida"}})
    address = f"{SUBJECTS}{subject.pk}/change/"
    fields = filled_in(desk.get(address))
    assert fields["text_es"] == "Salida"
    desk.post(address, fields | {"text": "Leaving a country", "text_es": "", "text_fr": "Départ", "why": ""})
    subject.refresh_from_db()
    assert (subject.text, subject.translations) == ("Leaving a country", {"fr": {"text": "Départ"}})
    history = words(desk.get(f"{SUBJECTS}{subject.pk}/history/"))
    assert "Speaking headings." in history and "es: Salida" in history
    confirmed(desk, f"{SUBJECTS}{subject.pk}/undo/{Change.objects.order_by('-pk').first().pk}/")
    subject.refresh_from_db()
    assert (subject.text, subject.translations) == ("Leaving", {"es": {"text": "Salida"}})
    assert "reply 3" in words(desk.get("/changes/"))


def test_it_does_not_let_one_editor_overwrite_the_translation_of_another(desk):
    subject = add_subject(desk)
    address = f"{SUBJECTS}{subject.pk}/change/"
    mine = filled_in(desk.get(address)) | {"text_es": "Irse"}
    desk.post(address, filled_in(desk.get(address)) | {"text_es": "Partida"})
    answer = desk.post(address, mine)
    assert answer.status_code == 409 and "Partida" in words(answer)


def test_it_refuses_a_subject_that_is_too_long(desk):
    subject = add_subject(desk)
    address = f"{SUBJECTS}{subject.pk}/change/"
    answer = desk.post(address, filled_in(desk.get(address)) | {"text_fr": "x" * 121})
    assert answer.status_code == 200 and "at most 120 characters" in words(answer)


def test_it_keeps_related_documents(desk, world):
    fields = filled_in(desk.get(f"{DOCUMENTS}add/"))
    given = {"report": world.report.pk, "kind": "follow-up", "symbol": "XXX/C/EXA/FCO/1", "title": "Follow-up"}
    answer = desk.post(f"{DOCUMENTS}add/", fields | given | {"languages": "en, xx"})
    assert "Give codes of official languages" in words(answer)
    desk.post(f"{DOCUMENTS}add/", fields | given | {"languages": "en, es", "title_fr": "Suivi", "address": ""})
    row = RelatedDocument.objects.get()
    assert (row.languages, row.translations, row.verified) == (["en", "es"], {"fr": {"title": "Suivi"}}, False)
    answer = desk.post(f"{DOCUMENTS}{row.pk}/change/", filled_in(desk.get(f"{DOCUMENTS}{row.pk}/change/")) | {
        "address": "javascript:alert(1)"
    })  # fmt: skip
    assert answer.status_code == 200 and RelatedDocument.objects.get().address == ""
    assert "the related document XXX/C/EXA/FCO/1" in words(desk.get("/changes/"))


def file_of(text, name="hats.txt"):
    return SimpleUploadedFile(name, text.encode())


def test_it_loads_the_text_of_the_convention_whole_or_not_at_all(desk):
    answer = desk.post(TEXT, {"file": file_of(treaty().replace("Article 2\n", "Article two hats\n"))})
    assert answer.status_code == 422 and "article 2 is missing behind article 1." in words(answer)
    assert not ConventionText.objects.exists()
    answer = desk.post(TEXT, {"file": file_of(treaty()), "check": "1"}, follow=True)
    assert "Complete, and not stored yet." in words(answer) and not ConventionText.objects.exists()
    answer = desk.post(TEXT, {"file": file_of(treaty()), "reason": "The official copy."}, follow=True)
    assert "6 articles in 3 parts" in words(answer) and "hats.txt" in words(answer)
    text = ConventionText.objects.get()
    assert (Change.objects.get().reason, Change.objects.get().user.username) == ("The official copy.", "ana")
    assert "6 articles" in words(desk.get(f"/admin/sections/conventiontext/{text.pk}/history/"))
    assert "loaded the text of the Convention (English)" in words(desk.get("/changes/"))


def test_it_undoes_the_loading_of_another_text(desk):
    desk.post(TEXT, {"file": file_of(treaty())})
    desk.post(TEXT, {"file": file_of(treaty().replace("straw", "felt"))})
    text = ConventionText.objects.get()
    assert text.articles["article-1"]["provisions"][2]["text"] == "of the felt;"
    confirmed(desk, f"/admin/sections/conventiontext/{text.pk}/undo/{Change.objects.order_by('-pk').first().pk}/")
    assert ConventionText.objects.get().articles["article-1"]["provisions"][2]["text"] == "of the straw;"


def test_it_opens_the_page_only_for_those_who_may_load(client, world):
    reviewer = User.objects.create_user("rob", is_staff=True)
    reviewer.groups.add(Group.objects.get(name="reviewers"))
    client.force_login(reviewer)
    assert client.get(TEXT).status_code == 403
    assert TEXT in editor(client).get("/admin/").content.decode()
