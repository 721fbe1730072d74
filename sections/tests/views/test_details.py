"""What folds away opens onto something, on every page that links lead to."""

from collections import deque
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.core.management import call_command

from sections.models import DatedEvent, Figure, Note, Paragraph
from sections.tests.support.pages import Page, read, words
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import SYMBOL, block, make_world

pytestmark = pytest.mark.django_db

MOST = 200  # pages


def empty_details(page):
    """The summaries of what shows nothing when it is opened."""
    return [words(each.find("summary")) for each in page.find(".//details") if not _shows(each)]


def _shows(details):
    rest = [child for child in details if child.tag != "summary"]
    text = [child.tail or "" for child in details] + [details.text or ""]
    shown = any(words(child) or child.find(".//img") is not None for child in rest)
    return shown or any(part.strip() for part in text)


def walk(client, start="/"):
    """The address and the page of every page in English that links lead to, from the home page on."""
    waiting, seen = deque([start, "/search/?q=office", "/search/?q=zzz"]), set()
    while waiting and len(seen) < MOST:
        address = waiting.popleft()
        path = urlsplit(address).path
        if address in seen or path.startswith(("/admin/", "/es/", "/fr/")):
            continue
        seen.add(address)
        answer = client.get(address)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        page = read(answer)
        yield address, page
        targets = [urldefrag(urljoin(address, link))[0] for link in page.links()]
        waiting += [target for target in targets if not urlsplit(target).netloc and "?" not in target]


def build_world():
    world = make_world()
    place = {"block": block(8), "start": 0, "end": 2, "surface": "No"}
    Figure.objects.create(**place, value=0, kind="people", unit="persons", what="Facts")
    Note.objects.create(paragraph=Paragraph.objects.get(number=6), text="As printed.")
    DatedEvent.objects.create(
        block=block(4, 1), start=17, end=25, surface="May 2015", first="2015-05-01", last="2015-05-31",
        precision="month", sense="on", what="Counted",
    )  # fmt: skip
    call_command("rebuild_search", verbosity=0)
    return world


built_world, world = shared_world(build_world)


def test_it_finds_what_opens_onto_nothing():
    nothing = "<details><summary>Names (0)</summary><div> <ul></ul></div></details>"
    page = Page(f"{nothing}<details><summary>A</summary>b</details>")
    assert empty_details(page) == ["Names (0)"]


def test_it_opens_onto_something_on_every_page(client, world):
    pages = dict(walk(client))
    assert {f"/{SYMBOL}/paragraphs/{number}/" for number in range(1, 10)} <= pages.keys()
    assert {"/convention/articles/2/", "/about/fidelity/", "/search/?q=zzz"} <= pages.keys()
    assert sum(len(page.find(".//details")) for page in pages.values()) > 50
    assert {address: found for address, page in pages.items() if (found := empty_details(page))} == {}


def test_it_counts_what_the_margin_lists(client, world):
    page = read(client.get(f"/{SYMBOL}/paragraphs/8/"))
    (summary,) = page.find(".//div[@class='margin']/details/summary")
    assert words(summary) == "Links (1) of paragraph 8"
