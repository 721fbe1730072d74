"""What belongs to a report: subjects of its replies, the questions they answer, documents, the official text."""

from datetime import date

import pytest

from sections.models import (
    Convention,
    ConventionArticle,
    RelatedDocument,
    ReplySubject,
    Report,
    Section,
    content_changed,
)
from sections.search.indexer import rebuild
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import SYMBOL, make_world

pytestmark = pytest.mark.django_db
SUBJECT, SUJET = "Leaving the country: papers", "Quitter le pays : papiers"
NAMED = f"Reply 3. {SUBJECT}"
REPLY = f"/{SYMBOL}/replies/3/"


def build_world():
    made = make_world()
    translations = {"fr": {"text": SUJET}}
    reply = Section.objects.get(report=made.report, number=3)
    ReplySubject.objects.create(section=reply, text=SUBJECT, translations=translations)
    rebuild()
    return made


built_world, world = shared_world(build_world)


def document(world, **fields):
    values = {"kind": "list-of-issues-prior", "symbol": "XXX/C/EXA/QPR/1", "title": "List of issues", **fields}
    return RelatedDocument.objects.create(report=world.report, **values)


PLACES = [
    f"/{SYMBOL}/", f"/{SYMBOL}/full/", REPLY, f"/{SYMBOL}/replies/2/", f"/{SYMBOL}/paragraphs/7/",
    f"/{SYMBOL}/parts/1/", "/convention/parts/3/", "/convention/articles/4/", "/search/?q=budget+OR+elsewhere",
    "/institutions/office-for-travellers/",
]  # fmt: skip


@pytest.mark.parametrize("path", PLACES)
def test_it_says_what_a_reply_is_about_wherever_it_is_named(client, world, path):
    assert SUBJECT in read(client.get(path)).words
    assert "Leaving the country" not in read(client.get(f"/fr{path}")).words
    assert SUJET in read(client.get(f"/fr{path}")).words.replace("\xa0", " ")


def test_it_heads_a_reply_with_its_subject_and_keeps_the_printed_heading(client, world):
    page = read(client.get(REPLY))
    assert page.h1 == [NAMED]
    assert "Subject added by the editors; heading in the report: Reply to paragraph 3" in page.words
    assert "Examplia’s answer to question 3 of the list of issues XXX/C/EXA/QPR/1" in page.words
    assert f"<title>{NAMED}, {SYMBOL}" in client.get(REPLY).content.decode()


def test_it_shows_a_reply_without_a_subject_as_it_is_printed(client, world):
    page = read(client.get(f"/{SYMBOL}/replies/2/"))
    assert page.h1 == ["Reply to paragraph 2"] and "Subject added by the editors" not in page.words
    ReplySubject.objects.all().delete()
    assert "Subject added by the editors" not in read(client.get(f"/{SYMBOL}/")).words


def test_it_follows_a_change_of_a_subject_everywhere(client, world):
    for path in (REPLY, f"/{SYMBOL}/paragraphs/7/", "/search/?q=elsewhere"):
        client.get(path)
    subject = ReplySubject.objects.get()
    subject.text = "Hats of travellers"
    subject.save()
    for path in (REPLY, f"/{SYMBOL}/paragraphs/7/", "/search/?q=elsewhere"):
        words = read(client.get(path)).words
        assert "Hats of travellers" in words and SUBJECT not in words, path


def test_it_leads_from_a_reply_to_the_question(client, world):
    assert "https://undocs.org/en/XXX/C/EXA/QPR/1" in read(client.get(REPLY)).links()
    assert "https://undocs.org/es/XXX/C/EXA/QPR/1" in read(client.get(f"/es{REPLY}")).links()
    row = document(world, address="https://example.org/questions", date=date(2016, 10, 3))
    page = read(client.get(REPLY))
    assert f"/{SYMBOL}/#documents" in page.links()
    assert "https://example.org/questions" in page.links() and "(3 October 2016)" in page.words.replace("\xa0", " ")
    row.address = ""
    row.save()
    Report.objects.create(symbol="XXX/C/EXA/QPR/1", title="List", state_party="Examplia", treaty_body="C")
    assert "/XXX/C/EXA/QPR/1/paragraphs/3/" in read(client.get(REPLY)).links()


def test_it_names_the_questions_of_a_reply_to_several(client, world):
    Section.objects.filter(number=3).update(last_number=5)
    content_changed()
    assert "answer to questions 3 to 5 of the list" in read(client.get(REPLY)).words


def test_it_says_of_a_report_without_a_list_of_issues_what_it_knows(client, world):
    Report.objects.update(list_of_issues="")
    content_changed()
    page = read(client.get(REPLY))
    assert "Examplia’s answer to question 3 of the list of issues" in page.words
    assert not [link for link in page.links() if "QPR" in link]


@pytest.mark.parametrize("path", [f"/{SYMBOL}/", "/about/"])
def test_it_lists_the_documents_that_belong_to_the_report(client, world, path):
    document(world, verified=True, languages=["fr", "es"])
    document(world, kind="concluding-observations", symbol="XXX/C/EXA/CO/1", title="Concluding observations")
    page = read(client.get(path))
    assert (
        page.words.index("XXX/C/EXA/QPR/1,")
        if False
        else page.words.index("List of issues prior to reporting") < (page.words.index("XXX/C/EXA/CO/1"))
    )
    assert {f"https://undocs.org/{code}/XXX/C/EXA/QPR/1" for code in ("fr", "es")} <= set(page.links())
    assert "https://undocs.org/en/XXX/C/EXA/CO/1" in page.links()
    assert page.words.count("not verified") == 1


def test_it_links_a_document_that_the_site_itself_holds(client, world):
    document(world, kind="next-report", symbol="XXX/C/EXA/2", title="Next report")
    assert "/XXX/C/EXA/2/" not in read(client.get(f"/{SYMBOL}/")).links()
    Report.objects.create(symbol="XXX/C/EXA/2", title="Next report", state_party="Examplia", treaty_body="C")
    assert "/XXX/C/EXA/2/" in read(client.get(f"/{SYMBOL}/")).links()


def test_it_links_the_official_document_and_its_original(client, world):
    Report.objects.update(original_language="Spanish", translations={"es": {"original_language": "español"}})
    content_changed()
    for path in (REPLY, f"/{SYMBOL}/paragraphs/7/", f"/{SYMBOL}/full/", f"/{SYMBOL}/"):
        links = read(client.get(path)).links()
        assert {f"https://undocs.org/en/{SYMBOL}", f"https://undocs.org/es/{SYMBOL}"} <= set(links), path
        note = read(client.get(f"/es{path}"))
        assert f"https://undocs.org/es/{SYMBOL}" in note.links() and "español" in note.words, path
    Report.objects.update(original_language="English")
    content_changed()
    assert f"https://undocs.org/es/{SYMBOL}" not in read(client.get(f"/es{REPLY}")).links()


def test_it_leads_to_the_official_text_of_an_article_that_it_does_not_hold(client, world):
    assert "official text" not in read(client.get("/convention/articles/4/")).words
    Convention.objects.create(acronym="HAT", title="Treaty on Hats", symbol="X/RES/1/2")
    page = read(client.get("/fr/convention/articles/4/"))
    assert "https://undocs.org/fr/X/RES/1/2" in page.links()


def test_it_finds_an_article_by_the_words_of_the_treaty(client, world):
    ConventionArticle.objects.filter(number=4).update(
        terms={"en": ["collective expulsion"], "es": ["expulsión colectiva"]}
    )
    content_changed(names=True)
    groups = client.get("/search/suggest/?q=collective+exp").json()["groups"]
    assert groups[0]["suggestions"][0]["text"] == "Article 4: Leaving a country"
    assert "/convention/articles/4/" in read(client.get("/search/?q=collective+expulsion")).links()
    assert "/es/convention/articles/4/" in read(client.get("/es/search/?q=expulsión+colectiva")).links()
