"""Robots, which follow every link, come to two filters at most; people combine as many as they like in a form."""

from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest

from sections.search.service import FILTERS
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import SYMBOL, make_indexed_world

pytestmark = pytest.mark.django_db

OF_REGISTERS = ("text", "kind", "part", "article", "letter", "sort")


built_world, world = shared_world(make_indexed_world)


def filters(address):
    """The filters that an address sets, as (name, value) pairs."""
    parts = urlsplit(address)
    names = FILTERS if parts.path.endswith("/search/") else OF_REGISTERS
    return [pair for pair in parse_qsl(parts.query) if pair[0] in names]


def walk(client, start, pages=150):
    """The addresses of lists that links lead to from a page, over any number of pages."""
    waiting, seen = [start], {start}
    path = urlsplit(start).path
    while waiting and len(seen) < pages:
        here = waiting.pop(0)
        links = {urljoin(here, link).partition("#")[0] for link in read(client.get(here)).links()}
        new = {link for link in links if urlsplit(link).path == path} - seen
        waiting += sorted(new)
        seen |= new
    return seen


@pytest.mark.parametrize("start", ["/search/?q=travellers", "/search/?article=1", "/institutions/", "/laws/?kind=act"])
def test_no_link_leads_to_more_than_two_filters(client, world, start):
    deepest = max(len(filters(address)) for address in walk(client, start))
    assert deepest == 2


DEEP = "/search/?q=travellers&sort=place&part=3&institution=office-for-travellers&reply=1&page=2"


def boxes(page):
    """Name, value and whether it is checked of each check box."""
    found = page.find(".//nav[@class='facets']//input[@type='checkbox']")
    return [(box.get("name"), box.get("value"), "checked" in box.attrib) for box in found]


def test_it_offers_further_values_in_a_form_that_keeps_the_search(client, world):
    page = read(client.get(DEEP))
    assert page.find(".//nav[@class='facets']//a") == []
    hidden = [(field.get("name"), field.get("value")) for field in page.find(".//nav//input[@type='hidden']")]
    assert hidden == [("q", "travellers"), ("sort", "place")]
    checked = [box[:2] for box in boxes(page) if box[2]]
    assert sorted(checked) == [("institution", "office-for-travellers"), ("part", "3"), ("reply", "1")]
    assert [form.get("action") for form in page.find(".//nav[@class='facets']/form")] == ["/search/"]


def test_its_form_leads_to_what_its_counts_say(client, world):
    page = read(client.get("/search/?q=travellers&part=3&institution=office-for-travellers"))
    items = page.find(".//nav[@class='facets']//li")
    unchecked = [item for item in items if "checked" not in item.find(".//input").attrib]
    assert unchecked
    for item in unchecked:
        box = item.find(".//input")
        more = f"&{box.get('name')}={box.get('value')}"
        shown = read(client.get(f"/search/?q=travellers&part=3&institution=office-for-travellers{more}"))
        assert (box.get("name"), box.get("value"), True) in boxes(shown)


def test_it_links_to_the_removal_of_a_filter_unless_too_many_remain(client, world):
    def chips(address):
        return len(read(client.get(address)).find(".//ul[@class='chips']/li/a"))

    assert chips("/search/?q=a&part=1&part=3&article=1") == 4  # and one that removes all
    assert chips("/search/?q=a&part=1&part=3&article=1&article=4") == 1


def test_it_asks_robots_not_to_follow_filters_and_not_to_list_results(client, world):
    plain, narrowed = (read(client.get(f"/search/?q=travellers{more}")) for more in ("", "&part=3"))
    for page, wanted in ((plain, "noindex"), (narrowed, "noindex, nofollow")):
        assert [attrs["content"] for tag, attrs in page.tags if attrs.get("name") == "robots"] == [wanted]
        facets = page.find(".//nav[@class='facets']//a")
        assert facets and {link.get("rel") for link in facets} == {"nofollow"}


def test_the_letters_of_a_register_are_buttons_where_two_filters_are_set(client, world):
    page = read(client.get("/institutions/?kind=agency&part=3&letter=N"))
    assert [link.get("href") for link in page.find(".//nav[@class='letters']//a")] == ["?kind=agency&part=3"]
    hidden = [(field.get("name"), field.get("value")) for field in page.find(".//nav//input[@type='hidden']")]
    assert hidden == [("kind", "agency"), ("part", "3")]
    buttons = page.find(".//nav[@class='letters']//button")
    assert [(button.get("value"), button.get("aria-current")) for button in buttons if button.get("value")] == [
        ("N", "true")
    ]


def test_robots_are_sent_to_the_complete_download(client, world, django_assert_num_queries):
    with django_assert_num_queries(0):
        lines = client.get("/robots.txt").content.decode().splitlines()
    assert "# http://testserver/report.json" in lines and "Disallow: /*?*&" in lines
    assert client.get("/report.json").url == f"/{SYMBOL}/report.json"
    assert f"/{SYMBOL}/report.json</loc>" in client.get("/sitemap.xml").content.decode()
