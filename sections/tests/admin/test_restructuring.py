"""Entries moved to another register, merged across registers, and split: the links are seen first, nothing is lost."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from sections.editing.revert import undo
from sections.models import Change, Entry, Mention, Name, Relation, ShortForm, tracked_models
from sections.tests.support import desk
from sections.tests.support.world import ACT, OFFICE, PLAN, block

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(client, world):
    user = User.objects.create_user("ana", is_staff=True)
    user.groups.add(Group.objects.get(name="editors"))
    client.force_login(user)
    return client


def address(entry, page):
    return f"/admin/entries/{entry.pk}/{page}/"


def seen(client, where, answers, **more):
    """Fills in the form, and answers the page that shows the links."""
    preview = client.post(where, answers)
    assert preview.status_code == 200 and "_seen" in preview.content.decode(), desk.words(preview)[:2000]
    return preview, client.post(where, desk.filled_in(preview) | more, follow=True)


def state():
    """All records; links that are found by names may return under another key."""
    rows = {model: list(model._base_manager.order_by("pk").values_list()) for model in tracked_models()}
    rows[Mention] = sorted(row[1:] for row in rows[Mention])
    return {model: found for model, found in rows.items() if found}


def links():
    rows = Mention.objects.shown().order_by("block__paragraph__number", "start")
    return list(rows.values_list("block__paragraph__number", "surface", "entry__name"))


def test_the_page_of_an_entry_leads_to_these_pages(ana, world):
    page = ana.get(desk.place(world.office)).content.decode()
    assert all(address(world.office, name) in page for name in ("register", "merge", "split"))


def test_an_entry_moves_to_another_register_with_all_that_belongs_to_it(ana, world):
    before, was = links(), world.plan.get_absolute_url()
    relations = list(Relation.objects.order_by("pk").values_list())
    preview, answer = seen(ana, address(world.plan, "register"), {"kind": "law:decree", "reason": "It is a decree."})
    assert "No link changes." in desk.words(preview)
    moved = Entry.objects.get(pk=world.plan.pk)
    assert (moved.type, moved.kind, moved.slug) == ("law", "decree", world.plan.slug)
    assert answer.redirect_chain[-1][0] == desk.place(moved)
    assert links() == before and list(Relation.objects.order_by("pk").values_list()) == relations
    old = Client().get(was)
    assert (old.status_code, old["Location"]) == (301, moved.get_absolute_url())
    assert "It is a decree." in ana.get(f"{desk.place(moved).removesuffix('change/')}history/").content.decode()
    assert PLAN in Client().get("/laws/").content.decode()
    assert PLAN not in Client().get("/programmes/").content.decode()


def test_a_taken_address_gets_a_number_and_the_way_back_is_free(ana, world):
    Entry.objects.create(type="law", slug=world.plan.slug, name="Namesake Act", kind="act")
    seen(ana, address(world.plan, "register"), {"kind": "law:act"})
    assert Entry.objects.get(pk=world.plan.pk).slug == f"{world.plan.slug}-2"
    seen(ana, address(world.plan, "register"), {"kind": "programme:fund"})
    back = Entry.objects.get(pk=world.plan.pk)
    assert back.type == "programme" and Client().get(back.get_absolute_url()).status_code == 200


def test_undo_brings_a_moved_entry_back(ana, world):
    before = state()
    seen(ana, address(world.plan, "register"), {"kind": "law:act"})
    undo(Change.objects.exclude(kind="link").get())
    assert state() == before


def test_entries_of_two_registers_are_merged_with_the_fields_that_are_chosen(ana, world):
    asked = ana.get(address(world.office, "merge"), {"other": "open roads plan"}, follow=True)
    assert asked.redirect_chain == [(f"{address(world.office, 'merge')}?with={world.plan.pk}", 302)]
    where, form = asked.redirect_chain[0][0], desk.words(asked)
    assert OFFICE in form and PLAN in form and "2012" in form and "2013" in form
    keys = {"stays": world.office.pk, "name": world.plan.pk, "description": world.office.pk}
    years = {"start_year": world.plan.pk, "end_year": world.plan.pk}
    before = state()
    preview, _answer = seen(ana, where, keys | years | {"reason": "One body."})
    assert f"Links that lead to {OFFICE} instead of {PLAN}" in desk.words(preview)
    assert f"runs the {PLAN} under" in desk.words(preview)
    office = Entry.objects.get(pk=world.office.pk)
    assert (office.type, office.name, office.start_year, office.end_year) == ("institution", PLAN, 2013, 2018)
    assert office.description == "Applies the Act."
    assert set(office.names.values_list("text", flat=True)) >= {OFFICE, "NOT"}
    assert not Entry.objects.filter(pk=world.plan.pk).exists()
    assert Client().get(world.plan.get_absolute_url())["Location"] == office.get_absolute_url()
    undo(Change.objects.exclude(kind="link").get())
    assert state() == before


@pytest.mark.parametrize(("other", "told"), [("nobody", "No entry is named"), (OFFICE, "the entry itself"), ("", "")])
def test_the_other_entry_must_be_another_one(ana, world, other, told):
    answer = ana.get(address(world.office, "merge"), {"other": other})
    assert answer.status_code == 200 and told in desk.words(answer)


def test_years_that_do_not_fit_together_are_refused_in_words(ana, world):
    world.office.end_year = 2012
    world.office.save()
    where = f"{address(world.office, 'merge')}?with={world.plan.pk}"
    keys = {"stays": world.office.pk, "name": world.office.pk, "description": world.office.pk}
    answer = ana.post(where, keys | {"start_year": world.plan.pk, "end_year": world.office.pk})
    assert "The last year can't come before the first one." in desk.words(answer)


def test_an_entry_is_split_into_a_new_one_in_one_step(ana, world):
    name = Name.objects.get(text="NOT")
    form = ShortForm.objects.get()
    single = Mention.objects.filter(entry=world.office, surface=OFFICE).order_by("pk").last()
    answers = {"new_name": "Bureau of Travel", "new_kind": "institution:unit", "reason": "Two bodies."}
    before, was = state(), links()
    chosen = {"names": [name.pk], "short_forms": [form.pk], "mentions": [single.pk]}
    preview, answer = seen(ana, address(world.office, "split"), answers | chosen)
    assert f"Links that lead to Bureau of Travel instead of {OFFICE}" in desk.words(preview)
    bureau = Entry.objects.get(name="Bureau of Travel")
    assert (bureau.type, bureau.kind, bureau.slug) == ("institution", "unit", "bureau-of-travel")
    assert answer.redirect_chain[-1][0] == desk.place(bureau)
    moved = [(number, words) for number, words, entry in links() if entry == bureau.name]
    assert {words for _, words in moved} >= {"NOT", OFFICE}
    assert [row[:2] for row in links()] == [row[:2] for row in was]
    single.refresh_from_db()
    assert (single.entry, single.review, single.basis) == (bureau, "confirmed", "editor")
    change = Change.objects.get(kind="move")
    assert change.reason == "Two bodies."
    assert "Bureau of Travel" in Client().get(change.get_absolute_url()).content.decode()
    undo(Change.objects.exclude(kind="link").get())
    assert state() == before


def test_single_places_can_be_left_as_they_are(ana, world):
    name = Name.objects.get(text="NOT")
    answers = {"to": ACT, "names": [name.pk]}
    kept = Mention.objects.get(block=block(9, 1), surface="NOT")
    place = f"{kept.block_id}-{kept.start}-{kept.end}"
    seen(ana, address(world.office, "split"), answers, _without=place)
    found = dict(Mention.objects.shown().filter(surface="NOT").values_list("block__paragraph__number", "entry__name"))
    assert found == {1: ACT, 3: ACT, 9: OFFICE}
    assert Mention.objects.get(block=block(9, 1), surface="NOT").review == "confirmed"


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({}, "Name either an entry that exists or a new one."),
        ({"to": ACT}, "Choose at least one name, short form or link that goes."),
        ({"to": ACT, "new_name": "X", "new_kind": "law:act"}, "Name either an entry that exists or a new one."),
        ({"new_name": "X"}, "Choose the register and the kind of the new entry."),
        ({"to": OFFICE}, "This is the entry itself."),
        ({"to": ACT, "names": ["²"]}, "Choose from the list."),
        ({"new_name": ACT, "new_kind": "institution:unit"}, "would mean both"),
        ({"new_name": "x" * 401, "new_kind": "institution:unit"}, "at most 400"),
        ({"to": "\0"}, "Null characters are not allowed."),
    ],
)
def test_a_split_that_makes_no_sense_is_refused_in_words(ana, world, answers, told):
    before = state()
    answer = ana.post(address(world.office, "split"), answers)
    assert answer.status_code == 200 and told in desk.words(answer)
    assert state() == before


def test_nothing_is_done_where_the_links_are_no_longer_those_that_were_shown(ana, world):
    name = Name.objects.get(text="NOT")
    preview = ana.post(address(world.office, "split"), {"to": ACT, "names": [name.pk]})
    Mention.objects.filter(block=block(9, 1)).delete()
    answer = ana.post(address(world.office, "split"), desk.filled_in(preview))
    assert "This is not what the page showed you before" in desk.words(answer)
    assert Name.objects.get(pk=name.pk).entry == world.office


@pytest.mark.parametrize("page", ["register", "merge", "split"])
def test_only_editors_restructure(client, world, page):
    assert client.get(address(world.office, page)).status_code == 302
    rita = User.objects.create_user("rita", is_staff=True)
    rita.groups.add(Group.objects.get(name="reviewers"))
    client.force_login(rita)
    assert client.get(address(world.office, page)).status_code == 403
    assert client.post(address(world.office, page), {}).status_code == 403


@pytest.mark.parametrize("page", ["register", "merge", "split"])
def test_there_is_no_page_for_an_entry_that_is_not_there(ana, page):
    assert ana.get(f"/admin/entries/99999999/{page}/").status_code == 404
    assert ana.get(f"/admin/entries/{'9' * 40}/{page}/").status_code == 404
