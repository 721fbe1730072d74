"""The results page, the suggestions, and a paragraph reached from a search, in the invented world."""

import re
import unicodedata
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sections.models import Figure, Mention, Synonym
from sections.search.service import rebuild
from sections.tests.support.pages import read, words
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import ACT, OFFICE, PLAN, SYMBOL, block, make_world

pytestmark = pytest.mark.django_db
HOSTILE = ['"', '""', "*", "(", "NEAR", ":", "\x00", "😀", "a" * 5000, "' OR 1=1 --", "<script>", "АБВ", "-", "OR", "%"]


def build_world():
    made = make_world()
    Synonym.objects.create(term="wanderers", says="travellers")
    rebuild()
    return made


built_world, world = shared_world(build_world)


def page(client, q, **given):
    response = client.get("/search/", {"q": q, **given})
    assert response.status_code == 200
    return read(response)


def numbers(found):
    """The paragraphs of the hits, in order."""
    addresses = [link for link in found.links() if re.search(r"/paragraphs/\d+/\?q=", link)]
    return [int(re.search(r"/paragraphs/(\d+)/", link)[1]) for link in addresses]


def found_in_all(heading):
    """The paragraphs that meet the query, in its words or in others."""
    return sum(int(number) for number in re.findall(r"(\d+) (?:paragraph|more with)", heading))


def choices(found):
    """The values of the facets that can be chosen, as (address, words, count)."""
    rows = [row for row in found.find('.//nav[@class="facets"]//li') if row.find("a") is not None]
    return [(row.find("a").get("href"), words(row.find("a")), int(row.findtext("span"))) for row in rows]


def alternatives(found):
    """The other searches or entries that a page without hits offers, as (address, count)."""
    rows = found.find('.//div[@class="nothing"]/ul/li')
    return [(row.find("a").get("href"), int(re.search(r"(\d+) paragraphs?$", words(row))[1])) for row in rows]


def test_it_shows_a_hit_with_its_place_its_snippet_and_the_entries_it_names(client, world):
    found = page(client, "runs")
    assert found.title == "1 paragraph for “runs” · Paragraph by Paragraph"
    (hit,) = found.find('.//ol[@class="hits"]/li')
    parts = [(part.tag, part.get("class"), words(part)) for part in hit]
    assert (hit.get("id"), parts[:4]) == (
        "hit-7",
        [
            ("h3", None, "Paragraph 7"),
            ("p", "place", "Reply 3 · Part III of the Convention"),
            ("blockquote", "text", f"The {OFFICE} runs the {PLAN} under the {ACT}."),
            ("p", "named", f"{OFFICE}, {PLAN}, {ACT}"),
        ],
    )
    assert [words(mark) for mark in hit.iter("mark")] == ["runs"]
    assert [link.get("href") for link in hit.iter("a")][:5] == [
        f"/{SYMBOL}/paragraphs/7/?q=runs",
        f"/{SYMBOL}/replies/3/",
        "/institutions/office-for-travellers/",
        "/programmes/open-roads-plan/",
        "/laws/travellers-act/",
    ]


def test_it_says_what_else_it_searched_for_and_can_be_told_not_to(client, world):
    found = page(client, "NOT")
    assert f"Also searched for: “{OFFICE}”, “Oficina Nacional de Viajeros”." in found.words
    assert "Exact words only" in found.words
    assert "?q=NOT&names=0" in found.links()
    alone = page(client, "NOT", names="0")
    assert "Also searched for" not in alone.words
    assert "?q=NOT" in alone.links()


def test_it_corrects_a_misspelt_word_and_offers_the_way_back(client, world):
    found = page(client, "travelers budgte")
    assert "“budgte” does not occur in the report; these are results for “budget”." in found.words
    assert "?q=travelers+budgte&exact=1" in found.links()
    assert "Turn spelling correction back on" in page(client, "travelers budgte", exact="1").words


def test_it_puts_entries_and_articles_of_that_name_above_the_paragraphs(client, world):
    found = page(client, "leaving")
    above, _, _ = found.words.partition("Paragraphs By relevance")
    assert "Matching entries and articles Article 4: Leaving a country" in above
    assert "/institutions/office-for-travellers/" in page(client, "NOT").links()


def test_it_marks_where_the_hits_begin_that_say_only_most_of_it(client, world):
    found = page(client, "applies act")
    first, _, others = found.words.partition("Partial matches")
    assert "Paragraph 1 " in first and "· partial match" not in first
    assert others.count("· partial match") == len(numbers(found)) - 1
    assert "Partial matches" not in page(client, "applies act", sort="place").words


@pytest.mark.parametrize("address", ["/search/?q=the+travellers", "/search/?q=travellers&part=3", "/search/?article=4"])
def test_it_counts_in_each_facet_what_a_click_then_shows(client, world, address):
    offered = choices(read(client.get(address)))
    assert offered
    for target, label, count in offered:
        shown = read(client.get("/search/" + target)).h1[0]
        assert found_in_all(shown) == count, (label, target)


def test_it_takes_several_values_of_a_facet_and_removes_each_as_a_chip(client, world):
    found = page(client, "travellers", institution="office-for-travellers", part="3")
    assert {"?q=travellers&institution=office-for-travellers", "?q=travellers&part=3", "?q=travellers"} <= set(
        found.links()
    )
    assert f"Remove the filter {OFFICE} ×" in found.words
    both = read(client.get("/search/?q=travellers&law=travellers-act&law=no-such-law"))
    assert {"?q=travellers&law=travellers-act", "?q=travellers&law=no-such-law"} <= set(both.links())


def test_it_offers_another_value_alone_as_a_link_or_beside_the_chosen_one_as_a_check_box(client, world):
    found = read(client.get("/search/?article=1"))
    assert ("?q=&article=4", "Article 4: Leaving a country", 2) in choices(found)
    boxes = found.find('.//nav[@class="facets"]//input[@name="article"]')
    checked = {box.get("value") for box in boxes if box.get("checked") is not None}
    assert checked == {"1"} and "4" in {box.get("value") for box in boxes}
    assert read(client.get("/search/?q=&article=1&article=4")).h1 == ["3 paragraphs"]


def test_links_lead_to_two_filters_and_the_form_to_more(client, world):
    found = read(client.get("/search/?q=travellers&article=1&part=3"))
    assert choices(found) == []
    assert found.find('.//nav[@class="facets"]//input[@name="article"]')
    kept = {field.get("name") for field in found.find('.//nav[@class="facets"]//input[@type="hidden"]')}
    assert kept == {"q"}


def test_it_counts_full_and_related_paragraphs_and_says_what_it_did_in_one_line(client, world):
    found = page(client, "applies act")
    full = int(found.h1[0].split()[0])
    assert found.h1[0] == f"{full} paragraph{'s' * (full > 1)}, {len(numbers(found)) - full} related for “applies act”"
    assert len(found.find('.//p[@class="understood"]')) <= 1


def test_it_shows_figures_dates_and_places_that_answer_the_query_with_their_counts(client, world):
    paragraph = block(3)
    Figure.objects.create(
        block=paragraph, start=0, end=3, surface="1,204", value=1204, kind="people", unit="persons",
        what="travellers housed in roadside shelters", period="2014",
    )  # fmt: skip
    found = page(client, "how many travellers in shelters in 2014?")
    (box,) = found.find('.//section[@class="data-found"]')
    assert words(box).startswith("Figures (1) travellers housed in roadside shelters, 2014 1,204 persons")
    assert f"/{SYMBOL}/paragraphs/3/" in [link.get("href") for link in box.iter("a")]


def test_it_says_where_the_list_of_figures_has_none_for_a_question_for_a_number(client, world):
    (box,) = page(client, "how many travellers are there?").find('.//section[@class="data-found"]')
    assert words(box) == (
        "Figures (0) The site’s list of figures has none for this question. The report may not give a number. "
        "All figures of the report"
    )
    assert "Figures (0)" not in page(client, "travellers").words


def test_it_leads_to_the_page_of_the_site_that_a_question_asks_for(client, world):
    (box,) = page(client, "which articles does the report not mention?").find('.//section[@class="things"][1]')
    assert words(box) == "On this site Articles without a linked paragraph"
    assert [link.get("href") for link in box.iter("a")] == ["/convention/?show=unlinked#articles"]
    nothing = page(client, "concluding observations")
    assert f"/{SYMBOL}/#documents" in [link.get("href") for link in nothing.find(".//section//a")]
    assert "On this site" not in page(client, "travellers").words


def test_it_shortens_a_long_facet_and_leads_to_the_rest(client, world):
    for place in range(12):
        entry = type(world.act).objects.create(type="law", slug=f"law-{place:02}", name=f"Law {place:02}", kind="act")
        Mention.objects.create(block=block(7), start=place, end=place + 1, surface="x", entry=entry)
    rebuild()
    short = page(client, "runs")
    assert len([row for row in choices(short) if "&law=" in row[0]]) == 6
    assert [words(link) for link in short.find('.//a[@href="?q=runs&all=law#facet-law"]')] == ["Show all (13), Law"]
    assert short.find(".//details[@open]") == []
    whole = page(client, "runs", all="law")
    assert len([row for row in choices(whole) if "&law=" in row[0]]) == 13
    assert len(whole.find('.//details[@class="filter-fold"][@open]')) == 1


def test_it_sorts_by_place_in_the_report(client, world):
    found = page(client, "travellers act", sort="place")
    assert numbers(found) == sorted(numbers(found))
    assert "?q=travellers+act" in found.links()


def test_it_keeps_the_state_in_the_box_and_in_the_addresses_of_hits(client, world):
    found = page(client, "travellers", law="travellers-act", sort="place")
    box = found.find('.//form[@class="search-box"]//input')
    fields = {field.get("name"): field.get("value") for field in box}
    assert fields == {"q": "travellers", "law": "travellers-act", "sort": "place"}
    first = next(link for link in found.links() if "/paragraphs/" in link and "?" in link)
    assert dict(parse_qsl(urlsplit(first).query)) == fields


@pytest.mark.parametrize("q", ["zzyzx", '"roads under travellers"', "para 99", "zzyzx institution:NOT", "😀"])
def test_it_never_ends_in_nothing(client, world, q):
    found = page(client, q)
    ways = alternatives(found)
    assert ways or not found.h1[0].startswith("No paragraph")
    for target, count in ways:
        followed = read(client.get(f"/search/{target}" if target.startswith("?") else target))
        assert count > 0
        assert found_in_all(followed.h1[0]) == count or target.startswith("/")


def test_it_offers_the_words_without_the_conditions_that_exclude_all_hits(client, world):
    found = page(client, '"roads under travellers"')
    assert found.h1 == ["No paragraph for “roads under travellers”"]
    assert ("?q=roads+under+travellers", 1) in alternatives(found)
    assert "“roads under travellers” without conditions: " in found.words
    filtered = page(client, "runs", reply="2")
    assert alternatives(filtered)[0] == ("?q=runs", 1)
    assert "The same words without filters: found in 1 paragraph" in filtered.words


def test_it_says_how_to_search_where_nothing_is_asked(client, world):
    found = page(client, " ")
    assert found.h1 == ["Search"]
    assert "shelter OR hostel Either word." in found.words


@pytest.mark.parametrize("q", HOSTILE)
def test_it_gives_a_page_whatever_is_typed(client, world, q):
    everywhere = dict.fromkeys(["q", "page", "part", "article", "reply", "law", "sort", "all", "names", "report"], q)
    html = client.get("/search/", everywhere).content.decode()
    assert "<script>" not in html
    assert "\x00" not in html
    assert client.get("/search/suggest/", {"q": q}).status_code == 200
    assert client.get(f"/{SYMBOL}/paragraphs/7/", {"q": q}).status_code == 200


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=st.text(max_size=60), value=st.text(max_size=20))
def test_it_shows_any_query_as_it_was_typed_without_control_characters(client, world, q, value):
    found = read(client.get("/search/", {"q": q, "law": value}))
    (box,) = found.find('.//input[@id="q"]')
    assert box.get("value") == "".join(" " if unicodedata.category(char) == "Cc" else char for char in q)


@pytest.mark.parametrize("control", ["\x00", "\x07", "\x1b", "\x7f", "\x85"])
def test_it_repeats_no_control_character(client, world, control):
    given = {"q": f"trav{control}ellers", "law": f"x{control}", "report": control, "all": control}
    assert control not in client.get("/search/", given).content.decode()
    assert control not in client.get(f"/{SYMBOL}/paragraphs/7/", given).content.decode()


@pytest.mark.parametrize("name", ["page", "part", "article", "reply"])
@pytest.mark.parametrize("number", ["²", "①", "٣", "9" * 30, "-1", "1.0", ""])
def test_it_takes_what_is_no_number_for_none(client, world, name, number):
    assert client.get("/search/", {"q": "travellers", name: number}).status_code == 200
    assert client.get("/search/", {"q": f"{name}:{number} travellers"}).status_code == 200
    assert client.get(f"/{SYMBOL}/paragraphs/7/", {"q": "travellers", name: number}).status_code == 200


def test_it_escapes_markup_in_the_query_in_filters_in_titles_and_in_facets(client, world):
    markup = "<b>&\"'"
    type(world.act).objects.filter(pk=world.act.pk).update(name=f"{markup} Act")
    section = block(7).paragraph.section
    type(section).objects.filter(pk=section.pk).update(kind="heading", number=None, title=f"{markup} title")
    rebuild()
    found = page(client, f"runs {markup}", institution=markup)
    assert found.find(".//b") == []
    assert f"for “runs {markup}”" in found.h1[0]
    assert f"Institution {markup}" in words(found.find('.//ul[@class="chips"]')[0])
    hits = page(client, "runs")
    assert hits.find(".//b") == []
    (hit,) = hits.find('.//ol[@class="hits"]/li')
    assert f"{markup} title" in words(hit) and f"{markup} Act" in words(hit)
    assert f"{markup} Act" in [label for _, label, _ in choices(hits)]
