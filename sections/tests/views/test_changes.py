"""The public record of changes: plain words, names only if the site is set so; notes beside paragraphs."""

from datetime import UTC, datetime

import feedparser
import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from sections.editing.review import set_review
from sections.models import (
    ArticleLink,
    Change,
    Mention,
    Name,
    Note,
    Paragraph,
    Programme,
    Relation,
    Review,
    ShortForm,
    Synonym,
    changing,
    tracked_models,
)
from sections.tests.support.desk import words
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_other_report, make_world
from sections.views.changes import PER_PAGE

pytestmark = pytest.mark.django_db


built_world, world = shared_world(make_world)


def note(number):
    return Note.objects.create(paragraph=Paragraph.objects.get(number=number), text="As printed.")


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
    assert "An editor made 2 changes: Open Roads Plan." in page_words
    assert "An editor changed the entry “Open Roads Plan”. In one line After: Opens new roads." in page_words
    assert "An editor added the name “the Roads Plan” to the entry “Open Roads Plan”." in page_words
    assert "ana" not in page_words.split()


def test_it_names_the_author_if_the_site_is_set_so(client, changed, settings):
    settings.CHANGES_NAME_EDITORS = True
    assert "ana made 2 changes: Open Roads Plan." in words(client.get("/changes/"))
    assert "<name>ana</name>" in client.get("/changes/feed/").content.decode()


def test_it_joins_links_that_were_decided_alike(client, world):
    keys = Mention.objects.filter(entry=world.act).values_list("pk", flat=True)
    set_review(Mention, list(keys), Review.CONFIRMED)
    assert (
        "An editor confirmed the links of “Travellers Act” to the entry “Travellers Act” in paragraphs 1, 7."
        in words(client.get("/changes/"))
    )


def test_it_needs_no_more_queries_for_more_changes(client, world, django_assert_max_num_queries):
    for number in range(12):
        with changing():
            world.plan.start_year = 2000 + number
            world.plan.save()
    with django_assert_max_num_queries(len(tracked_models()) + 9):  # one for each kind of record
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


def test_it_says_who_did_what_to_which_link(client, world):
    link = ArticleLink.objects.get(paragraph__number=1)
    set_review(ArticleLink, [link.pk], Review.CONFIRMED)
    page = read(client.get("/changes/"))
    assert "An editor confirmed the link of paragraph 1 to article 1." in page.words
    assert {"/XXX/C/EXA/1/paragraphs/1/", "/convention/articles/1/"} <= set(page.links())


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda world: world.plan.delete(), "An editor deleted the entry “Open Roads Plan”."),
        (lambda world: Synonym.objects.create(term="kids", says="children"), "An editor added “kids” to the thesaurus"),
        (lambda world: Relation.objects.first().delete(), "An editor deleted a relation: “National Office"),
        (lambda world: note(1), "An editor wrote a note on paragraph 1."),
        (
            lambda world: ShortForm.objects.first().delete(),
            "An editor deleted the short form “The Office” of the entry",
        ),
    ],
)
def test_it_has_a_sentence_for_each_kind_of_record(client, world, act, sentence):
    with changing():
        act(world)
    assert sentence in words(client.get("/changes/"))


def test_it_says_that_the_software_did_what_no_person_did(client, world):
    with changing(Change.Kind.LINK):
        Mention.objects.filter(surface="The Office").first().delete()
    assert "The software deleted the link of “The Office” to the entry “National Office" in words(
        client.get("/changes/")
    )


def test_a_change_has_a_page_of_its_own_with_what_was_before_and_after(client, changed):
    with changing():
        plan = Programme.objects.get()
        plan.description = "Opens old roads."
        plan.save()
    later = Change.objects.order_by("pk").last()
    page = read(client.get(f"/changes/{later.pk}/"))
    assert page.h1 == ["An editor changed the entry “Open Roads Plan”."]
    assert "Before: Opens new roads. After: Opens old roads." in page.words
    assert {plan.get_absolute_url(), f"/changes/{changed.pk}/"} <= set(page.links())
    assert f"/changes/{later.pk}/" in read(client.get("/changes/")).links()


@pytest.mark.parametrize("number", ["0", "4000000", "9" * 40])
def test_a_change_that_there_never_was_is_not_found(client, world, number):
    assert client.get(f"/changes/{number}/").status_code == 404


@pytest.fixture
def three(world):
    """A change of the plan, one of a link of paragraph 5 to article 4, and one of a mention in paragraph 3."""
    with changing() as plan:
        world.plan.start_year = 2001
        world.plan.save()
    set_review(ArticleLink, [ArticleLink.objects.get(paragraph__number=5).pk], Review.REJECTED)
    set_review(Mention, [Mention.objects.get(block__paragraph__number=3).pk], Review.REJECTED)
    (article, mention) = Change.objects.filter(pk__gt=plan.pk).order_by("pk")
    for change, when in ((plan, "2026-08-03"), (article, "2026-09-30T23:59:59"), (mention, "2026-10-01")):
        moment = datetime.fromisoformat(when).replace(tzinfo=UTC)
        Change.objects.filter(pk=change.pk).update(when=moment)
    return {"plan": plan.pk, "article": article.pk, "mention": mention.pk}


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"plan", "article", "mention"}),
        ("entry=open-roads-plan", {"plan"}),
        ("entry=open roads plan", {"plan"}),
        ("entry=programme/open-roads-plan", {"plan"}),
        ("entry=NOT", {"mention"}),
        ("article=4", {"article"}),
        ("article=6", set()),
        ("paragraph=5", {"article"}),
        ("paragraph=3", {"mention"}),
        ("month=2026-09", {"article"}),
        ("month=2026-10", {"mention"}),
        ("since=2026-09-01", {"article", "mention"}),
        ("since=2026-09-01&month=2026-09", {"article"}),
        ("paragraph=5&article=4&month=2026-08", set()),
    ],
)
def test_it_shows_the_changes_of_an_entry_an_article_a_paragraph_or_a_time(client, three, query, shown):
    page = read(client.get(f"/changes/?{query}"))
    assert {name for name, key in three.items() if f"change-{key}" in page.ids()} == shown
    feed = feedparser.parse(client.get(f"/changes/feed/?{query}").content)
    assert {entry.link.rsplit("/", 2)[1] for entry in feed.entries} == {str(three[name]) for name in shown}


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("entry=Nobody", "No entry has this name."),
        ("article=99", "The Convention has no article with this number."),
        ("paragraph=223", "The report has no paragraph with this number."),
        ("paragraph=²", "Enter a whole number."),
        ("month=2026-13", "Write a month as year and number, for example 2026-11."),
        ("month=lately", "Write a month as year and number, for example 2026-11."),
        ("entry=%00", "Null characters are not allowed."),
    ],
)
def test_it_says_why_a_filter_was_left_out(client, three, query, fault):
    answer = client.get(f"/changes/?{query}")
    assert (answer.status_code, f"{fault} This filter was left out." in words(answer)) == (200, True)
    assert len([name for name in read(answer).ids() if name.startswith("change-")]) == 3


@pytest.mark.parametrize(
    "query", ["since=0001-01-01", "since=9999-12-31", "month=9999-12", "month=0001-01", "before=9"]
)
def test_it_bears_every_time(client, three, query):
    assert client.get(f"/changes/?{query}").status_code == 200
    assert client.get(f"/changes/feed/?{query}").status_code == 200


def test_one_link_shows_what_changed_since_last_month_and_leads_to_an_address_that_stays_right(
    client, three, monkeypatch
):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 10, 31, 12, tzinfo=UTC))
    (address,) = [link for link in read(client.get("/changes/")).links() if "last-month" in link]
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/changes/?since=2026-09-01")


def test_pages_follow_one_another_within_the_filters(client, world):
    for year in range(PER_PAGE + 5):
        with changing():
            world.plan.start_year = 1900 + year
            world.plan.save()
    first = read(client.get("/changes/?entry=open-roads-plan"))
    (older,) = first.links(rel="next")
    second = read(client.get(f"/changes/{older}"))
    assert "entry=open-roads-plan" in older
    listed = [[name for name in page.ids() if name.startswith("change-")] for page in (first, second)]
    assert (len(listed[0]), len(listed[1]), len(set(listed[0] + listed[1]))) == (PER_PAGE, 5, PER_PAGE + 5)
    assert "35 changes" in first.words


def test_paragraphs_of_another_report_are_named_with_it(client, world):
    other = make_other_report()
    with changing() as change:
        Note.objects.create(paragraph=Paragraph.objects.get(report=other, number=1), text="As printed.")
    page = read(client.get(f"/{other.symbol}/paragraphs/1/"))
    (address,) = [link for link in page.links() if link.startswith("/changes/?")]
    assert f"change-{change.pk}" in read(client.get(address)).ids()
    assert f"change-{change.pk}" not in read(client.get("/changes/?paragraph=1")).ids()
    assert "XXX/C/OTH/1, Paragraph 1" in read(client.get("/changes/")).words


@pytest.mark.parametrize(
    "address", ["/programmes/open-roads-plan/", "/convention/articles/4/", "/XXX/C/EXA/1/paragraphs/5/"]
)
def test_pages_lead_to_their_changes(client, three, address):
    (changes_of,) = [link for link in read(client.get(address)).links() if link.startswith("/changes/?")]
    answer = read(client.get(changes_of))
    assert "Only:" in answer.words
    assert len([name for name in answer.ids() if name.startswith("change-")]) == 1


def test_it_hides_the_link_to_the_desk_on_pages_that_are_the_same_for_all(client, world):
    text = client.get(world.plan.get_absolute_url()).content.decode()
    assert f'hidden><a href="/admin/sections/programme/{world.plan.pk}/change/"' in text


def test_it_says_how_many_lines_of_a_long_change_it_shows(client, world):
    with changing():
        for number in range(20):
            Name.objects.create(entry=world.plan, text=f"Plan {number}")
    page_words = words(client.get("/changes/"))
    assert "The first 12 of 20 lines are shown." in page_words
    assert ("name “Plan 11”" in page_words, "name “Plan 12”" in page_words) == (True, False)
