"""Searching the small invented world of `world`, on whichever database the tests run."""

import random

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sections.models import ArticleLink, Block, Mention, Name, Review, SearchPosting, SearchTerm, Synonym
from sections.search.service import (
    SearchRequest,
    is_up_to_date,
    marks,
    neighbours,
    rebuild,
    refresh,
    search,
    suggest,
)
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import ACT, OFFICE, SYMBOL, make_world

pytestmark = pytest.mark.django_db


def build_world():
    made = make_world()
    Synonym.objects.create(term="wanderers", says="travellers")
    rebuild()
    return made


built_world, world = shared_world(build_world)


def numbers(q, **given):
    return [hit.number for hit in search(SearchRequest(q, **given)).hits]


def shown(hit):
    text = hit.snippet.text
    for start, end in reversed(hit.snippet.spans):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def index_rows():
    rows = SearchPosting.objects.order_by("segment", "key").exclude(data=b"")
    return [(key, bytes(data)) for key, data in rows.values_list("key", "data")]


def facet(results, name):
    (found,) = [each for each in results.facets if each.name == name]
    return {value.value: value.count for value in found.values}


def test_it_finds_a_word_in_all_its_forms(world):
    assert numbers("counting") == [4]
    assert numbers("budgets") == [3]
    assert numbers("nothing-of-the-kind") == []


def test_it_finds_a_paragraph_by_its_footnote(world):
    hit = search(SearchRequest("May 2015")).hits[0]
    assert (hit.number, hit.partial, hit.kind, shown(hit)) == (
        4, False, "footnote", "Counted in <[May]> [2015].",
    )  # fmt: skip


@pytest.mark.parametrize("q", ["NOT", OFFICE, "oficina nacional de viajeros"])
def test_it_finds_an_entry_under_any_of_its_names(world, q):
    wanted = set(Mention.objects.filter(entry=world.office).values_list("block__paragraph__number", flat=True))
    assert set(numbers(q)) == wanted


def test_it_says_which_other_names_it_looked_for_and_can_be_told_not_to(world):
    results = search(SearchRequest("oficina nacional de viajeros"))
    assert [each.entry for each in results.alternatives] == [world.office.pk]
    assert results.entries[0].name == OFFICE
    assert search(SearchRequest("oficina nacional de viajeros", names=False)).alternatives == ()


def test_it_takes_an_acronym_that_is_a_plain_word_only_in_capitals(world):
    assert search(SearchRequest("NOT known")).entries[0].name == OFFICE
    assert search(SearchRequest("not known")).entries == ()


def test_it_mends_a_word_that_is_found_nowhere_and_says_so(world):
    results = search(SearchRequest("budgat"))
    assert ([hit.number for hit in results.hits], results.corrections) == ([3], (("budgat", "budget"),))
    assert numbers("budgat", exact=True) == []


def test_it_puts_the_best_partial_matches_after_those_that_meet_all(world):
    results = search(SearchRequest("budget leaving"))
    assert results.full == 0
    assert {hit.number for hit in results.hits[:2]} == {3, 5}
    assert (
        "No paragraph contains all of this. These contain most of it, or are next to one that does."
        in results.interpretation
    )


def test_it_keeps_to_phrases_and_exclusions(world):
    assert numbers('"more stands"') == [6]
    assert numbers('"stands more"') == []
    assert 6 not in numbers("more elsewhere fact -web -stands")
    assert numbers("budg*") == [3]
    assert set(numbers("budget OR leaving")) == {3, 5}


@pytest.mark.parametrize(
    ("q", "kind", "found"),
    [
        ("4", "paragraph", [4]),
        ("para 7", "paragraph", [7]),
        ("paras 4-5", "paragraph", [4, 5]),
        ("reply 3", "reply", [5, 6, 7]),
        ("annex 2", "annex", [4]),
        ("footnote 4", "footnote", [4]),
        ("table 1", "table", [3]),
        ("part III", "part", [5, 6, 7]),
    ],
)
def test_it_leads_a_citation_to_the_thing_itself(world, q, kind, found):
    results = search(SearchRequest(q))
    assert (results.target.kind, [hit.number for hit in results.hits][: len(found)]) == (kind, found)
    assert results.target.url


def test_it_explains_what_is_out_of_range(world):
    results = search(SearchRequest("para 99"))
    assert results.target.missing == "There is no paragraph 99: XXX/C/EXA/1 has paragraphs 1 to 9."
    assert results.target.missing in results.interpretation


def test_it_counts_facets_as_a_click_then_shows_them(world):
    results = search(SearchRequest("the"))
    assert results.count > 3
    for each in results.facets:
        for value in each.values:
            narrowed = search(SearchRequest("the", filters=((each.name, (value.value,)),)))
            assert narrowed.count == value.count, (each.name, value)


def test_it_counts_a_facet_with_its_own_filter_left_out(world):
    every = search(SearchRequest("the"))
    one = search(SearchRequest("the", filters=(("institution", (world.office.slug,)),)))
    assert facet(one, "institution") == facet(every, "institution")
    assert sum(facet(one, "law").values()) <= sum(facet(every, "law").values())


def test_it_narrows_by_fields_that_are_typed(world):
    assert set(numbers(f'law:"{ACT}"')) == set(
        Mention.objects.filter(entry=world.act).values_list("block__paragraph__number", flat=True)
    )
    assert numbers("reply:3 part:III") == [5, 6, 7]
    assert (
        "There is no law “Nonesuch”. This filter was left out." in search(SearchRequest("law:Nonesuch")).interpretation
    )
    told = search(SearchRequest("institution:NOT part:3 reply:3 article:99")).interpretation
    assert told[:4] == (
        f"Only paragraphs that mention the institution “{OFFICE}”, also within longer names.",
        "Only paragraphs under part III of the Convention.",
        "Only paragraphs of reply 3.",
        "There is no article “99”. This filter was left out.",
    )


def test_it_sorts_by_place_and_pages(world):
    everything = numbers("the", sort="place")
    assert everything == sorted(everything)
    pages = [numbers("the", sort="place", per_page=2, page=page) for page in (1, 2)]
    assert [number for page in pages for number in page] == everything[:4]


def test_it_knows_the_hits_before_and_after(world):
    found = numbers("the")
    around = neighbours(SearchRequest("the"), found[1])
    beside = ((SYMBOL, found[0]), (SYMBOL, found[2]))
    assert (around.place, around.count, around.previous, around.next) == (2, len(found), *beside)
    assert neighbours(SearchRequest("budget"), 1) is None


def test_it_marks_the_paragraph_that_a_hit_leads_to(world):
    assert marks(SearchRequest("budget"), 3) == {0: ((4, 10),), 1: ((0, 6),)}


def test_it_follows_an_edit_at_once(world):
    before = numbers("NOT")
    mention = Mention.objects.filter(entry=world.office).first()
    number = mention.block.paragraph.number
    Mention.objects.filter(block__paragraph__number=number, entry=world.office).exclude(pk=mention.pk).delete()
    mention.review = Review.REJECTED
    mention.save()
    after = search(SearchRequest("x", filters=(("institution", (world.office.slug,)),)))
    assert after.count == 0
    assert set(before) - set(numbers(f"institution:{world.office.slug}")) == {number}
    Name.objects.create(entry=world.office, text="Wayfarers Bureau")
    assert search(SearchRequest("wayfarers bureau")).entries[0].name == OFFICE


def test_it_comes_to_the_same_by_edits_as_from_nothing(world):
    ArticleLink.objects.all().delete()
    Mention.objects.filter(entry=world.act).delete()
    refresh([])
    kept = index_rows()
    rebuild()
    assert index_rows() == kept


def test_it_rebuilds_by_command_only_where_that_is_needed(world, capsys):
    assert is_up_to_date()
    call_command("rebuild_search", "--if-needed")
    SearchTerm.objects.all().delete()
    call_command("rebuild_search")
    assert capsys.readouterr().out.splitlines() == [
        "The search index is up to date.",
        "9 of 9 paragraphs read",
        "The search index holds 9 paragraphs.",
    ]
    assert SearchTerm.objects.filter(term="travellers").exists()


def test_it_is_never_a_dead_end(world):
    results = search(SearchRequest('"budget leaving"'))
    assert (results.count, results.suggestions) == (0, ("budget", "leaving"))
    assert all(search(SearchRequest(other)).count for other in results.suggestions)
    assert all(search(SearchRequest(other)).count for other in search(SearchRequest("zzzz")).suggestions)
    assert search(SearchRequest("budgat")).suggestion == "budget"


def test_it_searches_before_there_is_anything_to_search(db):
    assert search(SearchRequest("anything")).hits == ()
    assert suggest("anything") == ()


def test_it_suggests_by_the_beginning_of_any_word(world):
    found = {group.kind: [each.text for each in group.suggestions] for group in suggest("nat off")}
    assert found["institution"] == [f"{OFFICE} (NOT)"]
    assert [group.kind for group in suggest("reply 3")] == ["paragraph"]
    assert [each.text for group in suggest("budg") for each in group.suggestions] == ["budget"]


@pytest.mark.parametrize("q", ["bud\u00adget", "\u200bbudget\ufeff", "BUD\u2060GET", "“budget”"])
def test_it_finds_a_word_with_invisible_characters_in_it(world, q):
    assert numbers(q) == [3]


def test_it_finds_and_marks_text_with_decomposed_letters_and_soft_hyphens(world):
    block = Block.objects.get(paragraph__number=8)
    block.text = "The Me\u0301xico line, a rail\u00adway, is known."
    block.save()
    Name.objects.create(entry=world.office, text="Oficina de Atencio\u0301n")
    rebuild()
    assert numbers("México") == numbers("Me\u0301xico") == numbers("mexico") == [8]
    assert shown(search(SearchRequest("railway")).hits[0]) == "The Me\u0301xico line, a [rail\u00adway], is known."
    assert shown(search(SearchRequest("México")).hits[0]) == "The [Me\u0301xico] line, a rail\u00adway, is known."
    for typed in ("Oficina de Atención", "oficina de atencio\u0301n", "Oficina\u200b de Aten\u00adción"):
        assert search(SearchRequest(f'institution:"{typed}"')).count == 5
        assert search(SearchRequest(typed)).entries[0].name == OFFICE
        assert suggest(typed)[0].suggestions[0].text == f"{OFFICE} (NOT)"


@pytest.mark.parametrize("digit", ["²", "①", "٣", "１", "9" * 30, "-1", "1e3", ""])
def test_it_takes_any_characters_for_numbers(client, world, digit):
    for name in ("page", "part", "article", "reply", "institution", "q"):
        assert client.get("/search/", {"q": "the", name: digit}).status_code == 200
        assert client.get("/search/", {"q": f"the {name}:{digit}"}).status_code == 200
        assert client.get("/api/v1/search/", {"q": "the", name: digit}).status_code in (200, 400)


PIECES = [
    *('"', "*", "(", ")", "NEAR", ":", "-", "OR", "AND", "\x00", "😀", "¶", "para", "99999999999", "article", "law:"),
    *("institution:", '"the', "é", "中文", "the", "budget", "' OR 1=1 --", "\ud800", "%", "_", "\\", "9a", "²", "İ"),
]


def test_it_answers_whatever_is_typed(world):
    chance = random.Random(7)
    for _ in range(300):
        q = " ".join(chance.choices(PIECES, k=chance.randint(1, 8)))
        search(SearchRequest(q, page=chance.choice([1, 2, 999_999]), sort=chance.choice(["relevance", "place"])))
        suggest(q)
    assert search(SearchRequest("budget " * 700)).hits[0].number == 3


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(q=st.text(max_size=80))
def test_it_answers_any_text(world, q):
    search(SearchRequest(q))
    suggest(q)
