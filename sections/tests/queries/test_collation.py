"""One order of names, and one letter for each, in any script."""

import pytest
from django.test import Client

from sections.models import Entry, Name, Synonym
from sections.queries.collation import initial
from sections.tests.support import desk
from sections.tests.support.pages import read

pytestmark = pytest.mark.django_db

IN_ORDER = [
    "7th Commission", "Æon Institute", "Álamos", "alamos office", "École", "“Federal Police”", "FUNDAR", "Łódź Office",
    "Ñandú", "Nauru Office", "Öresund Board", "Zeta", "Αθήνα", "Министерство", "مكتب الهجرة", "★", "移民局",
]  # fmt: skip
INITIALS = {
    "Álamos": "A", "école": "E", "Łódź": "L", "Ñandú": "N", "Øresund": "O", "Æon": "A", "ßen": "S", "Đà Nẵng": "D",
    "“Police”": "P", "7th": "#", "²": "#", "Αθήνα": "#", "Министерство": "#", "مكتب": "#", "移民局": "#", "한국": "#",
    "★ Star": "S", "★": "#", "—": "#", "": "#",
}  # fmt: skip


@pytest.mark.parametrize(("name", "letter"), INITIALS.items())
def test_each_name_stands_under_one_letter(name, letter):
    assert initial(name) == letter


@pytest.fixture
def named(client):
    for place, name in enumerate(reversed(IN_ORDER)):
        Entry.objects.create(type="institution", slug=f"entry-{place}", name=name, kind="office")
    return desk.editor(client)


def shown(answer, names=IN_ORDER):
    """The names in the order in which the page shows them."""
    text = answer.content.decode()
    return sorted((name for name in names if f">{name}</a>" in text), key=lambda name: text.index(f">{name}</a>"))


def test_desk_and_register_have_the_same_order(named):
    register = shown(Client().get("/institutions/"))
    assert register == IN_ORDER
    assert shown(named.get("/admin/sections/institution/?all=")) == register
    assert shown(named.get("/admin/sections/institution/?o=-1")) == register[::-1]


def test_the_pages_of_a_long_list_follow_that_order(named):
    Entry.objects.bulk_create(
        Entry(type="institution", slug=f"office-{n}", name=f"{'áÁaA'[n % 4]} {n:03}", kind="office") for n in range(60)
    )
    names = [f"{'áÁaA'[n % 4]} {n:03}" for n in range(60)]
    first, second = (shown(named.get("/admin/sections/institution/", {"p": page}), names) for page in (1, 2))
    assert first + second == names


def test_fields_that_look_up_an_entry_follow_that_order(named):
    question = {"app_label": "sections", "model_name": "relation", "field_name": "target", "term": ""}
    found = [row["text"].partition(" (")[0] for row in named.get("/admin/autocomplete/", question).json()["results"]]
    assert found == IN_ORDER


def test_every_entry_is_reached_by_one_letter(named):
    page = Client().get("/institutions/")
    found = [
        name
        for letter, used in page.context["letters"]
        if used
        for name in shown(Client().get("/institutions/", {"letter": letter}))
    ]
    assert sorted(found) == sorted(IN_ORDER)


def test_names_say_in_which_direction_they_run(named):
    office = Entry.objects.get(name="مكتب الهجرة")
    Name.objects.create(entry=office, text="مكتب", form="acronym")
    page = read(Client().get(office.get_absolute_url()))
    assert [attrs.get("dir") for tag, attrs in page.tags if tag == "h1"] == ["auto"]


def test_the_thesaurus_sorts_small_and_capital_letters_together(client):
    terms = ["ábaco", "asylum", "Border", "Zebra"]
    Synonym.objects.bulk_create(Synonym(term=term, says="x") for term in reversed(terms))
    assert shown(desk.editor(client).get("/admin/sections/synonym/"), terms) == terms
