"""Every page that can be reached from the first one, in the invented world."""

from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client

from .pages import read
from .world import make_world

LOADED = {"script": "src", "img": "src", "source": "src", "iframe": "src"}
MOST_PAGES = 400  # the world has far fewer; more means that links lead round in circles


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """Address → page, of all that "/" leads to; every link was followed and led somewhere."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_world()
        found = crawl(Client())
        transaction.set_rollback(True)
    return found


def crawl(client):
    found, waiting, dead = {}, ["/"], []
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        response = client.get(address)
        if response.status_code != 200:
            dead.append((address, response.status_code))
            found[address] = None
            continue
        found[address] = read(response)
        assert len(found) < MOST_PAGES, address
        here = [urldefrag(urljoin(f"http://testserver{address}", link)).url for link in found[address].links()]
        inside = [link.removeprefix("http://testserver") for link in here if link.startswith("http://testserver/")]
        waiting += [link for link in inside if link not in found]
    assert dead == []
    return found


def test_it_reaches_every_kind_of_page(pages):
    expected = {
        "/", "/about/", "/about/fidelity/", "/convention/", "/convention/parts/2/", "/convention/articles/3/",
        "/institutions/", "/laws/", "/programmes/", "/institutions/office-for-travellers/", "/laws/travellers-act/",
        "/programmes/open-roads-plan/", "/XXX/C/EXA/1/", "/XXX/C/EXA/1/full/", "/XXX/C/EXA/1/replies/4/",
        "/XXX/C/EXA/1/paragraphs/9/", "/XXX/C/EXA/1/tables/1/",
    }  # fmt: skip
    assert expected <= set(pages)


def test_it_builds_every_page_alike(pages):
    for address, page in pages.items():
        tags = [tag for tag, _ in page.tags]
        assert len(page.h1) == 1, address
        assert page.h1[0].strip(), address
        assert page.title.endswith(" · Paragraph by Paragraph"), address
        assert {"header", "nav", "main", "footer"} <= set(tags), address
        assert ("html", {"lang": "en-GB"}) in page.tags, address
        assert len(page.ids()) == len(set(page.ids())), address
        described = [attrs for tag, attrs in page.tags if tag == "meta" and attrs.get("name") == "description"]
        assert [bool(each["content"].strip()) for each in described] == [True], address


def test_it_gives_every_page_a_title_of_its_own(pages):
    titles = {}
    for address, page in pages.items():
        titles.setdefault(page.title, set()).add(urlsplit(address).path)
    assert {title: paths for title, paths in titles.items() if len(paths) > 1} == {}


def test_it_names_one_canonical_address(pages):
    for address, page in pages.items():
        named = [attrs["href"] for tag, attrs in page.tags if tag == "link" and attrs.get("rel") == "canonical"]
        assert named == [f"http://testserver{urlsplit(address).path}"], address


def test_it_goes_down_by_one_level_of_heading_at_a_time(pages):
    for address, page in pages.items():
        levels = [int(tag[1]) for tag, _ in page.tags if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}]
        assert levels[0] == 1, address
        assert all(low - high <= 1 for high, low in zip(levels, levels[1:], strict=False)), (address, levels)


def test_it_points_only_at_places_that_are_there(pages):
    for address, page in pages.items():
        for link in page.links():
            target, fragment = urldefrag(urljoin(address, link))
            if fragment and not urlsplit(target).netloc:
                assert fragment in pages[target].ids(), (address, link)


def test_it_loads_nothing_from_elsewhere(pages):
    for address, page in pages.items():
        loaded = [attrs[LOADED[tag]] for tag, attrs in page.tags if tag in LOADED and LOADED[tag] in attrs]
        loaded += [attrs["href"] for tag, attrs in page.tags if tag == "link" and attrs.get("rel") != "canonical"]
        assert [each for each in loaded if not each.startswith("/static/")] == [], address


@pytest.mark.django_db
def test_it_sets_no_cookie(client):
    make_world()
    for address in ("/", "/about/", "/convention/", "/institutions/", "/XXX/C/EXA/1/paragraphs/1/"):
        assert dict(client.get(address).cookies) == {}, address
