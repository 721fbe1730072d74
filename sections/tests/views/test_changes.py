"""The public record of changes: plain words, a feed, names only if the site is set so; notes beside paragraphs."""

import pytest
from django.contrib.auth.models import User

from sections.editing.review import set_review
from sections.models import Mention, Name, Note, Paragraph, Review, changing
from sections.tests.support.desk import words
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db


built_world, world = shared_world(make_world)


@pytest.fixture
def changed(world):
    ana = User.objects.create(username="ana")
    with changing(reason="As paragraph 7 says.", user=ana) as change:
        world.plan.description = "Opens new roads."
        world.plan.save()
        Name.objects.create(entry=world.plan, text="the Roads Plan")
    return change


def test_it_says_when_nothing_was_changed(client, world):
    assert "Nothing has been changed since the content was loaded." in words(client.get("/changes/"))


def test_it_describes_a_change_without_its_author(client, changed):
    page_words = words(client.get("/changes/"))
    assert "Open Roads Plan" in page_words
    assert "As paragraph 7 says." in page_words
    assert "Programme “Open Roads Plan” changed Description After: Opens new roads." in page_words
    assert "Name “the Roads Plan” added" in page_words
    assert "ana" not in page_words.split("Changes What the editors")[1].replace("plan", "")


def test_it_names_the_author_if_the_site_is_set_so(client, changed, settings):
    settings.CHANGES_NAME_EDITORS = True
    assert "edited by ana" in words(client.get("/changes/"))
    assert "<name>ana</name>" in client.get("/changes/feed/").content.decode()


def test_it_gives_the_same_as_an_atom_feed(client, changed):
    feed = client.get("/changes/feed/")
    assert feed.headers["Content-Type"].startswith("application/atom+xml")
    text = feed.content.decode()
    assert "<title>Open Roads Plan: edited</title>" in text
    assert "As paragraph 7 says. Programme “Open Roads Plan” changed. Name “the Roads Plan” added." in text
    assert "ana" not in text


def test_it_joins_links_that_were_decided_alike(client, world):
    keys = Mention.objects.filter(entry=world.act).values_list("pk", flat=True)
    set_review(Mention, list(keys), Review.CONFIRMED)
    assert "2 links from “Travellers Act” to Travellers Act confirmed in paragraphs 1, 7" in words(
        client.get("/changes/")
    )


def test_it_needs_no_more_queries_for_more_changes(client, world, django_assert_max_num_queries):
    for number in range(12):
        with changing():
            world.plan.start_year = 2000 + number
            world.plan.save()
    with django_assert_max_num_queries(30):
        assert client.get("/changes/").status_code == 200


def test_it_needs_no_cookie_and_varies_by_none(client, changed):
    for address in ("/changes/", "/changes/feed/"):
        answer = client.get(address)
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_it_shows_a_note_beside_the_paragraph_as_the_editors(client, world):
    paragraph = Paragraph.objects.get(number=4)
    Note.objects.create(paragraph=paragraph, quote="counted once", text="As printed; <probably> twice.")
    for address in ("/XXX/C/EXA/1/paragraphs/4/", "/XXX/C/EXA/1/replies/2/", "/XXX/C/EXA/1/full/"):
        assert "Editors’ note. “ counted once ”: As printed; <probably> twice." in words(client.get(address)), address


def test_it_hides_the_link_to_the_desk_on_pages_that_are_the_same_for_all(client, world):
    text = client.get(world.plan.get_absolute_url()).content.decode()
    assert f'hidden><a href="/admin/sections/programme/{world.plan.pk}/change/"' in text


def test_it_says_how_many_lines_of_a_long_change_it_shows(client, world):
    with changing():
        for number in range(20):
            Name.objects.create(entry=world.plan, text=f"Plan {number}")
    page_words = words(client.get("/changes/"))
    assert "The first 12 of 20 lines are shown." in page_words
    assert ("“Plan 11” added" in page_words, "“Plan 12” added" in page_words) == (True, False)
