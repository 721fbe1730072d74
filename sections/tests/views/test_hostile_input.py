"""Values that no link of the site holds, in every address of the pages and in every parameter they read."""

from urllib.parse import quote

import pytest

from sections import urls
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import SYMBOL, make_world

pytestmark = pytest.mark.django_db

# As they stand in an address: empty, digits that are not ASCII, huge, negative, NUL, bytes that are no UTF-8.
VALUES = {
    "empty": "",
    "superscript two": quote("²"),
    "one in a circle": quote("①"),
    "Arabic three": quote("٣"),
    "beyond 64 bits": "99999999999999999999",
    "five thousand digits": "9" * 5000,
    "negative": "-1",
    "number and NUL": "1%00",
    "no UTF-8": "%FF",
    "lone surrogate": "%ED%A0%80",
}
# What each page reads behind the "?".
PARAMETERS = {
    "/institutions/": ["page", "letter", "text", "kind", "part", "article", "sort"],
    "/institutions/office-for-travellers/": ["law"],
    "/convention/articles/4/": ["institution", "law", "programme"],
    "/convention/matrix/": ["with", "kind", "part", "first"],
    f"/{SYMBOL}/figures/": ["page", "text", "kind", "year", "standing", "paragraph", "sort"],
    f"/{SYMBOL}/figures.csv": ["text", "kind", "year", "standing", "paragraph", "sort"],
    f"/{SYMBOL}/parts/1/": ["page"],
}
OTHER_TESTS = {"search", "suggestions", "opensearch", "changes", "changes-feed"}
SAMPLES = {
    "<symbol:symbol>": SYMBOL,
    "<entry:slug>": "office-for-travellers",
    "<data:file_format>": "csv",
    "<citation:file_format>": "ris",
    "<place:place>": "1-3",
    "<short_place:place>": "2(b)",
    "<int:number>": "1",
}


def patterns():
    """The addresses of the pages and of the files beside them, as patterns."""
    return [str(row.pattern) for row in [*urls.pages, *urls.citations, *urls.files] if row.name not in OTHER_TESTS]


def filled(pattern, without=""):
    """The address of a pattern with all of its parts filled but one."""
    for part, sample in SAMPLES.items():
        if part != without:
            pattern = pattern.replace(part, sample)
    return f"/{pattern}"


built_world, world = shared_world(make_world)


@pytest.mark.parametrize("name", VALUES)
def test_it_answers_every_address_in_words(client, world, name):
    answers = {}
    for pattern in patterns():
        for part in SAMPLES:
            if part in pattern:
                address = filled(pattern, part).replace(part, VALUES[name])
                answers[address] = client.get(address)
    assert [address[:100] for address, answer in answers.items() if answer.status_code not in (200, 301, 404)] == []
    pages = [row for row in answers.values() if row.status_code == 404 and "html" in row["Content-Type"]]
    assert {h1 for page in pages for h1 in read(page).h1} == {"There is no page at this address"}


@pytest.mark.parametrize("name", VALUES)
def test_it_answers_every_parameter(client, world, name):
    statuses = {
        f"{page}?{parameter}": client.get(f"{page}?{parameter}={VALUES[name]}").status_code
        for page, parameters in PARAMETERS.items()
        for parameter in parameters
    }
    assert {address: status for address, status in statuses.items() if status not in (200, 404)} == {}
    unknown = {address for address, status in statuses.items() if status == 404}
    assert all(address.endswith(("?institution", "?law", "?programme")) for address in unknown)


def test_it_says_that_a_paragraph_with_a_huge_number_is_not_there(client, world):
    response = client.get(f"/{SYMBOL}/paragraphs/99999999999999999999/")
    words = f"{SYMBOL} has no paragraph 99999999999999999999. Its paragraphs go from 1 to 9."
    assert (response.status_code, words in read(response).words) == (404, True)


@pytest.mark.parametrize("number", ["99999999999999999999", "9" * 5000, "²"])
def test_it_redirects_no_citation_with_a_number_that_is_none(client, world, number):
    assert client.get(f"/{SYMBOL}/{quote(number)}/").status_code == 404


def test_it_only_reads(client, world):
    addresses = [filled(pattern) for pattern in patterns()]
    assert {address for address in addresses if client.post(address).status_code != 405} == {"/report-an-error/"}
    assert {
        address for address in addresses if client.head(address, follow=True).status_code not in (200, 404)
    } == set()
