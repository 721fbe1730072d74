"""Who answers for the site: in the footer, on About and to programs; and what it says when nobody is named."""

from datetime import UTC, datetime

import pytest
from django.core.checks import run_checks

from reportsite.licence import Licence
from sections.models import Change, ContentLoad, changing
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import SYMBOL, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
PAGES = [
    "/",
    "/about/",
    f"/{SYMBOL}/paragraphs/1/",
    "/laws/",
    "/accessibility/",
    "/no-such-page/",
    "/reports/",
    "/changes/",
]


built_world, world = shared_world(make_world)


@pytest.fixture
def named(settings):
    settings.SITE_OWNER = "Observatory <of> Migrants"
    settings.SITE_CONTACT = "mailto:editors@example.org"
    settings.SITE_LICENCE = Licence("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")


@pytest.mark.parametrize("address", PAGES)
def test_every_page_names_owner_contact_and_licence(client, named, address):
    page = read(client.get(address))
    assert "Run by Observatory <of> Migrants" in page.words
    assert {"mailto:editors@example.org", "/accessibility/"} <= set(page.links())
    assert page.links(rel="license") == ["https://creativecommons.org/licenses/by/4.0/"] * (1 + (address == "/about/"))


@pytest.mark.parametrize("address", PAGES)
def test_every_page_leads_to_the_report(client, address):
    (navigation,) = read(client.get(address)).find(".//nav[@aria-label='Site']")
    (report,) = [link.get("href") for link in navigation.iter("a") if link.text == "Report"]
    assert client.get(report, follow=True).redirect_chain in ([], [(f"/{SYMBOL}/", 302)])
    assert client.get(report, follow=True).status_code == 200


def test_about_says_who_runs_the_site(client, named):
    words = read(client.get("/about/")).words
    assert "Observatory <of> Migrants runs this site. Contact: editors@example.org" in words
    assert "under the licence CC BY 4.0" in words


def test_about_says_plainly_that_nobody_is_named(client):
    words = read(client.get("/about/")).words
    assert "The operator of this site has not stated who runs it. No contact address is stated." in words
    assert "No licence is stated" in words
    assert "Who runs this site" in read(client.get("/laws/")).words


def test_about_says_how_current_the_content_is(client, world, settings):
    words = read(client.get("/about/")).words
    assert "Content loaded The date was not recorded." in words
    assert "None since the content was loaded" in words
    for way, day in (("import", datetime(2026, 3, 1, tzinfo=UTC)), ("fixtures", datetime(2026, 4, 2, tzinfo=UTC))):
        ContentLoad.objects.create(symbol=SYMBOL, way=way, version="0.2", when=day)
    with changing(Change.Kind.LINK):
        world.act.description = "By rule."
        world.act.save()
    with changing() as change:
        world.plan.description = "By hand."
        world.plan.save()
    with changing(Change.Kind.LINK):
        world.act.description = "By rule again."
        world.act.save()
    page = read(client.get("/about/"))
    assert f"Content loaded 2 April 2026, {SYMBOL}, from the files of this project" in page.words
    assert "1 March 2026" not in page.words
    assert f"/changes/{change.pk}/" in page.links()
    assert f"Version of the software {settings.VERSION}" in page.words


def test_a_site_on_the_internet_that_names_nobody_is_warned(settings, named):
    def warned(**more):
        return [
            message.id
            for message in run_checks(**more)
            if message.id in ("reports.W014", "reports.W015", "reports.W016")
        ]

    assert warned(include_deployment_checks=True) == []
    settings.SITE_OWNER = settings.SITE_CONTACT = ""
    settings.SITE_LICENCE = None
    assert warned(include_deployment_checks=True) == ["reports.W014", "reports.W015", "reports.W016"]
    assert warned() == []


def test_the_accessibility_statement_says_what_is_not_known_and_whom_to_tell(client, named):
    page = read(client.get("/accessibility/"))
    assert page.h1 == ["Accessibility statement"]
    assert "No person who uses a screen reader every day has tested this site yet." in page.words
    assert {"/report-an-error/?about=/accessibility/", "mailto:editors@example.org"} <= set(page.links())


def test_it_asks_no_database_for_the_accessibility_statement(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/accessibility/")
