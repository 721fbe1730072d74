"""The first page of the desk, and what editors watch."""

from datetime import timedelta

import feedparser
import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone

from sections.editing.delete import delete_entry
from sections.models import Change, ErrorReport, Preferences, Upload, Watch, changing
from sections.tests.support.desk import words
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db
built_world, world = shared_world(make_world)


def person(name, group="editors"):
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def ana(client, world):
    user = person("ana")
    client.force_login(user)
    return user


def change_plan(world, user, year):
    with changing(user=user) as change:
        world.plan.start_year = year
        world.plan.save()
    return change


def report_error(state="open", **more):
    number = ErrorReport.objects.count()
    return ErrorReport.objects.create(
        text="A wrong number.",
        language="en",
        form=str(number),
        content=str(number),
        state=state,
        place="Para. 4",
        **more,
    )


def test_it_says_what_waits(client, ana):
    report_error()
    report_error("closed")
    Upload.objects.create(user=ana, sheet="names", name="names.csv", text="x")
    Upload.objects.create(user=person("eva"), sheet="names", name="of-eva.csv", text="x")
    said = words(client.get("/admin/"))
    assert "8 links from names not yet reviewed" in said and "3 links to articles not yet reviewed" in said
    assert "1 open error report" in said and "Para. 4 : A wrong number." in said
    assert "Your upload names.csv, which is not confirmed" in said and "of-eva.csv" not in said


def test_it_tells_with_names_what_everybody_did_since_yesterday_and_not_before(client, ana, world):
    eva = person("eva")
    old = change_plan(world, eva, 1998)
    Change.objects.filter(pk=old.pk).update(when=timezone.now() - timedelta(days=3))
    change_plan(world, eva, 1999)
    with changing("load"):
        world.plan.start_year = 2000
        world.plan.save()
    page = read(client.get("/admin/"))
    assert "eva" in page.words and "1 action" in page.words and "eva changed the entry “Open Roads Plan”." in page.words
    assert f"/admin/activity/{old.pk}/" not in page.links() and "The software" not in page.words


def test_it_offers_the_undo_of_ones_own_last_actions(client, ana, world):
    change = change_plan(world, ana, 1999)
    page = read(client.get("/admin/"))
    address = f"/admin/my-actions/{change.pk}/undo/?next=/admin/"
    assert address in page.links()
    answer = client.post(address, {"_do": "1", "next": "/admin/"})
    assert answer.url == "/admin/" and "(undone )" in words(client.get("/admin/")).replace("(undone)", "(undone )")


def test_a_reviewer_sees_what_she_may_do_and_nothing_else(client, world):
    rita = person("rita", "reviewers")
    client.force_login(rita)
    change_plan(world, person("eva"), 1999)
    report_error()
    page = read(client.get("/admin/"))
    assert "links from names not yet reviewed" in page.words
    for hidden in ("What everybody did", "error report", "Institutions", "Deleted records", "Logins", "OTP"):
        assert hidden not in page.words
    for link in {link for link in page.links() if link.startswith("/admin/")}:
        assert client.get(link).status_code == 200, link


def test_every_link_of_the_first_page_opens_for_an_administrator(client, world):
    client.force_login(person("mona", "administrators"))
    report_error()
    for link in {link for link in read(client.get("/admin/")).links() if link.startswith("/admin/")}:
        assert client.get(link).status_code == 200, link


def watch(client, record, kind="entry", how="yes"):
    return client.post(f"/admin/watched/{kind}/{record.pk}/", {"watch": how})


def test_what_others_change_in_a_watched_entry_stands_on_the_first_page_until_it_was_seen(client, ana, world):
    eva = person("eva")
    change_plan(world, eva, 1998)
    assert watch(client, world.plan).url == f"/admin/sections/programme/{world.plan.pk}/change/"
    assert "Changed in what you watch" not in words(client.get("/admin/"))
    change_plan(world, eva, 1999)
    change_plan(world, ana, 2000)
    said = words(client.get("/admin/"))
    part = said.partition("Changed in what you watch")[2].partition("I have seen these")[0]
    assert part.count("eva changed the entry “Open Roads Plan”.") == 1 and "ana changed" not in part
    client.post("/admin/watched/", {"action": "seen"})
    assert "Changed in what you watch" not in words(client.get("/admin/"))
    watch(client, world.plan, how="no")
    assert not Watch.objects.exists()


def test_a_watched_paragraph_and_a_deletion_are_told_too(client, ana, world):
    paragraph = world.report.paragraphs.get(number=7)
    watch(client, paragraph, "paragraph")
    watch(client, world.office)
    delete_entry(world.plan, "Never was.", person("eva"))
    said = words(client.get("/admin/")).partition("Changed in what you watch")[2]
    assert "Open Roads Plan" in said.partition("What you did last")[0]
    page = read(client.get("/admin/watched/"))
    assert "XXX/C/EXA/1, para. 7" in page.words and "National Office for Travellers" in page.words


def test_the_button_is_on_the_page_of_the_record(client, ana, world):
    address = f"/admin/sections/programme/{world.plan.pk}/change/"
    assert "Watch" in words(client.get(address)) and "End watching" not in words(client.get(address))
    watch(client, world.plan)
    assert "End watching" in words(client.get(address))


@pytest.mark.parametrize("address", ["entry/4711/", "law/1/", "entry/99999999999999999999/"])
def test_nobody_watches_what_is_not_there(client, ana, address):
    assert client.post(f"/admin/watched/{address}").status_code == 404
    assert not Watch.objects.exists()


def test_the_feed_is_found_by_its_secret_alone_and_ends_with_it(client, ana, world):
    watch(client, world.plan)
    client.post("/admin/watched/", {"action": "feed"})
    token = Preferences.objects.get(user=ana).feed_token
    change = change_plan(world, person("eva"), 1999)
    stranger = type(client)()
    feed = stranger.get(f"/admin/watched-feed/{token}/")
    (entry,) = feedparser.parse(feed.content).entries
    assert (entry.title, entry.link.partition("/admin/")[2]) == (
        "eva changed the entry “Open Roads Plan”.",
        f"activity/{change.pk}/",
    )
    for guess in (token[:-1], "x" * 43, token + "x"):
        assert stranger.get(f"/admin/watched-feed/{guess}/").status_code == 404
    client.post("/admin/watched/", {"action": "feed"})
    assert stranger.get(f"/admin/watched-feed/{token}/").status_code == 404
    token = Preferences.objects.get(user=ana).feed_token
    User.objects.filter(pk=ana.pk).update(is_active=False)
    assert stranger.get(f"/admin/watched-feed/{token}/").status_code == 404


def test_the_first_page_asks_the_database_no_more_for_many_actions(client, ana, world, django_assert_max_num_queries):
    eva = person("eva")
    for year in range(1950, 1965):
        change_plan(world, eva, year)
    client.get("/admin/")
    with django_assert_max_num_queries(220):
        client.get("/admin/")


def test_browsers_find_the_icon(client):
    answer = client.get("/favicon.ico")
    assert (answer.status_code, "favicon" in answer.url) == (302, True)


@pytest.mark.parametrize(("group", "does"), [("editors", "edits"), ("reviewers", "reviews")])
def test_it_tells_the_browser_which_links_to_the_desk_the_pages_of_the_site_shall_show(client, world, group, does):
    client.force_login(person("rita", group))
    assert f'data-does="{does}"' in client.get("/admin/").content.decode()
    page = client.get("/XXX/C/EXA/1/paragraphs/7/").content.decode()
    assert page.count('class="edit-here review-here" hidden') > page.count('class="edit-here" hidden') > 0
