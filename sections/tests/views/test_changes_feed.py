"""The Atom feed of the changes, by the rules of RFC 4287 and by an independent parser."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest

from reportsite.licence import Licence
from sections.models import Change, ContentLoad, Note, Paragraph, changing
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import SYMBOL, make_world
from sections.views.changes import PER_PAGE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESS = "/changes/feed/"


built_world, world = shared_world(make_world)


@pytest.fixture
def noted(world):
    """Three changes; the words of the last would vanish or break a feed that took them for HTML."""
    for position, text in enumerate(("As printed.", "Probably 2015.", "<May> & “June”"), 1):
        with changing(reason=text):
            Note.objects.create(paragraph=Paragraph.objects.get(number=4), position=position, text=text)
    return list(Change.objects.order_by("-pk"))


def root(client, address=ADDRESS):
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def texts(element, name):
    return [each.text for each in element.findall(f"{ATOM}{name}")]


def links(element, rel):
    return [each.get("href") for each in element.findall(f"{ATOM}link") if each.get("rel") == rel]


def is_iri(text):
    return bool(urlsplit(text).scheme and urlsplit(text).netloc)


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}?paragraph=4", f"{ADDRESS}?article=5", "/es/changes/feed/"])
def test_it_has_what_the_standard_requires(client, noted, address):
    feed = root(client, address)
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(texts(element, name)) == 1, name
        assert is_iri(texts(element, "id")[0])
        moment = datetime.fromisoformat(texts(element, "updated")[0])
        assert moment.tzinfo is not None
        authors = element.findall(f"{ATOM}author")
        assert authors and all(texts(author, "name")[0] for author in authors)
        assert len(links(element, "alternate")) == 1 and is_iri(links(element, "alternate")[0])
    assert links(feed, "self") == [f"http://testserver{address}"]
    ids = [texts(entry, "id")[0] for entry in entries]
    assert len(set(ids)) == len(ids)
    updated = [texts(entry, "updated")[0] for entry in entries]
    assert updated == sorted(updated, reverse=True)
    assert not updated or texts(feed, "updated") == updated[:1]
    types = {content.get("type") for entry in entries for content in entry.findall(f"{ATOM}content")}
    assert types <= {"text"}
    assert {child.get("type", "text") for each in (feed, *entries) for child in each.findall(f"{ATOM}title")} == {
        "text"
    }


def test_a_parser_of_feeds_reads_every_word(client, noted):
    feed = feedparser.parse(client.get(ADDRESS).content)
    assert not feed.bozo
    assert feed.version == "atom10"
    first = feed.entries[0]
    assert first.title == "An editor wrote a note on paragraph 4."
    assert first.content[0].type == "text/plain"
    assert first.content[0].value == "An editor wrote a note on paragraph 4.\nReason: <May> & “June”"
    assert first.id == first.link == f"http://testserver/changes/{noted[0].pk}/"
    assert first.author == "An editor"


def test_the_address_of_an_entry_is_the_page_of_the_change_and_stays(client, noted):
    before = [entry.id for entry in feedparser.parse(client.get(ADDRESS).content).entries]
    with changing():
        Note.objects.all().delete()
    after = [entry.id for entry in feedparser.parse(client.get(ADDRESS).content).entries]
    assert after[-3:] == before
    assert client.get(urlsplit(before[0]).path).status_code == 200


def test_it_names_the_sites_own_address_owner_and_licence(client, noted, settings):
    settings.SITE_URL = "https://reports.example.org"
    settings.SITE_OWNER, settings.SITE_CONTACT = "Observatory", "mailto:editors@example.org"
    settings.SITE_LICENCE = Licence("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
    feed = root(client)
    (author,) = feed.findall(f"{ATOM}author")
    assert (texts(author, "name"), texts(author, "email")) == (["Observatory"], ["editors@example.org"])
    assert "CC BY 4.0" in texts(feed, "rights")[0]
    assert links(feed, "self") == ["https://reports.example.org/changes/feed/"]
    assert all(entry_id.startswith("https://reports.example.org/changes/") for entry_id in texts_of_ids(feed))


def texts_of_ids(feed):
    return [each.text for each in feed.iter(f"{ATOM}id")]


def test_a_feed_without_changes_is_as_old_as_the_content(client):
    when = datetime(2026, 4, 2, tzinfo=UTC)
    ContentLoad.objects.create(symbol=SYMBOL, way="fixtures", version="0.2", when=when)
    feed = root(client)
    assert feed.findall(f"{ATOM}entry") == []
    assert datetime.fromisoformat(texts(feed, "updated")[0]) == when


def test_longer_feeds_lead_on(client, world):
    for year in range(PER_PAGE + 2):
        with changing():
            world.plan.start_year = 1900 + year
            world.plan.save()
    feed = root(client, f"{ADDRESS}?entry=open-roads-plan")
    (older,) = links(feed, "next")
    rest = root(client, older.removeprefix("http://testserver"))
    assert [len(each.findall(f"{ATOM}entry")) for each in (feed, rest)] == [PER_PAGE, 2]


def test_filters_with_signs_of_addresses_stay_one_filter(client, world):
    with changing() as change:
        world.plan.name = "Roads & Rails + more"
        world.plan.save()
    Change.objects.filter(pk=change.pk).update(when=change.when - timedelta(days=1))
    feed = root(client, f"{ADDRESS}?entry=Roads %26 Rails %2B more")
    assert len(feed.findall(f"{ATOM}entry")) == 1
    assert links(feed, "alternate")[0].endswith("/changes/?entry=programme/open-roads-plan")
