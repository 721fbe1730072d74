"""Whatever is put into the API's addresses and parameters, it answers in words and as JSON, never with a fault."""

from urllib.parse import quote

import pytest
from django.test import Client

from sections.search.service import rebuild
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_world

ODD = {
    "superscript": "²",
    "circled": "①",
    "arabic": "٣",
    "huge": "9" * 30,
    "longer than int() reads": "9" * 5000,
    "exponent": "1e9",
    "negative": "-1",
    "fraction": "1.5",
    "NUL": "\x00",
    "NUL within": "a\x00b",
    "lone surrogate": "\udcff",
    "empty": "",
    "blank": " ",
    "words": "many",
    "quotes": "'\"",
    "emoji": "😀",
}
LISTS = {
    "paragraphs/": ["limit", "offset", "report", "reply", "article", "institution", "law", "programme"],
    "replies/": ["limit", "offset", "report"],
    "institutions/": ["limit", "offset", "report", "kind"],
    "laws/": ["limit", "offset", "report", "kind"],
    "programmes/": ["limit", "offset", "report", "kind"],
    "convention/articles/": ["limit", "offset", "report"],
    "documents/": ["limit", "offset", "report"],
    "convention/texts/": ["limit", "offset", "report"],
    "figures/": ["limit", "offset", "report", "kind", "year", "paragraph", "text", "standing", "sort"],
    "paragraphs/7/": ["report"],
    "replies/1/": ["report"],
    "laws/travellers-act/": ["report"],
    "convention/articles/4/": ["report"],
    "search/": [
        "q", "limit", "page", "sort", "names", "exact", "report", "part", "article", "institution", "law", "programme",
        "reply",
    ],
}  # fmt: skip
PLACES = [
    "paragraphs/{}/", "replies/{}/", "institutions/{}/", "laws/{}/", "programmes/{}/", "convention/articles/{}/",
    "convention/texts/{}/",
    "{}/", "schema/{}",
]  # fmt: skip


def build_world():
    """The small world with its index."""
    make_world()
    rebuild()


built_world, world = shared_world(build_world)


def faults(addresses):
    """The addresses whose answers are not what the API may answer, and those answers."""
    client = Client(raise_request_exception=False)
    for address in addresses:
        response = client.get(address)
        if response.status_code == 200:
            continue
        words = response.json() if response["Content-Type"] == "application/problem+json" else None
        if response.status_code not in {400, 404} or not isinstance(words, dict) or not all(words.values()):
            yield address[:80], response.status_code, response.content[:200]


def encoded(value):
    return quote(value.encode("utf-8", "surrogateescape"))


@pytest.mark.parametrize("path", LISTS)
def test_it_answers_odd_parameters_in_words(world, path):
    addresses = [f"/api/v1/{path}?{name}={encoded(odd)}" for name in LISTS[path] for odd in ODD.values()]
    assert list(faults(addresses)) == []


@pytest.mark.django_db
def test_it_describes_itself_whatever_form_or_language_is_asked_for():
    client = Client(raise_request_exception=False)
    addresses = [f"/api/v1/schema/?{name}={encoded(odd)}" for name in ("format", "lang") for odd in ODD.values()]
    assert {client.get(address).status_code for address in addresses} == {200, 404}


@pytest.mark.parametrize("place", PLACES)
def test_it_answers_odd_addresses_in_words(world, place):
    assert list(faults(f"/api/v1/{place.format(encoded(odd))}" for odd in ODD.values())) == []


@pytest.mark.parametrize("place", ["paragraphs/{}.json", "paragraphs/{}.ris"])
def test_it_has_no_file_for_a_paragraph_of_an_odd_number(world, place):
    client = Client(raise_request_exception=False)
    addresses = [f"/XXX/C/EXA/1/{place.format(encoded(odd))}" for odd in ODD.values()]
    assert {client.get(address, follow=True).status_code for address in addresses} == {404}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("limit=²", {"limit": ["Give a whole number from 1 to 1000."]}),
        ("limit=0", {"limit": ["Give a whole number from 1 to 1000."]}),
        ("limit=1001", {"limit": ["Give a whole number from 1 to 1000."]}),
        ("article=200", {"article": ["The Convention has no article 200."]}),
        ("reply=99", {"reply": ["The report has no reply 99."]}),
        ("law=no-such-law", {"law": ["There is no law with the slug no-such-law."]}),
        ("institution=travellers-act", {"institution": ["There is no institution with the slug travellers-act."]}),
        (f"offset={10**30}", {"offset": ["Give a whole number of 0 or more."]}),
        ("article=①", {"article": ["Enter a whole number."]}),
        ("reply=100001", {"reply": ["Ensure this value is less than or equal to 100000."]}),
        ("law=%00", {"law": ["Null characters are not allowed."]}),
    ],
)
def test_it_says_which_parameter_is_wrong_and_why(world, query, words):
    response = Client().get(f"/api/v1/paragraphs/?{query}")
    assert (response.status_code, response.json()["errors"]) == (400, words)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("institutions/?kind=xx", "kind"),
        ("laws/?kind=agency", "kind"),
        ("figures/?kind=xx", "kind"),
        ("figures/?sort=xx", "sort"),
        ("figures/?year=abc", "year"),
        ("figures/?paragraph=999", "paragraph"),
        ("search/?q=act&article=200", "article"),
        ("search/?q=act&part=9", "part"),
        ("search/?q=act&reply=99", "reply"),
        ("search/?q=act&year=abc", "year"),
        ("search/?q=act&place=nowhere", "place"),
        ("search/?q=act&has=pictures", "has"),
        ("search/?q=act&law=no-such-law", "law"),
        ("search/?q=act&sort=size", "sort"),
        ("search/?q=act&names=yes", "names"),
        ("search/?q=act&limit=101", "limit"),
        ("replies/?limit=99999", "limit"),
    ],
)
def test_a_value_that_names_nothing_is_refused_and_not_ignored(world, address, name):
    response = Client().get(f"/api/v1/{address}")
    assert response.status_code == 400 and response["Content-Type"] == "application/problem+json"
    (sentence,) = response.json()["errors"][name]
    assert sentence.endswith(".") and sentence in response.json()["detail"]


@pytest.mark.django_db
def test_the_schema_describes_every_way_in_which_a_request_can_be_refused():
    schema = Client().get("/api/v1/schema/?format=json").json()
    for path, methods in schema["paths"].items():
        if "schema" not in path:
            assert {"400", "404", "405", "429", "503"} <= set(methods["get"]["responses"]), path
