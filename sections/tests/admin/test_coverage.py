"""Which articles a person found the report silent on: recorded at the desk, shown to readers, contradicted by links."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, transaction
from django.utils import timezone

from sections.exports.fixtures import fixture_files
from sections.models import ArticleLink, Change, ConventionArticle, Coverage, Paragraph, Silence, current_version
from sections.queries.convention import contradicted, parts_with_counts
from sections.tests.support.api import answer
from sections.tests.support.desk import confirmed, editor, words
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db

READING = {"articles": "2–3, 5", "read_by": "Ana Reader", "read_on": "2026-11-02", "note": ""}


built_world, world = shared_world(make_world)


@pytest.fixture
def desk(client, world):
    return editor(client)


def article(number):
    return ConventionArticle.objects.get(number=number)


def states(report):
    return {row.number: row.coverage for part in parts_with_counts(report) for row in part.articles.all()}


def link(number, paragraph=9):
    return ArticleLink.objects.create(paragraph=Paragraph.objects.get(number=paragraph), article=article(number))


def test_it_calls_an_article_silent_only_where_a_named_person_read_the_report_for_it(client, world, desk):
    assert states(world.report)[2] == Coverage.UNREAD
    assert "Not yet read for this article." in read(client.get("/convention/articles/2/")).words
    before = current_version().content
    assert desk.post("/admin/coverage/", READING).status_code == 302
    assert current_version().content > before
    assert states(world.report) == {
        1: Coverage.LINKED, 2: Coverage.SILENT, 3: Coverage.SILENT,
        4: Coverage.LINKED, 5: Coverage.SILENT, 6: Coverage.LINKED,
    }  # fmt: skip
    page = read(client.get("/convention/articles/2/"))
    assert f"Read and found silent. Ana Reader read report {world.report.symbol} for this article" in page.words
    assert "found no paragraph that relates to it (2 November 2026)." in page.words
    assert "This is the editors’ reading, not a finding about the State." in page.words
    with pytest.raises(IntegrityError), transaction.atomic():
        Silence.objects.create(report=world.report, article=article(6), read_by="")


def test_it_records_a_reading_as_one_change_that_can_be_undone(desk, client):
    desk.post("/admin/coverage/", READING)
    change = Change.objects.get()
    assert set(Silence.history.values_list("change", "history_user__username")) == {(change.pk, "ana")}
    assert "Article 2" in read(client.get("/changes/")).words
    silence = Silence.objects.get(article__number=2)
    confirmed(desk, f"/admin/sections/silence/{silence.pk}/undo/{change.pk}/", {"reason": "Mistaken."})
    assert not Silence.objects.exists()


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"articles": "2, 4"}, "Paragraphs are linked to article 4."),
        ({"articles": "2, 94"}, "The Convention has no article 94."),
        ({"articles": "two"}, "two"),
        ({"read_by": " "}, "This field is required."),
        ({"read_on": "2999-01-01"}, "This day is yet to come."),
    ],
)
def test_it_records_nothing_that_is_not_so(desk, changed, refusal):
    refused = desk.post("/admin/coverage/", READING | changed)
    assert refused.status_code == 422
    assert refusal in words(refused)
    assert not Silence.objects.exists()


def test_it_does_not_record_an_article_twice(desk):
    desk.post("/admin/coverage/", READING)
    assert "found silent on article 2–3, 5 already" in words(desk.post("/admin/coverage/", READING))
    assert Silence.objects.count() == 3


def test_it_counts_an_article_as_linked_as_soon_as_a_paragraph_is_and_shows_the_contradiction(desk, client, world):
    desk.post("/admin/coverage/", READING)
    made = link(2)
    assert states(world.report)[2] == Coverage.LINKED
    assert "found silent" not in read(client.get("/convention/articles/2/")).words
    assert [row.article.number for row in contradicted()] == [2]
    assert "Article 2 was found silent by Ana Reader on 2 November 2026, but is linked to paragraph 9." in words(
        desk.get("/admin/coverage/")
    )
    assert "paragraph 9, linked since then" in words(desk.get("/admin/sections/silence/?contradicted=yes"))
    made.review = "rejected"
    made.save()
    assert states(world.report)[2] == Coverage.SILENT


def test_it_refuses_a_single_record_on_a_linked_article(desk, world):
    form = {"report": world.report.pk, "article": article(4).pk, "read_by": "Ana", "read_on": "2026-11-02", "note": ""}
    assert "Linked to this article: paragraphs 5, 7." in words(desk.post("/admin/sections/silence/add/", form))
    later = str(timezone.localdate() + timedelta(days=1))
    refused = desk.post("/admin/sections/silence/add/", form | {"article": article(2).pk, "read_on": later})
    assert "This day is yet to come." in words(refused)
    assert not Silence.objects.exists()


def test_it_lets_editors_record_and_reviewers_not(client, world):
    for group, status in [("editors", 200), ("reviewers", 403)]:
        user = User.objects.create_user(group, is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        assert client.get("/admin/coverage/").status_code == status


def test_it_gives_the_coverage_in_the_api_and_in_fixtures(world):
    unread = answer("convention/articles/2/")
    assert (unread["coverage"], unread["silence"]) == ("not_yet_read", None)
    Silence.objects.create(report=world.report, article=article(2), read_by="Ana", read_on=date(2026, 11, 2))
    of_report = {row["number"]: row for row in answer("convention/articles/")["results"]}
    assert of_report[2]["coverage"] == answer("convention/articles/2/")["coverage"] == "found_silent"
    assert of_report[2]["silence"] == {"read_by": "Ana", "read_on": "2026-11-02", "note": ""}
    assert [of_report[number]["coverage"] for number in (3, 4)] == ["not_yet_read", "linked"]
    links = dict(fixture_files())["links.json"]
    assert [(row.key, row.fields["read_by"]) for row in links if row.model == "sections.silence"] == [
        ((world.report.symbol, 2), "Ana")
    ]


def test_it_filters_the_articles_and_lists_those_without_links_to_copy(client, world):
    Silence.objects.create(report=world.report, article=article(2), read_by="Ana", read_on=date(2026, 11, 2))
    by_state = {
        "": range(1, 7),
        "linked": [1, 4, 6],
        "unlinked": [2, 3, 5],
        "found_silent": [2],
        "not_yet_read": [3, 5],
    }
    for shown, numbers in by_state.items():
        page = read(client.get(f"/convention/?show={shown}"))
        listed = page.find(".//ol[@class='articles']//a")
        assert [link.get("href") for link in listed] == [f"/convention/articles/{number}/" for number in numbers]
    (text,) = page.find(".//textarea")
    assert text.text.strip().splitlines() == [
        "Article 2: Definitions (read and found silent by Ana, 2026-11-02)",
        "Article 3: No distinction (not yet read for this article)",
        "Article 5: Life (not yet read for this article)",
    ]
    assert "All articles (6)" in page.words
    assert client.get("/convention/?show=%00&show=nonsense").status_code == 200
