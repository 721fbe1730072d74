"""The subjects of paragraphs: found below the text, shown as the editors' words, kept at the desk."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError

from sections.models import Change, Paragraph, SearchPosting, Subjects
from sections.models.notes import check_phrases
from sections.queries.changes import rows_of
from sections.search.engine.match_spans import Subject, matching_subjects
from sections.search.indexer import rebuild
from sections.search.service import SearchRequest, search
from sections.tests.support.desk import filled_in, send, words
from sections.tests.support.world import SYMBOL

pytestmark = pytest.mark.django_db


def about(number, *phrases):
    return Subjects.objects.create(paragraph=Paragraph.objects.get(number=number), phrases=list(phrases))


def numbers(q, **given):
    return [hit.number for hit in search(SearchRequest(q, **given)).hits]


def test_it_finds_a_paragraph_by_what_the_editors_say_it_is_about(world):
    assert numbers("vagabonds") == []
    about(4, "roving vagabonds")
    assert numbers("vagabonds") == numbers("vagabond") == [4]
    assert numbers("vagabonds", names=False) == []


def test_it_puts_what_says_a_word_before_what_is_only_about_it(world):
    about(3, "counting heads")
    assert numbers("counted") == [4, 3]


def test_it_takes_no_subject_for_the_text_where_words_are_quoted_or_left_out(world):
    before = numbers("budget")
    about(before[0], "roving vagabonds")
    assert numbers('"roving vagabonds"') == []
    assert numbers("budget -vagabonds") == before


def test_it_finds_it_no_more_once_the_editors_say_otherwise(world):
    row = about(4, "vagabonds")
    row.phrases = ["nomads"]
    row.save()
    assert (numbers("vagabonds"), numbers("nomads")) == ([], [4])
    row.delete()
    assert numbers("nomads", exact=True) == []
    assert not SearchPosting.objects.filter(key__startswith="x").exclude(data=b"").exists()


def test_it_has_the_same_index_after_an_edit_as_built_from_nothing(world):
    about(4, "roving vagabonds", "heads counted")
    about(5, "vagabonds")
    rows = SearchPosting.objects.order_by("segment", "key").exclude(data=b"")
    kept = [(row.key, bytes(row.data)) for row in rows]
    rebuild()
    assert [(row.key, bytes(row.data)) for row in rows.all()] == kept


def test_it_does_not_mend_a_word_that_only_a_subject_says(world):
    about(4, "budgets for travelers", "travellars")
    assert search(SearchRequest("travellars")).corrections == ()


def test_it_says_under_which_subject_it_found_a_hit_that_does_not_say_the_word(client, world):
    about(4, "<roving> vagabonds", "other things")
    (hit,) = search(SearchRequest("vagabonds counted")).hits
    assert hit.subjects == ("<roving> vagabonds",)
    html = client.get("/search/", {"q": "vagabonds"}).content.decode()
    assert "Found by a related term" in html and "roving" not in html
    assert "Found by" not in client.get("/search/", {"q": "counted"}).content.decode()


def test_it_says_so_of_alternatives_too_but_not_where_only_the_words_as_typed_were_asked_for(world):
    about(4, "roving vagabonds")
    (hit,) = search(SearchRequest("vagabonds OR nobody")).hits
    assert hit.subjects == ("roving vagabonds",)
    assert {hit.subjects for hit in search(SearchRequest("vagabonds counted", names=False)).hits} <= {()}


def test_it_tells_only_phrases_for_what_the_text_has_not_met():
    subjects = [Subject.of("roving vagabonds"), Subject.of("heads")]
    asked = [(0, ("vagabond",)), (1, ("head",)), (0, ("vagabond", "rove"))]
    assert matching_subjects(subjects, asked, {1}) == ("roving vagabonds",)
    assert matching_subjects(subjects, asked, {0, 1}) == ()


def test_it_shows_the_subjects_on_the_paragraphs_own_page_each_as_a_search(client, world):
    about(4, "roving & vagabonds")
    page = client.get(f"/{SYMBOL}/paragraphs/4/").content.decode()
    assert '<a href="/search/?q=roving%20%26%20vagabonds">roving &amp; vagabonds</a>' in page
    assert "subjects-heading" not in client.get(f"/{SYMBOL}/paragraphs/5/").content.decode()


@pytest.mark.parametrize("wrong", ["words", [3], [" "], ["a" * 81], ["word"] * 41])
def test_it_refuses_what_is_no_list_of_short_phrases(wrong):
    with pytest.raises(ValidationError):
        check_phrases(wrong)


def test_an_editor_writes_them_one_a_line_and_takes_them_back(client, world):
    user = User.objects.create(username="ana", is_staff=True)
    user.groups.add(Group.objects.get(name="editors"))
    client.force_login(user)
    paragraph = Paragraph.objects.get(number=4)
    address = f"/admin/sections/paragraph/{paragraph.pk}/change/"
    form = filled_in(client.get(address))
    too_long = client.post(address, form | {"subjects-0-phrases": "vagabonds\n" + "a" * 81})
    assert "is longer than 80 characters" in words(too_long)
    assert "Null characters" in words(client.post(address, form | {"subjects-0-phrases": "va\x00gabonds"}))
    send(client, address, form | {"subjects-0-phrases": " roving   vagabonds\n\nnomads\nnomads"})
    assert Subjects.objects.get().phrases == ["roving vagabonds", "nomads"]
    assert numbers("nomads") == [4]
    change = Change.objects.latest("pk")
    (row,) = rows_of([change])[change.pk]
    assert (row.instance_type, row.action) == (Subjects, "added")
    assert "An editor added search terms to paragraph 4." in words(client.get("/changes/"))


def test_it_is_called_by_its_first_phrase():
    assert [str(Subjects(phrases=phrases)) for phrases in ([], ["a"], ["a", "b", "c"])] == ["", "a", "a and 2 more"]


def test_it_gives_them_away_with_the_fixtures(world):
    about(4, "nomads")
    assert Subjects.objects.get_by_natural_key(SYMBOL, 4).phrases == ["nomads"]
