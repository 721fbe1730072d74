"""The pages of the invented world's entries."""

from urllib.parse import quote

import pytest

from sections.models import Block, Entry, Mention, Paragraph
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import ACT, OFFICE, PLAN, SYMBOL, make_world

pytestmark = pytest.mark.django_db


built_world, world = shared_world(make_world)


def office_page(client):
    return client.get("/institutions/office-for-travellers/")


def test_it_says_what_the_entry_is_and_where_the_report_says_so(client, world):
    page = read(office_page(client))
    assert page.h1 == [f"{OFFICE} NOT"]
    assert page.title.startswith(f"{OFFICE} · ")
    assert "Agency or institute · since 2012" in page.words
    assert "Applies the Act. para. 1" in page.words


def test_it_lists_other_names_and_marks_those_from_elsewhere(client, world):
    words = read(office_page(client)).words
    assert "NOT acronym, English" in words
    assert "Oficina Nacional de Viajeros Spanish, added by the editors" in words


def test_it_reads_relations_in_both_directions_with_their_paragraph(client, world):
    page = read(client.get("/programmes/open-roads-plan/"))
    assert f"Is the responsibility of {OFFICE} para. 7" in page.words
    assert f"Was established under {ACT} para. 7" in page.words


def test_it_quotes_every_paragraph_by_reply_with_the_names_marked(client, world):
    groups = office_page(client).context["groups"]
    quoted = [
        (section.number, naming.paragraph.number, place, passage.text, marked(passage))
        for section, namings in groups
        for naming in namings
        for place, passage in naming.quotes
    ]
    assert quoted == [
        (1, 1, "", f"The {OFFICE} (NOT) applies the {ACT}.", [OFFICE, "NOT"]),
        (1, 3, "in a table", f"Budget of the {OFFICE}", [OFFICE]),
        (3, 5, "", "The Office keeps no one from leaving.", ["The Office"]),
        (3, 7, "", f"The {OFFICE} runs the {PLAN} under the {ACT}.", [OFFICE]),
        (4, 9, "in footnote 5", "By NOT.", ["NOT"]),
    ]


def marked(passage):
    return [part.text for part in passage.parts if part.marked]


def test_it_says_why_each_paragraph_is_there(client, world):
    page = read(office_page(client))
    assert "short form, identified by a rule" in page.words
    assert "(The Office is the one that reply 1 names.); confirmed by an editor" in page.words
    assert "named in the text; not yet reviewed" in page.words
    assert "Mentioned in 5 paragraphs of the report" in page.words
    assert page.links().count("/about/#basis-contextual") == 1


def test_it_draws_the_paragraphs_as_a_strip_that_also_reads_as_words(client, world):
    page = read(office_page(client))
    assert [attrs["aria-label"] for tag, attrs in page.tags if tag == "svg" and attrs.get("role") == "img"] == [
        "Mentioned in paragraphs 1, 3, 5, 7 and 9 of 9"
    ]


def test_it_shows_what_stands_in_the_same_paragraphs(client, world):
    context = office_page(client).context
    together = {register.type: pairs(companions) for register, companions in context["together"]}
    assert together == {"law": [(ACT, (1, 7))], "programme": [(PLAN, (7,))]}
    assert pairs(context["articles"]) == [("Article 4", (5, 7)), ("Article 1", (1,)), ("Article 6", (7,))]


def pairs(companions):
    return [(str(subject), tuple(numbers)) for subject, numbers in companions]


def test_it_shows_no_rejected_mention(client, world):
    page = read(client.get("/programmes/open-roads-plan/"))
    assert "Mentioned in 1 paragraph of the report" in page.words
    assert f"/{SYMBOL}/paragraphs/8/" not in page.links()


def test_it_quotes_three_sentences_of_a_paragraph_and_counts_the_rest(client, world):
    text = "NOT came. NOT saw. NOT went. NOT wrote. NOT slept."
    Block.objects.filter(paragraph__number=8, position=0).update(text=text)
    said = Block.objects.get(paragraph__number=8, position=0)
    said.mentions.all().delete()
    for start in (at for at in range(len(text)) if text.startswith("NOT", at)):
        Mention.objects.create(block=said, start=start, end=start + 3, surface="NOT", entry=world.office)
    assert "2 more sentences in this paragraph" in read(office_page(client)).words


def test_it_speaks_of_an_entry_that_no_paragraph_names(client, world):
    Entry.objects.create(type="law", slug="old-act", name="Old Act", kind="act")
    page = read(client.get("/laws/old-act/"))
    assert "No paragraph of the report mentions it" in page.words


@pytest.mark.parametrize(
    ("slug", "offered"), [("not", OFFICE), ("office-of-travellers", OFFICE), ("national-office", OFFICE)]
)
def test_it_offers_the_register_and_entries_like_an_unknown_slug(client, world, slug, offered):
    response = client.get(f"/institutions/{slug}/")
    page = read(response)
    assert response.status_code == 404
    assert f"has no entry “{slug}”" in page.words
    assert offered in page.words
    assert "/institutions/" in page.links()


def test_it_keeps_the_registers_apart(client, world):
    assert client.get("/laws/office-for-travellers/").status_code == 404


def test_it_leads_a_slug_in_capitals_to_its_address(client, world):
    response = client.get("/institutions/Office-for-Travellers/")
    assert (response.status_code, response["Location"]) == (301, "/institutions/office-for-travellers/")


def test_it_asks_the_database_no_more_for_more_mentions(client, world, django_assert_num_queries):
    with django_assert_num_queries(16):
        office_page(client)
    for number in range(10, 40):
        paragraph = Paragraph.objects.create(
            report=world.report, number=number, section=Paragraph.objects.get(number=9).section, position=number + 50,
            source_text="", source_line=1, sha256="",
        )  # fmt: skip
        said = Block.objects.create(paragraph=paragraph, position=0, kind="text", text="NOT and the Act.")
        entry = Entry.objects.create(type="law", slug=f"act-{number}", name=f"Act {number}", kind="act")
        Mention.objects.create(block=said, start=0, end=3, surface="NOT", entry=world.office)
        Mention.objects.create(block=said, start=8, end=15, surface="the Act", entry=entry)
    with django_assert_num_queries(16):
        assert "Mentioned in 35 paragraphs" in read(office_page(client)).words


@pytest.mark.parametrize("typed", ["Travellers-Act", "tra\u0301vellers-act", "travellers‑act", "travel\u00adlers-act"])
def test_it_leads_from_an_address_with_capitals_accents_or_invisible_characters_to_the_entry(client, world, typed):
    answer = client.get(f"/laws/{quote(typed)}/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/laws/travellers-act/")


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [(2012, None, "since 2012"), (None, 2018, "until 2018"), (2013, 2018, "2013–2018"), (2015, 2015, "2015")],
)
def test_the_years_of_an_entry_say_which_end_is_open(first, last, words):
    assert Entry(start_year=first, end_year=last).years == words
