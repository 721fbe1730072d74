"""What stands beside the pages of the report: parts, annexes, files, cards, and where the text points back."""

import json

import pytest
from django.db import connection

from sections.models import BackReference, Mention
from sections.queries import reports
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import OFFICE, SYMBOL, block, make_world

pytestmark = pytest.mark.django_db


built_world, world = shared_world(make_world)


def test_it_reads_a_part_from_its_first_paragraph_to_its_last(client, world):
    page = read(client.get(f"/{SYMBOL}/parts/1/"))
    assert page.h1 == ["Part I"]
    assert "Paragraphs 1 to 7 of XXX/C/EXA/1" in page.words
    assert [place for place in page.ids() if place.startswith("p") and place[1:].isdigit()] == [
        f"p{number}" for number in range(1, 8)
    ]
    assert page.links(rel="next") == [f"/{SYMBOL}/parts/2/"]


def test_it_cuts_a_long_part_between_replies(world):
    outline = reports.outline(world.report)
    pages = reports.part_pages(outline, outline.headings[0], size=150)
    assert [page.extent for page in pages] == ["1–3", "4", "5–7"]
    assert [heading.section.key for heading in pages[2].headings] == ["part-1/b", "part-1/b/1", "reply-3"]


def test_it_offers_the_parts_there_are(client, world):
    response = client.get(f"/{SYMBOL}/parts/7/")
    assert response.status_code == 404
    assert "XXX/C/EXA/1 has no part 7." in read(response).words
    assert {f"/{SYMBOL}/parts/1/", f"/{SYMBOL}/parts/2/"} <= set(read(response).links())


def test_it_lists_where_each_annex_is_cited(client, world):
    page = read(client.get(f"/{SYMBOL}/annexes/"))
    assert "XXX/C/EXA/1 cites 1 annex. It is not part of this text" in page.words
    assert "Annex 2 Cited in paragraph 4 It was counted once. See annex 2." in page.words
    assert f"/{SYMBOL}/annexes/#annex-2" in read(client.get(f"/{SYMBOL}/paragraphs/4/")).links()


def test_it_gives_a_paragraph_as_text_and_its_citation_for_reference_managers(client, world):
    address = f"http://testserver/{SYMBOL}/paragraphs/4/"
    text = client.get(f"/{SYMBOL}/paragraphs/4.txt")
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert text.content.decode() == (
        "4. It was counted once. See annex 2.\n\nNote 4: Counted in <May> 2015.\n\n"
        f"Third periodic report of Examplia, XXX/C/EXA/1, para. 4.\n{address}\n"
    )
    record = client.get(f"/{SYMBOL}/paragraphs/4.ris")
    assert record["Content-Disposition"] == 'attachment; filename="XXX-C-EXA-1-para-4.ris"'
    assert f"UR  - {address}\r\n" in record.content.decode()
    assert client.get(f"/{SYMBOL}/paragraphs/4.bib").content.startswith(b"@techreport{xxx-c-exa-1-para-4,")


def test_it_gives_a_paragraph_as_the_api_does(client, world):
    beside = client.get(f"/{SYMBOL}/paragraphs/4.json")
    assert json.loads(beside.content) == client.get("/api/v1/paragraphs/4/").json()
    assert client.get(f"/{SYMBOL}/paragraphs/99.json").status_code == 404


@pytest.mark.parametrize("name", ["99.txt", "99999999999999999999.ris", "0.bib"])
def test_it_has_no_file_of_a_paragraph_that_is_not_there(client, world, name):
    assert client.get(f"/{SYMBOL}/paragraphs/{name}").status_code == 404


def test_it_leads_the_files_to_their_canonical_address(client, world):
    response = client.get("/xxx/c/exa/1/paragraphs/004.txt")
    assert (response.status_code, response["Location"]) == (301, f"/{SYMBOL}/paragraphs/4.txt")


def test_it_says_on_a_card_what_the_thing_is_and_how_often_it_is_named(client, world):
    page = read(client.get("/institutions/office-for-travellers/card/"))
    assert page.words == (
        f"Agency or institute · since 2012 {OFFICE} Applies the Act. "
        f"Mentioned in 5 paragraphs of the report Open → {OFFICE}"
    )
    assert client.get("/institutions/nobody/card/").status_code == 404


def _points_back(number, surface, target, reason):
    here = block(number)
    start = here.text.index(surface)
    goal = target and block(target).paragraph
    return BackReference.objects.create(
        block=here, start=start, end=start + len(surface), surface=surface, target=goal, reason=reason
    )


def test_it_leads_from_words_that_point_back_to_what_they_mean(client, world):
    _points_back(9, "described above", 4, "Reply 2 describes it.")
    page = read(client.get(f"/{SYMBOL}/paragraphs/9/"))
    assert page.links(title="Paragraph 4: Reply 2 describes it.") == [f"/{SYMBOL}/paragraphs/4/"]
    assert "Refers to Paragraph 4" in page.words
    assert "Referred to again in Paragraph 9" in read(client.get(f"/{SYMBOL}/paragraphs/4/")).words


def test_it_leaves_open_what_is_not_certain_and_says_why(client, world):
    _points_back(9, "described above", None, "No earlier paragraph speaks of it.")
    page = read(client.get(f"/{SYMBOL}/paragraphs/9/"))
    assert "not identified" in page.words
    assert "“described above”: No earlier paragraph speaks of it." in page.words
    assert page.links(**{"class": "back"}) == []


def test_it_does_not_link_words_that_have_changed(client, world):
    _points_back(9, "described above", 4, "Reply 2 describes it.")
    BackReference.objects.update(start=0, end=15)
    assert read(client.get(f"/{SYMBOL}/paragraphs/9/")).links(**{"class": "back"}) == []


def test_it_narrows_an_entry_to_the_paragraphs_that_name_another(client, world):
    page = read(client.get("/institutions/office-for-travellers/?law=travellers-act"))
    assert "Mentioned in 2 paragraphs of the report together with Travellers Act" in page.words
    assert client.get("/institutions/office-for-travellers/?law=nothing").status_code == 404
    assert Mention.objects.filter(entry=world.act).count() == 2


def test_it_gives_all_of_a_report_in_one_file(client, world, django_assert_max_num_queries):
    assert connection.features.supports_json_field  # what Django asks the database once in each process
    with django_assert_max_num_queries(24):  # for each kind of content, however long the report is
        response = client.get(f"/{SYMBOL}/report.json")
    content = response.json()
    assert response["Content-Disposition"] == 'inline; filename="XXX-C-EXA-1-report.json"'
    assert content["report"]["symbol"] == SYMBOL
    for paragraph in content["paragraphs"]:
        assert paragraph == client.get(f"/api/v1/paragraphs/{paragraph['number']}/").json()
    assert [entry["slug"] for entry in content["entries"]] == [
        "office-for-travellers",
        "travellers-act",
        "open-roads-plan",
    ]
    whole = client.get("/api/v1/laws/travellers-act/").json()
    assert content["entries"][1] == {
        name: value for name, value in whole.items() if name not in {"paragraphs", "nested_paragraphs", "dates"}
    }
    assert content["replies"] == client.get("/api/v1/replies/").json()["results"]
    assert client.get(f"/{SYMBOL.lower()}/report.json").url == f"/{SYMBOL}/report.json"


def test_it_names_the_contact_for_vulnerabilities_only_where_one_is_set(client, settings):
    address = "/.well-known/security.txt"
    assert client.get(address).status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    lines = client.get(address).content.decode().splitlines()
    assert lines[0] == "Contact: mailto:security@example.org"
    assert lines[1].startswith("Expires: 20") and lines[1].endswith("T00:00:00Z")
    assert lines[3] == f"Canonical: http://testserver{address}"
