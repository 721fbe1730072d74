"""Pages of a search in all reports, the choice of a report in the search box, and the list of reports."""

import re

import pytest

from sections.models import Report
from sections.search.service import rebuild
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import SYMBOL, make_other_report, make_world

pytestmark = pytest.mark.django_db

OTHER = "XXX/C/OTH/1"


def build_world():
    made = make_world()
    Report.objects.update(is_default=True)
    made.other = make_other_report()
    rebuild()
    return made


built_world, world = shared_world(build_world)


def choices(client, address):
    """The values that the search box of a page offers for the report."""
    _, _, form = client.get(address).content.decode().partition('<select name="report"')
    form = form.partition("</select>")[0]
    return [part.partition('"')[0] for part in form.split('value="')[1:]]


def test_each_hit_names_its_report_and_leads_to_it(client, world):
    page = read(client.get("/search/", {"q": "budget", "report": "all"}))
    assert f"Otherland, {OTHER}, para. 1" in page.words
    assert f"Examplia, {SYMBOL}, para. 3" in page.words
    assert {f"/{OTHER}/", f"/{SYMBOL}/"} <= set(page.links())
    links = [link for link in page.links() if link.startswith(f"/{OTHER}/paragraphs/1/")]
    assert links == [f"/{OTHER}/paragraphs/1/?q=budget&report=all"]
    body = client.get("/search/", {"q": "budget", "report": "all"}).content.decode()
    assert f'id="hit-{OTHER.replace("/", "-")}-1"' in body


def test_the_facet_of_reports_leads_to_the_search_in_one(client, world):
    page = read(client.get("/search/", {"q": "budget", "report": "all", "part": "3"}))
    assert "Report" in page.words and f"?q=budget&part=3&report={OTHER.replace('/', '%2F')}" in page.links()


def test_a_hit_leads_on_to_the_next_in_another_report(client, world):
    page = read(client.get(f"/{OTHER}/paragraphs/1/", {"q": "budget", "report": "all", "sort": "place"}))
    assert "Hit 2 of 3 for “budget”" in page.words
    assert f"/{SYMBOL}/paragraphs/3/?q=budget&sort=place&report=all" in page.links()
    assert f"/search/?q=budget&sort=place&report=all#hit-{OTHER.replace('/', '-')}-1" in page.links()


def test_a_citation_with_its_symbol_leads_straight_there(client, world):
    answer = client.get("/search/", {"q": f"{OTHER}, para. 2", "report": "all", "go": "1"})
    assert (answer.status_code, answer.url) == (302, f"/{OTHER}/paragraphs/2/")


def test_the_search_box_offers_a_choice_where_several_reports_are_stored(client, world):
    assert choices(client, "/search/?q=budget") == [SYMBOL, "all"]
    assert choices(client, f"/search/?q=budget&report={OTHER}") == [OTHER, "all"]
    assert choices(client, "/search/?q=budget&report=all") == ["all", SYMBOL]
    assert choices(client, "/search/?report=all") == ["all", SYMBOL]
    assert choices(client, "/changes/") == ["all", SYMBOL]
    assert choices(client, f"/{OTHER}/paragraphs/1/") == [OTHER, "all"]
    assert choices(client, f"/{SYMBOL}/paragraphs/1/") == []
    world.other.delete()
    for address in ("/search/?q=budget", "/search/", "/changes/"):
        assert choices(client, address) == []


def test_a_search_without_hits_in_all_reports_leads_on(client, world):
    page = read(client.get("/search/", {"q": "xylophone budget", "report": "all", "part": "1"}))
    assert "“xylophone” does not occur in any report." in page.words
    assert any("report=all" in link for link in page.links())


def test_suggestions_stay_in_what_is_searched(client, world):
    answer = client.get("/search/suggest/", {"q": "gro", "report": "all"}).json()
    (suggestion,) = answer["groups"][0]["suggestions"]
    assert (suggestion["text"], suggestion["url"]) == ("grow", "/search/?q=grow&report=all")
    assert client.get("/search/suggest/", {"q": "gro"}).json()["groups"] == []


def test_the_sitemap_has_a_file_for_each_report(client, world, django_assert_num_queries):
    index = client.get("/sitemap.xml").content.decode()
    files = re.findall(r"<loc>http://testserver([^<]+)</loc>", index)
    assert files == ["/sitemap-site.xml", f"/{SYMBOL}/sitemap.xml", f"/{OTHER}/sitemap.xml"]
    listed = {file: re.findall(r"<loc>([^<]+)</loc>", client.get(file).content.decode()) for file in files}
    assert f"http://testserver/{OTHER}/paragraphs/3/" in listed[files[2]]
    assert {address.count(SYMBOL) for address in listed[files[1]]} == {1}
    assert "http://testserver/reports/" in listed[files[0]]
    everything = [address for addresses in listed.values() for address in addresses]
    assert len(everything) == len(set(everything))
    assert all(client.get(address.removeprefix("http://testserver")).status_code == 200 for address in everything)
    with django_assert_num_queries(4):
        client.get(files[1])


def test_the_reports_are_listed_with_their_state_parties(client, world):
    page = read(client.get("/reports/"))
    assert "This site contains 2 reports." in page.words
    assert {f"/{SYMBOL}/", f"/{OTHER}/", "/search/?report=all", "?state_party=Otherland"} <= set(page.links())
    one = read(client.get("/reports/", {"state_party": "Otherland"}))
    assert "This site contains 1 report." in one.words and f"/{SYMBOL}/" not in one.links()
    assert (
        "This site contains no report of that State party"
        in read(client.get("/reports/", {"state_party": "Nowhere"})).words
    )


def test_very_many_reports_are_reached_by_state_party_and_page_by_page(client, world, django_assert_max_num_queries):
    states = [f"State {number % 7}" for number in range(850)]
    Report.objects.bulk_create(
        Report(symbol=f"YYY/C/S{number % 7}/{number}", title="A report", state_party=state, treaty_body="Body")
        for number, state in enumerate(states)
    )
    page = read(client.get("/reports/"))
    assert "This site contains 852 reports." in page.words
    assert not [link for link in page.links() if link.startswith("/YYY/")]
    seen, address = [], "/reports/?state_party=State+3"
    while address:
        with django_assert_max_num_queries(4):
            page = read(client.get(address))
        seen += [link for link in page.links() if link.startswith("/YYY/C/S3/")]
        further = [link for link in page.links() if link.startswith("?") and "after=YYY" in link]
        address = f"/reports/{further[0]}" if further and len(seen) < 1_000 else ""
    assert len(seen) == len(set(seen)) == states.count("State 3")
