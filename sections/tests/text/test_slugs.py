"""Addresses made from names in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sections.text.slugs import LONGEST, clean_slug, slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("National Institute for Migration (INM)", "national-institute-for-migration-inm"),
        ("Secretaría de Gobernación", "secretaria-de-gobernacion"),
        ("Ombudsman’s Office", "ombudsmans-office"),
        ("Łódź – Ørsted", "lodz-orsted"),
        ("Министерство труда", "ministerstvo-truda"),
        ("Αθήνα", "athina"),
        ("移民局", "yiminju"),
        ("  2008 PTRM  ", "2008-ptrm"),
        ("★ — …", ""),
        ("", ""),
    ],
)
def test_a_name_becomes_latin_letters(name, slug):
    assert slug_of(name) == slug


def test_a_long_name_is_cut_after_a_word():
    slug = slug_of("Commission of " * 20)
    assert slug.endswith("-of") or slug.endswith("-commission")
    assert len(slug) <= LONGEST


@given(st.text(max_size=200))
def test_every_name_gives_what_an_address_may_hold(name):
    slug = slug_of(name)
    assert len(slug) <= LONGEST and slug == clean_slug(slug)
    assert all(letter in "abcdefghijklmnopqrstuvwxyz0123456789-" for letter in slug)
