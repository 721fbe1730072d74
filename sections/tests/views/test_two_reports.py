"""A second report with the same numbers changes no page of the first, and its own pages show nothing of the first."""

from datetime import date

import pytest

from sections.models import (
    ArticleLink,
    BackReference,
    Block,
    CheckedSum,
    ConventionArticle,
    ConventionPart,
    DatedEvent,
    Figure,
    Footnote,
    Mention,
    Paragraph,
    Place,
    PlaceMention,
    Reference,
    Relation,
    Report,
    Section,
    Table,
)
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import SYMBOL, make_world

pytestmark = pytest.mark.django_db

OTHER = "XXX/C/EXA/2"
TEXT = "In 1999 the Zebra Office of Zebraland counted 77 zebras; see annex 9 and paragraph 1."


built_world, world = shared_world(make_world)


def add_report(world):
    """A report whose four paragraphs have the numbers of the first report's, and name its entries."""
    report = Report.objects.create(symbol=OTHER, title="Fourth report of Examplia", state_party="Examplia")
    part = Section.objects.create(report=report, key="part-1", position=1, kind="part", level=1, title="Zebra part")
    reply = Section.objects.create(
        report=report, key="reply-1", position=2, kind="reply", level=2, title="Zebra reply", number=1, parent=part,
        convention_part=ConventionPart.objects.get(number=2),
    )  # fmt: skip
    place = Place.objects.create(slug="zebraland", name="Zebraland", kind="country", names=["Zebraland"])
    for number in range(1, 5):
        paragraph = Paragraph.objects.create(
            report=report, number=number, section=reply, position=number + 2, source_text=f"{number}.\t{TEXT}\n",
            source_line=number, sha256="",
        )  # fmt: skip
        _fill(world, paragraph, place)
    first, second = Paragraph.objects.filter(report=report, number__in=(1, 2)).order_by("number")
    BackReference.objects.create(
        block=second.blocks.get(position=0), start=TEXT.index("paragraph 1"), end=len(TEXT) - 1, surface="paragraph 1",
        target=first, reason="Zebra reason.",
    )  # fmt: skip
    return report


def _fill(world, paragraph, place):
    block = Block.objects.create(paragraph=paragraph, position=0, kind="text", text=TEXT)
    body = Block.objects.create(paragraph=paragraph, position=1, kind="footnote", label="4", text="Zebra note.")
    Footnote.objects.create(report=paragraph.report, number=paragraph.number, block=block, offset=7, body=body)
    for surface, entry in [("Zebra Office", world.office), ("Zebraland", world.act), ("zebras", world.plan)]:
        Mention.objects.create(block=block, entry=entry, surface=surface, **_span(surface))
    for article in ConventionArticle.objects.all():
        ArticleLink.objects.create(paragraph=paragraph, article=article, confidence="high", reason="Zebra reason.")
    figure = Figure.objects.create(
        block=block, surface="77", value=77, kind="people", unit="zebras", what="zebras counted", period="1999",
        first_year=1999, last_year=1999, **_span("77"),
    )  # fmt: skip
    checked = CheckedSum.objects.create(paragraph=paragraph, position=1, kind="sum", what="zebras", total=figure)
    checked.addends.add(figure)
    DatedEvent.objects.create(
        block=block, surface="1999", first=date(1999, 1, 1), last=date(1999, 12, 31), precision="year", sense="on",
        what="Zebras counted", **_span("1999"),
    )  # fmt: skip
    PlaceMention.objects.create(block=block, place=place, surface="Zebraland", **_span("Zebraland"))
    Reference.objects.create(block=block, kind="annex", target="9", **_span("annex 9"))
    table = Block.objects.create(paragraph=paragraph, position=2, kind="table", text="Zebras\n\t1999\nAll\t77")
    Table.objects.create(
        report=paragraph.report, number=paragraph.number, block=table, title="Zebras", header=["", "1999"],
        rows=[["All", "77"]],
    )  # fmt: skip


def _span(surface):
    start = TEXT.index(surface)
    return {"start": start, "end": start + len(surface)}


def pages(symbol):
    """The addresses of the site, those of the report with this symbol among them."""
    report = [
        f"/{symbol}/{name}" for name in (
            "", "full/", "annexes/", "parts/1/", "parts/2/", "figures/", "figures/sums/", "timeline/", "places/",
            "figures.csv", "timeline.csv", "places.csv", "tables/1/", "tables/2/", "tables/1.csv",
        )
    ]  # fmt: skip
    report += [f"/{symbol}/replies/{number}/" for number in range(1, 6)]
    report += [f"/{symbol}/paragraphs/{number}{ending}" for number in range(1, 11) for ending in ("/", ".txt", ".ris")]
    return report


SITE = [
    "/", "/about/", "/about/fidelity/", "/convention/", "/convention/matrix/", "/convention/matrix/?with=laws",
    *(f"/convention/parts/{number}/" for number in (1, 2, 3)),
    *(f"/convention/articles/{number}/" for number in range(1, 7)),
    "/convention/articles/4/?law=travellers-act", "/institutions/", "/laws/", "/programmes/",
    "/institutions/?part=2", "/institutions/?article=2", "/laws/?article=1&sort=paragraphs",
    "/institutions/office-for-travellers/", "/institutions/office-for-travellers/?law=travellers-act",
    "/institutions/office-for-travellers/card/", "/laws/travellers-act/", "/programmes/open-roads-plan/",
]  # fmt: skip


def test_it_shows_the_same_pages_of_a_report_when_another_one_is_added(client, world):
    addresses = [*SITE, *pages(SYMBOL)]
    before = {address: client.get(address).content for address in addresses}
    add_report(world)
    changed = [address for address in addresses if client.get(address).content != before[address]]
    assert changed == []


def test_it_shows_nothing_of_another_report_on_the_pages_of_a_report(client, world):
    add_report(world)
    for address in pages(OTHER):
        text = client.get(address).content.decode()
        assert f"/{SYMBOL}/" not in text, address
        assert [words for words in ("Its budget", "keeps no one", "Granted") if words in text] == [], address


def test_it_names_the_report_of_a_paragraph_that_states_a_relation_in_another_report(client, world):
    stated = Paragraph.objects.get(report=add_report(world), number=2)
    Relation.objects.create(source=world.office, kind="implements", target=world.act, paragraph=stated)
    page = read(client.get("/institutions/office-for-travellers/"))
    assert f"Implements Travellers Act {OTHER}, para. 2" in page.words
    assert f"/{OTHER}/paragraphs/2/" in page.links()


def test_it_follows_no_reference_into_another_report(client, world):
    other = Paragraph.objects.get(report=add_report(world), number=2)
    block = Block.objects.get(paragraph__report=world.report, paragraph__number=8)
    BackReference.objects.create(block=block, start=0, end=2, surface="No", target=other, reason="A slip.")
    page = read(client.get(f"/{SYMBOL}/paragraphs/8/"))
    assert f"/{SYMBOL}/paragraphs/2/" not in page.links()
    assert "Refers to" not in page.words
    assert "Referred to again in Paragraph 8" not in read(client.get(f"/{OTHER}/paragraphs/2/")).words
