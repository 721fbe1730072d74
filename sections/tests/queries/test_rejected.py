"""What an editor rejected is nowhere among what readers see: pages, charts, files, the API and the search."""

from datetime import date

import pytest
from django.core.management import call_command

from sections.models import CheckedSum, DatedEvent, Figure, Place, PlaceMention, Review
from sections.tests.support.world import block, make_world

pytestmark = pytest.mark.django_db
REPORT = "/XXX/C/EXA/1"
ADDRESSES = [
    f"{REPORT}/figures/", f"{REPORT}/figures.csv", f"{REPORT}/figures.json", f"{REPORT}/figures/sums/",
    f"{REPORT}/figures/sums.csv", f"{REPORT}/timeline/", f"{REPORT}/timeline.csv", f"{REPORT}/places/",
    f"{REPORT}/places.csv", f"{REPORT}/paragraphs/3/", f"{REPORT}/paragraphs/4/", f"{REPORT}/paragraphs/9/",
    "/api/v1/figures/", "/api/v1/dates/", "/search/?q=zeppelins", "/search/?q=moonrise", "/search/?q=Narnia",
    f"{REPORT}/report.json", f"{REPORT}/paragraphs/3.json", f"{REPORT}/",
]  # fmt: skip
WORDS = [b"zeppelins", b"moonrise", b"narnia", b"sumzeppelin"]


def span(words, number, position=0):
    here = block(number, position)
    start = here.text.index(words)
    return {"block": here, "start": start, "end": start + len(words), "surface": words}


@pytest.fixture
def rows():
    make_world()
    figure = Figure.objects.create(
        **span("1 200", 3, 1),
        value=1200,
        kind="money",
        unit="zeppelins",
        what="zeppelins bought",
        first_year=2014,
        last_year=2014,
    )
    day = {"first": date(2015, 5, 1), "last": date(2015, 5, 31), "precision": "month", "sense": "on"}
    event = DatedEvent.objects.create(**span("2015", 4, 1), **day, what="moonrise")
    place = Place.objects.create(slug="narnia", name="Narnia", kind="country", names=["NOT"])
    mention = PlaceMention.objects.create(**span("NOT", 9, 1), place=place)
    checked = CheckedSum.objects.create(
        paragraph=figure.paragraph, position=1, kind="sum", what="sumzeppelin", total=figure
    )
    checked.addends.add(figure)
    call_command("rebuild_search", verbosity=0)
    return [figure, event, mention]


def found(client):
    """For each address the made-up words that it shows, other than the words of the search itself."""
    shown = {}
    for address in ADDRESSES:
        answer = client.get(address)
        assert answer.status_code == 200, address
        body = (b"".join(answer.streaming_content) if answer.streaming else answer.content).lower()
        query = address.partition("?q=")[2].lower().encode()
        shown[address] = {word for word in WORDS if word in body and word != query}
        if query and b"results-data" in body:
            shown[address].add(query)
    return shown


def test_a_rejected_figure_date_or_place_is_shown_nowhere(client, rows):
    before = found(client)
    assert set().union(*before.values()) >= set(WORDS)
    for row in rows:
        row.review = Review.REJECTED
        row.save()
    assert {address: words for address, words in found(client).items() if words} == {}
