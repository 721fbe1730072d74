"""Who proposed links, and how many somebody else has confirmed."""

import pytest
from django.contrib.auth.models import User

from sections.editing.review import decide_links, set_review, state_of
from sections.models import ArticleLink, Mention, changing
from sections.queries.reviews import reviews, second_opinions
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db


built_world, world = shared_world(make_world)


@pytest.fixture
def people():
    return [User.objects.create_user(name) for name in ("ana", "ben")]


def link(paragraph):
    return ArticleLink.objects.get(paragraph__number=paragraph, article__number={1: 1, 5: 4, 7: 6}[paragraph])


def test_it_counts_links_by_who_proposed_them_and_those_confirmed(world):
    articles, names = reviews(world.report).values()
    assert (articles.total, articles.by_editors, articles.automatic, articles.confirmed) == (4, 3, 1, 1)
    assert (names.total, names.by_editors, names.automatic, names.confirmed) == (9, 0, 9, 1)


def test_it_counts_what_a_person_confirms_of_links_from_files(world, people):
    set_review(ArticleLink, [link(1).pk], "confirmed", user=people[0])
    assert second_opinions(world.report, ArticleLink) == {link(1).pk, link(5).pk}
    set_review(ArticleLink, [link(1).pk], "unreviewed", user=people[0])
    assert second_opinions(world.report, ArticleLink) == {link(5).pk}


def test_it_does_not_count_what_people_confirm_of_their_own(world, people):
    ana, ben = people
    link(1).delete()
    with changing(user=ana):
        own = ArticleLink.objects.create(paragraph=link(7).paragraph, article=link(5).article.part.articles.all()[1])
    set_review(ArticleLink, [own.pk], "confirmed", user=ana)
    assert own.pk not in second_opinions(world.report, ArticleLink)
    set_review(ArticleLink, [own.pk], "unreviewed", user=ben)
    set_review(ArticleLink, [own.pk], "confirmed", user=ben)
    assert own.pk in second_opinions(world.report, ArticleLink)


def test_it_takes_who_moved_a_name_to_another_entry_for_the_one_who_proposed_that(world, people):
    ana, ben = people
    mention = Mention.objects.filter(entry=world.act).first()
    decide_links(Mention, [mention.pk], "other", state_of(mention), ana, other=world.plan)
    assert mention.pk not in second_opinions(world.report, Mention)
    set_review(Mention, [mention.pk], "unreviewed", user=ben)
    set_review(Mention, [mention.pk], "confirmed", user=ben)
    assert mention.pk in second_opinions(world.report, Mention)


def test_it_says_so_on_about_and_on_the_pages_of_articles_and_entries(client, world):
    about = read(client.get("/about/")).words
    assert "Links to articles: 4. The site’s editors proposed 3; the report’s own words or headings gave 1." in about
    assert "A second person has confirmed 1 of 4." in about
    assert "A second person has confirmed 1 of 9." in about
    article = read(client.get("/convention/articles/4/")).words
    assert "The site’s editors proposed 1 of these 2 links" in article
    assert "So far, a second person has confirmed 1 of 2." in article
    entry = read(client.get("/institutions/office-for-travellers/")).words
    assert "A program found the name in 6 places, by names and rules that the site’s editors keep." in entry
    assert "So far, a second person has confirmed 1 of 6." in entry
    assert "named in the text · not yet reviewed" in entry
    assert "Links not yet reviewed" in read(client.get("/XXX/C/EXA/1/paragraphs/1/")).words
    assert "2 of 2 confirmed" not in read(client.get("/XXX/C/EXA/1/paragraphs/5/")).words
    assert "All links confirmed by an editor" in read(client.get("/XXX/C/EXA/1/paragraphs/5/")).words
