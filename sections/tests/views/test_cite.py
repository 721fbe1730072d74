"""The cite control of pages, and what their heads tell other programs."""

import pytest

from sections.citing import FORMATS, STYLES
from sections.tests.support.pages import read, words
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import SYMBOL, make_world

pytestmark = pytest.mark.django_db

PLACES = [f"/{SYMBOL}/{name}" for name in ("", "full/", "parts/1/", "replies/3/", "paragraphs/4/", "paragraphs/5-7/")]
PLACES.append(f"/{SYMBOL}/tables/1/")
PAGES = ["/convention/articles/4/", "/institutions/office-for-travellers/", "/laws/travellers-act/"]


built_world, world = shared_world(make_world)


def metadata(page, attribute="name"):
    return {tag[attribute]: tag["content"] for name, tag in page.tags if name == "meta" and attribute in tag}


@pytest.mark.parametrize("address", [*PLACES, *PAGES])
def test_every_page_is_cited_in_every_style_and_format(client, world, address):
    page = read(client.get(address))
    (control,) = page.find(".//section[@id='cite']")
    styles = [row.get("data-style") for row in control.iter("span") if row.get("data-style")]
    assert styles[: len(STYLES)] == list(STYLES)
    links = [
        tag["href"] for name, tag in page.tags if name == "link" and tag.get("title") in ("RIS", "BibTeX", "CSL-JSON")
    ]
    assert [link.partition(".")[2] for link in links] == list(FORMATS)
    for link in links:
        assert link in page.links()
        assert client.get(link).status_code == 200


def test_reference_managers_find_a_report_on_the_page_of_a_paragraph(client, world):
    page = read(client.get(f"/{SYMBOL}/paragraphs/4/"))
    tags = {name: content for name, content in metadata(page).items() if name.startswith("citation_")}
    assert tags == {
        "citation_title": "Third periodic report of Examplia",
        "citation_author": "Examplia",
        "citation_publication_date": "2017/06/14",
        "citation_technical_report_institution": "United Nations, Committee on Travellers",
        "citation_technical_report_number": SYMBOL,
        "citation_firstpage": "para. 4",
        "citation_language": "en",
        "citation_public_url": f"http://testserver/{SYMBOL}/paragraphs/4/",
    }


@pytest.mark.parametrize(
    "address", ["/", "/about/", "/search/?q=office", "/laws/", f"/es/{SYMBOL}/", "/fr/no-such-page/"]
)
def test_every_page_tells_messengers_what_it_is(client, world, address):
    page = read(client.get(address))
    tags = metadata(page, "property")
    title = " ".join(page.title.split()).removesuffix(" · Paragraph by Paragraph")
    assert " ".join(tags["og:title"].split()) == title
    assert tags["og:description"] == metadata(page)["description"]
    assert tags["og:url"] == f"http://testserver{address.partition('?')[0]}"
    assert (tags["og:type"], tags["og:site_name"]) == (
        "article" if SYMBOL in address else "website",
        "Paragraph by Paragraph",
    )
    assert tags["og:locale"] == {"es": "es_ES", "fr": "fr_FR"}.get(address[1:3], "en_GB")


def test_a_spanish_page_is_cited_in_spanish_and_so_are_its_files(client, world):
    world.report.translations = {
        "es": {
            "title": "Tercer informe periódico de Ejemplia",
            "state_party": "Ejemplia",
            "treaty_body": "Comité de Viajeros",
        }
    }
    world.report.save()
    (control,) = read(client.get(f"/es/{SYMBOL}/paragraphs/4/")).find(".//section[@id='cite']")
    assert "Tercer informe periódico de Ejemplia, XXX/C/EXA/1, párr. 4." in words(control)
    assert "Third" not in words(control)
    record = client.get(f"/es/{SYMBOL}/paragraphs/4.ris").content.decode()
    assert "TI  - Tercer informe periódico de Ejemplia\r\n" in record
    assert f"UR  - http://testserver/es/{SYMBOL}/paragraphs/4/\r\n" in record


def test_every_sheet_of_paper_names_the_state_the_symbol_and_the_address(client, world):
    root = dict(read(client.get(f"/{SYMBOL}/replies/3/")).tags)["html"]
    assert root["data-sheet-head"] == "Examplia · XXX/C/EXA/1 · Paragraph by Paragraph"
    assert root["data-sheet-address"] == f"http://testserver/{SYMBOL}/replies/3/"
