"""A search in all reports: one ranking over all of them, each hit with its report; a search in one stays as it is."""

import pytest

from sections.models import Mention, Paragraph
from sections.search.service import ALL_REPORTS, SearchRequest, marks, neighbours, search, suggest, update
from sections.tests.support.world import ACT, OFFICE, PLAN, SYMBOL, make_other_report

pytestmark = pytest.mark.django_db

OTHER = "XXX/C/OTH/1"


@pytest.fixture
def both(world):
    world.other = make_other_report(
        texts=("The budget of others.", "Nobody travels.", f"Budgets grow for the {OFFICE}.", "A ferryman waits.")
    )
    block = Paragraph.objects.get(report=world.other, number=3).blocks.get()
    start = block.text.index(OFFICE)
    Mention.objects.create(block=block, start=start, end=start + len(OFFICE), surface=OFFICE, entry=world.office)
    update([world.other.pk])
    return world


def asked(q, report=ALL_REPORTS, **given):
    return search(SearchRequest(q, report=report, **given))


def found(q, **given):
    return [(hit.report.symbol, hit.number) for hit in asked(q, **given).hits]


def facet(results, name):
    return {value.value: value.count for facet in results.facets if facet.name == name for value in facet.values}


QUERIES = (
    "the",
    "budget leaving",
    OFFICE,
    "office lists travellers act",
    '"in the"',
    "budg*",
    "travellars",
    "-budget the",
)


@pytest.mark.parametrize("q", QUERIES)
def test_with_one_report_it_is_the_search_of_that_report(world, q):
    one, whole = asked(q, SYMBOL), asked(q)
    assert [(hit.number, hit.score, hit.place, hit.snippet) for hit in whole.hits] == [
        (hit.number, hit.score, hit.place, hit.snippet) for hit in one.hits
    ]
    assert (whole.count, whole.full, whole.corrections) == (one.count, one.full, one.corrections)
    for name in ("part", "article", "institution", "law", "programme"):
        assert facet(whole, name) == facet(one, name)


def test_each_hit_names_its_report_and_its_place_there(both):
    hits = {
        hit.report.symbol: hit
        for hit in asked("budget").hits
        if hit.number in {1, 3} and "grow" not in hit.snippet.text
    }
    assert (hits[OTHER].number, hits[OTHER].url, hits[OTHER].report.state_party) == (
        1, f"/{OTHER}/paragraphs/1/", "Otherland",
    )  # fmt: skip
    assert hits[OTHER].place == ("Reply 1", f"/{OTHER}/replies/1/", 1, "Part III")
    assert (hits[SYMBOL].number, hits[SYMBOL].place.url, hits[SYMBOL].place.part) == (3, f"/{SYMBOL}/replies/1/", "")


def test_a_word_is_as_rare_as_it_is_among_all_documents(both):
    def score(report):
        return next(hit.score for hit in asked("ferryman", report).hits)

    assert score(ALL_REPORTS) > score(OTHER)  # one of thirteen paragraphs, not one of four
    scores = [hit.score for hit in asked("budget").hits]
    assert scores == sorted(scores, reverse=True) and len(scores) == 3


def test_documents_in_the_order_of_place_come_by_symbol_and_number(both):
    assert found("budget", sort="place") == [(SYMBOL, 3), (OTHER, 1), (OTHER, 3)]


def test_facets_count_over_all_reports_and_the_reports_themselves(both):
    results = asked("budget")
    assert facet(results, "report") == {SYMBOL: 1, OTHER: 2}
    assert [value.label for value in results.facets[0].values] == [f"Otherland, {OTHER}", f"Examplia, {SYMBOL}"]
    assert facet(results, "part") == {"3": 2}
    assert facet(asked(OFFICE), "institution") == {"office-for-travellers": 6}
    assert found("", filters=(("institution", ("office-for-travellers",)),))[-1] == (OTHER, 3)
    assert [entry.paragraphs for entry in asked(OFFICE).entries] == [6]


def test_pages_follow_one_another_without_a_gap(both):
    whole = found("the", sort="place")
    pages = [found("the", sort="place", per_page=2, page=page) for page in range(1, 2 + len(whole) // 2)]
    assert [hit for page in pages for hit in page][: len(whole)] == whole


def test_a_citation_with_its_symbol_points_into_its_report(both):
    results = asked(f"{OTHER}, para. 2")
    assert (results.target.url, results.target.report) == (f"/{OTHER}/paragraphs/2/", OTHER)
    assert found(f"{OTHER}, para. 2") == [(OTHER, 2)]
    assert asked(f"{OTHER}/2").target.number == 2
    assert [number for _, number in found(f"{OTHER} reply 1")] == [1, 2, 3, 4]
    assert asked(f"{OTHER}, para. 99").target.missing == f"There is no paragraph 99: {OTHER} has paragraphs 1 to 4."
    assert asked("YYY/C/NON/1, para. 2").target is None


def test_a_citation_without_a_symbol_is_found_in_each_report_and_says_how_to_choose(both):
    assert found("para 2") == [(SYMBOL, 2), (OTHER, 2)]
    (sentence,) = asked("para 2").interpretation
    assert sentence == (
        f"Each report has its own numbers. To find one report’s, write its symbol first: {SYMBOL}, para. 2."
    )
    assert asked("para 2").target is None
    assert set(found("reply 1")) == {
        (SYMBOL, 1),
        (SYMBOL, 2),
        (SYMBOL, 3),
        *((OTHER, number) for number in (1, 2, 3, 4)),
    }
    assert asked("article 1").target.url == "/convention/articles/1/"
    assert found("part III")[-4:] == [(OTHER, number) for number in (1, 2, 3, 4)]


def test_words_of_any_report_correct_a_misspelling(both):
    assert asked("ferrymon").corrections == (("ferrymon", "ferryman"),)
    assert asked("xylophone").interpretation[0] == "“xylophone” does not occur in any report."


def test_suggestions_come_from_all_reports(both):
    groups = {group.kind: [row.text for row in group.suggestions] for group in suggest("ferry", ALL_REPORTS)}
    assert groups == {"word": ["ferryman"]}
    (group,) = [group for group in suggest("national off", ALL_REPORTS) if group.kind == "institution"]
    assert group.suggestions[0].detail == "6 paragraphs"


def test_marks_and_neighbours_know_whose_paragraph_is_meant(both):
    request = SearchRequest("budget", report=ALL_REPORTS, sort="place")
    assert marks(request, 1, OTHER) == {0: ((4, 10),)}
    assert marks(request, 1, SYMBOL) == {}
    around = neighbours(request, 1, OTHER)
    assert (around.place, around.count, around.previous, around.next) == (2, 3, (SYMBOL, 3), (OTHER, 3))
    assert neighbours(request, 1, SYMBOL) is None


def test_an_edit_and_a_removed_report_show_at_once(both):
    assert len(found(PLAN)) and facet(asked(ACT), "law")
    Mention.objects.filter(entry=both.office, block__paragraph__report=both.other).first().delete()
    assert facet(asked(OFFICE), "institution") == {"office-for-travellers": 5}
    both.other.delete()
    assert found("budget") == [(SYMBOL, 3)]
    assert asked("ferryman").count == 0


def test_a_word_in_the_names_of_very_many_entries_does_not_find_them_all(both, monkeypatch):
    everywhere = asked("office").count
    monkeypatch.setattr("sections.search.all_reports.AllReportsScope.most_named", 0)
    assert 0 < asked("office").count <= everywhere
