"""Two reports with the same numbers of replies, parts and paragraphs, and other words: they never mix."""

from hashlib import sha256

import pytest

from sections.models import Block, ConventionPart, Entry, Mention, Paragraph, Report, Section
from sections.search.service import SearchRequest, marks, most_named, neighbours, rebuild, search, suggest
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import OFFICE, SYMBOL, make_world

pytestmark = pytest.mark.django_db

OTHER = "XXX/C/EXB/1"
GUILD = "Lantern Guild"
# key, kind, title, number of the reply, part of the Convention
SECTIONS = [
    ("heading-1", "heading", "Lamplight and sundries", None, None),
    ("reply-1", "reply", "Reply to paragraph 1", 1, None),
    ("reply-3", "reply", "Reply to paragraph 3", 3, 3),
]
PARAGRAPHS = {
    1: ("reply-1", f"Lanterns are lit by the {GUILD}."),
    2: ("reply-3", "A watchman keeps the lanterns."),
    3: ("reply-3", f"The {OFFICE} has a budget."),
}


def build_world():
    made = make_world()
    made.guild = Entry.objects.create(type="institution", slug="lantern-guild", name=GUILD, kind="agency")
    return made


built_world, world = shared_world(build_world)


@pytest.fixture
def both(world):
    report = Report.objects.create(symbol=OTHER, title="First report of Exbia", state_party="Exbia", due_year=2017)
    sections = {}
    for position, (key, kind, title, number, part) in enumerate(SECTIONS):
        part = ConventionPart.objects.get(number=part) if part else None
        sections[key] = Section.objects.create(
            report=report, key=key, position=position, kind=kind, level=1, title=title, number=number,
            convention_part=part,
        )  # fmt: skip
    for number, (section, text) in PARAGRAPHS.items():
        paragraph = Paragraph.objects.create(
            report=report, number=number, section=sections[section], position=10 + number, source_text=text,
            source_line=number, sha256=sha256(text.encode()).hexdigest(),
        )  # fmt: skip
        block = Block.objects.create(paragraph=paragraph, position=0, kind="text", text=text)
        for name, entry in ((GUILD, world.guild), (OFFICE, world.office)):
            if name in text:
                start = text.index(name)
                Mention.objects.create(block=block, start=start, end=start + len(name), surface=name, entry=entry)
    rebuild()
    return world


def asked(q, report, **given):
    return search(SearchRequest(q, report=report, **given))


def numbers(q, report, **given):
    return [hit.number for hit in asked(q, report, **given).hits]


def facet(results, name):
    return {value.value: value.count for facet in results.facets if facet.name == name for value in facet.values}


@pytest.mark.parametrize(
    ("q", "here", "there"),
    [
        ("reply 1", [1, 2, 3], [1]),
        ("reply 3", [5, 6, 7], [2, 3]),
        ("part III", [5, 6, 7], [2, 3]),
        ("paras 1-3", [1, 2, 3], [1, 2, 3]),
        ("budget", [3], [3]),
        ("watchman", [], [2]),
        ("reply:3 the", [5, 7], [2, 3]),
        ("leaving", [5], []),
        (GUILD, [], [1]),
    ],
)
def test_a_query_finds_paragraphs_of_its_own_report_only(both, q, here, there):
    assert (sorted(numbers(q, SYMBOL)), sorted(numbers(q, OTHER))) == (here, there)
    urls = {hit.url.rsplit("/paragraphs/")[0] for report in (SYMBOL, OTHER) for hit in asked(q, report).hits}
    assert urls <= {f"/{SYMBOL}", f"/{OTHER}"}
    assert all(f"/{OTHER}/" in hit.url for hit in asked(q, OTHER).hits)


def test_the_default_report_is_searched_where_none_is_named(both):
    assert numbers("reply 1", "") == [1, 2, 3]
    assert asked("reply 1", "XXX/C/NONE/1").count == 0


def test_a_second_report_changes_neither_hits_nor_scores_of_the_first(world, request):
    rebuild()
    queries = ("the", "budget leaving", OFFICE, "office lists travellers act", "reply 2")
    before = {q: [(hit.number, hit.score) for hit in asked(q, SYMBOL).hits] for q in queries}
    request.getfixturevalue("both")
    assert {q: [(hit.number, hit.score) for hit in asked(q, SYMBOL).hits] for q in queries} == before


def test_facets_and_filters_count_in_the_report(both):
    assert facet(asked("part III", SYMBOL), "institution") == {"office-for-travellers": 2}
    assert facet(asked("part III", OTHER), "institution") == {"office-for-travellers": 1}
    assert facet(asked("lanterns", OTHER), "part") == {"3": 1}
    office = (("institution", ("office-for-travellers",)),)
    assert (asked("", SYMBOL, filters=office).count, asked("", OTHER, filters=office).count) == (5, 1)
    assert numbers("", OTHER, filters=(("reply", ("3",)),), sort="place") == [2, 3]


def test_entries_are_counted_in_the_report(both):
    assert [entry.paragraphs for entry in asked(OFFICE, SYMBOL).entries] == [5]
    assert [entry.paragraphs for entry in asked(OFFICE, OTHER).entries] == [1]
    assert [(item.name, item.paragraphs) for item in most_named(OTHER)] == [(GUILD, 1), (OFFICE, 1)]
    assert GUILD not in [item.name for item in most_named()]


def test_headings_are_found_in_the_report(both):
    assert [section.name for section in asked("sundries", OTHER).sections] == ["Lamplight and sundries"]
    assert asked("sundries", SYMBOL).sections == ()


def test_a_misspelling_is_corrected_by_words_and_names_of_the_report(both):
    assert asked("wotchman", OTHER).corrections == (("wotchman", "watchman"),)
    assert asked("watchmen", OTHER).corrections == ()  # a word of its own
    assert asked("lantirn", OTHER).corrections == (("lantirn", "lantern"),)
    assert asked("sundriez", OTHER).corrections == (("sundriez", "sundries"),)
    for q in ("wotchman", "lantirn", "sundriez"):
        assert asked(q, SYMBOL).corrections == ()
    assert asked("travellars", OTHER).suggestion == "travellers"


def test_suggestions_come_from_the_report(both):
    def texts(typed, report):
        return {
            group.kind: [(each.text, each.detail) for each in group.suggestions] for group in suggest(typed, report)
        }

    assert texts("watch", OTHER) == {"word": [("watchman", "")]}
    assert texts("watch", SYMBOL) == {}
    assert texts("nat off", OTHER)["institution"] == [(f"{OFFICE} (NOT)", "1 paragraph")]
    assert texts("nat off", "")["institution"] == [(f"{OFFICE} (NOT)", "5 paragraphs")]
    assert texts("reply 3", OTHER)["paragraph"] == [("Reply 3", "2 paragraphs")]


def test_neighbours_and_marks_are_those_of_the_report(both):
    around = neighbours(SearchRequest("reply 3", report=OTHER), 2)
    assert (around.place, around.count, around.previous, around.next) == (1, 2, None, (OTHER, 3))
    assert neighbours(SearchRequest("reply 3", report=OTHER), 5) is None
    assert marks(SearchRequest("budget", report=OTHER), 3) == {0: ((41, 47),)}
    assert marks(SearchRequest("budget", report=SYMBOL), 3) == {0: ((4, 10),), 1: ((0, 6),)}


def test_sentences_speak_of_the_report(both):
    missing = "There is no paragraph 9: XXX/C/EXB/1 has paragraphs 1 to 3."
    assert asked("para 9", OTHER).interpretation == (missing,)
    assert asked("para 9", SYMBOL).target.number == 9
    assert "“leaving” does not occur in the report." in asked("leaving lanterns", OTHER, exact=True).interpretation
    assert asked(f"{SYMBOL}, para. 3", OTHER).target.report == SYMBOL
    assert asked("XXX/C/NON/9, para. 3", OTHER).target is None
