"""A page says which parts of an address it leaves out: filters that it does not have, and values that name nothing."""

import pytest

from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import SYMBOL, make_indexed_world

pytestmark = pytest.mark.django_db


built_world, world = shared_world(make_indexed_world)


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("/institutions/?colour=red", "“colour”"),
        ("/institutions/?letter=é", "“letter”"),
        ("/laws/?kind=agency", ""),
        (f"/{SYMBOL}/figures/?colour=red", "“colour”"),
        (f"/{SYMBOL}/figures/?year=abc", ""),
        (f"/{SYMBOL}/figures/?paragraph=999", "The report has no paragraph 999."),
        ("/convention/?show=nothing", "“nothing”"),
        ("/convention/matrix/?with=cats&first=0", "“cats”"),
        ("/convention/matrix/?part=77", "“77”"),
        ("/changes/?colour=red", "“colour”"),
        ("/search/?q=act&colour=red", "“colour”"),
        ("/search/?q=act&sort=size", "“size”"),
        ("/search/?q=act&year=abc", "There is no year “abc”."),
        ("/search/?q=act&article=200", "There is no article “200”."),
        ("/search/?q=act&reply=99", "There is no reply “99”."),
        ("/search/?q=act&law=no-such-law", "There is no law “no-such-law”."),
        ("/search/?q=act+year:abc", "There is no year “abc”."),
    ],
)
def test_what_cannot_be_used_is_named_and_the_list_is_shown_without_it(client, world, address, what):
    found = read(client.get(address))
    assert f"{what}" in found.words and "This filter was left out." in found.words


@pytest.mark.parametrize(
    "address",
    [
        "/institutions/?kind=agency&sort=kind&letter=N&page=1",
        f"/{SYMBOL}/figures/?text=x&sort=value",
        "/convention/?show=linked",
        "/convention/matrix/?with=laws&kind=&part=1&first=0",
        "/changes/?month=2026-11&before=9",
        "/search/?q=act&part=3&law=travellers-act&sort=place&names=0&exact=1&literal=1&page=1&all=law",
    ],
)
def test_nothing_is_said_of_what_the_page_knows(client, world, address):
    assert "was left out" not in read(client.get(address)).words


def test_a_filter_that_names_nothing_does_not_hide_what_the_others_find(client, world):
    plain, unfit = (read(client.get(f"/search/?q=act{more}")).h1 for more in ("", "&year=abc"))
    assert plain == unfit
