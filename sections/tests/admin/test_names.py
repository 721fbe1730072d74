"""Names drive links: what a save would do is shown first, and done in one transaction."""

import pytest

from sections.linking.sync import carry_out, plan_links
from sections.models import Change, Entry, Mention, Name, Paragraph, Relation, ShortForm
from sections.tests.support.desk import editor, filled_in, forget_history, new_row, place, save, send, words
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db


def build_world():
    made = make_world()
    Mention.objects.filter(review="rejected").delete()
    carry_out(plan_links(made.report))
    forget_history()
    return made


built_world, world = shared_world(build_world)


@pytest.fixture
def desk(client, world):
    return editor(client)


def with_name(desk, entry, text, **more):
    fields = filled_in(desk.get(place(entry)))
    row = new_row(fields, "names")
    return fields | {f"{row}text": text, "_continue": "1"} | {f"{row}{name}": value for name, value in more.items()}


def linked(entry):
    rows = Mention.objects.filter(entry=entry).in_order()
    return [(mention.block.paragraph.number, mention.surface) for mention in rows.select_related("block__paragraph")]


def test_it_shows_what_a_new_name_would_do_and_writes_nothing_yet(desk, world):
    before = linked(world.plan)
    shown = desk.post(place(world.plan), with_name(desk, world.plan, "budget"))
    assert "Links that appear: 1 , in 1 paragraph" in words(shown)
    assert "3 Its budget was as follows." in words(shown)
    assert linked(world.plan) == before
    assert not Name.objects.filter(text="budget").exists()
    assert not Change.objects.exists()


def test_it_adds_name_and_links_at_once_when_the_editor_has_seen_them(desk, world):
    shown = desk.post(place(world.plan), with_name(desk, world.plan, "budget", why=""))
    saved = desk.post(place(world.plan), filled_in(shown) | {"why": "The report calls it so."})
    assert saved.status_code == 302
    assert (3, "budget") in linked(world.plan)
    change = Change.objects.get()
    assert (change.kind, change.reason, change.user.username) == ("edit", "The report calls it so.", "ana")
    assert Mention.history.filter(change=change, history_type="+").count() == 1


def test_it_leaves_one_row_of_history_of_each_record_that_it_adds(desk, world):
    send(desk, place(world.plan), with_name(desk, world.plan, "Council of Elsewhere"))
    assert not Name.objects.get(text="Council of Elsewhere").in_report  # found after the row was stored
    row = Name.history.get(text="Council of Elsewhere")
    assert (row.history_type, row.in_report) == ("+", False)


def test_it_takes_the_editor_back_to_the_form_with_all_that_was_typed(desk, world):
    shown = desk.post(place(world.plan), with_name(desk, world.plan, "budget") | {"description": "A plan for roads."})
    back = desk.post(place(world.plan), filled_in(shown) | {"_back": "1"})
    assert "Nothing is saved yet" in words(back)
    fields = filled_in(back)
    assert (fields["names-0-text"], fields["description"]) == ("budget", "A plan for roads.")


def test_it_shows_which_links_disappear_with_a_name(desk, world):
    name = Name.objects.get(text="NOT")
    fields = filled_in(desk.get(place(world.office)))
    row = next(key[:-2] for key, value in fields.items() if key.endswith("-id") and value == str(name.pk))
    shown = desk.post(place(world.office), fields | {f"{row}DELETE": "on"})
    assert "Links that disappear: 3 , in 3 paragraphs" in words(shown)
    desk.post(place(world.office), filled_in(shown))
    assert {surface for _, surface in linked(world.office)} == {"National Office for Travellers", "The Office"}


def test_it_shows_which_links_move_to_another_entry(desk, world):
    shown = desk.post(place(world.plan), with_name(desk, world.plan, "Travellers Act)"))
    assert shown.status_code in (200, 302)
    shown = desk.post(place(world.act), with_name(desk, world.act, "Open Roads Plan under the Travellers Act"))
    assert "Links to this entry that become longer or shorter (1)" in words(shown)
    assert "linked now: “Travellers Act” Open Roads Plan → Travellers Act" in words(shown)


@pytest.mark.parametrize("text", ["Travellers Act", "travellers act", "TRAVELLERS ACT", "Travéllers Act"])
def test_it_refuses_a_name_that_another_entry_has_and_names_both(desk, world, text):
    refused = desk.post(place(world.plan), with_name(desk, world.plan, text))
    said = words(refused)
    assert refused.status_code == 200
    assert f"“{text}” would mean both Open Roads Plan (programme) and Travellers Act (law)." in said
    assert "enter it under “Short forms” with their numbers instead" in said
    assert filled_in(refused)["names-0-text"] == text
    assert not Name.objects.filter(entry=world.plan).exists()


def test_it_stores_a_name_composed_and_without_what_nobody_sees_and_links_it(desk, world):
    shown = desk.post(place(world.plan), with_name(desk, world.plan, " bud\u00adget\u200b "))
    assert desk.post(place(world.plan), filled_in(shown)).status_code == 302
    assert Name.objects.get(entry=world.plan).text == "budget"
    assert "budget" in {surface for _, surface in linked(world.plan)}
    shown = desk.post(place(world.act), with_name(desk, world.act, "Ciudad\u00a0 Jua\u0301rez"))
    assert desk.post(place(world.act), filled_in(shown)).status_code == 302
    assert Name.objects.get(entry=world.act).text == "Ciudad Ju\u00e1rez"


@pytest.mark.parametrize("other", ["not", "NOT", "N\u00adOT", "NÖT", "NO\u0301T"])
def test_it_refuses_a_second_name_that_differs_in_case_accents_or_marks_only(desk, world, other):
    refused = desk.post(place(world.office), with_name(desk, world.office, other))
    assert "This entry has the name “NOT” already" in words(refused)
    assert Name.objects.filter(entry=world.office).count() == 2


def test_it_refuses_two_new_names_that_differ_in_case_only(desk, world):
    fields = with_name(desk, world.plan, "Roads")
    fields |= {key.replace("names-0", "names-1"): value for key, value in fields.items() if key.startswith("names-0")}
    fields |= {"names-1-text": "ROADS", "names-TOTAL_FORMS": "2"}
    refused = desk.post(place(world.plan), fields)
    assert "This entry has the name “Roads” already, which differs from “ROADS” only in case" in words(refused)
    assert not Name.objects.filter(entry=world.plan).exists()


def test_it_takes_an_ambiguous_name_where_the_editor_says_in_which_paragraphs_it_holds(desk, world):
    fields = filled_in(desk.get(place(world.plan)))
    row = new_row(fields, "short_forms")
    fields |= {f"{row}text": "Travellers Act", f"{row}paragraphs": "7", f"{row}rule": "Here the plan is meant."}
    saved = desk.post(place(world.plan), filled_in(desk.post(place(world.plan), fields)))
    assert saved.status_code == 302
    assert (7, "Travellers Act") in linked(world.plan)
    assert (1, "Travellers Act") in linked(world.act)
    assert ShortForm.objects.get(entry=world.plan).paragraphs == [7]


def test_it_refuses_a_short_form_in_a_paragraph_that_is_not_there(desk, world):
    fields = filled_in(desk.get(place(world.plan)))
    row = new_row(fields, "short_forms")
    refused = desk.post(
        place(world.plan), fields | {f"{row}text": "the Plan", f"{row}paragraphs": "7, 90–91", f"{row}rule": "So."}
    )
    assert "has no paragraph 90, 91" in words(refused)
    assert filled_in(refused)[f"{row}paragraphs"] == "7, 90–91"


def test_it_leaves_what_a_person_decided(desk, world):
    mention = Mention.objects.filter(surface="NOT").in_order().first()
    mention.review = "confirmed"
    mention.save()
    name = Name.objects.get(text="NOT")
    fields = filled_in(desk.get(place(world.office)))
    row = next(key[:-2] for key, value in fields.items() if key.endswith("-id") and value == str(name.pk))
    desk.post(place(world.office), filled_in(desk.post(place(world.office), fields | {f"{row}DELETE": "on"})))
    assert [surface for _, surface in linked(world.office)].count("NOT") == 1


def test_it_keeps_the_search_in_step_with_the_save(desk, world):
    save(desk, world.act, name="Travellers Act")
    fields = with_name(desk, world.plan, "budget")
    desk.post(place(world.plan), filled_in(desk.post(place(world.plan), fields)))
    entry = Entry.objects.get(pk=world.plan.pk)
    assert entry.mentions.count() == 2


def test_it_saves_at_once_what_touches_no_link(desk, world):
    saved = save(desk, world.plan, sees=False, description="A plan for roads.", why="It says so.")
    assert saved.status_code == 302
    assert Entry.objects.get(pk=world.plan.pk).description == "A plan for roads."


def test_it_refuses_a_year_before_the_first_and_keeps_the_form(desk, world):
    refused = save(desk, world.plan, description="Kept.", start_year=2015, end_year=2010)
    assert "can't come before" in words(refused).replace("’", "'")
    assert filled_in(refused)["description"] == "Kept."


def test_it_adds_an_entry_whose_name_stands_in_the_report(desk, world):
    fields = filled_in(desk.get("/admin/sections/law/add/"))
    fields |= {"name": "budget", "slug": "budget", "kind": "act"}
    shown = desk.post("/admin/sections/law/add/", fields)
    assert "Links that appear: 1" in words(shown)
    assert desk.post("/admin/sections/law/add/", filled_in(shown)).status_code == 302
    entry = Entry.objects.get(slug="budget")
    assert (entry.type, linked(entry)) == ("law", [(3, "budget")])


def test_it_asks_the_database_no_more_than_it_must_for_a_save(desk, world, django_assert_max_num_queries):
    fields = filled_in(desk.get(place(world.office)))
    with django_assert_max_num_queries(40):
        assert desk.post(place(world.office), fields | {"description": "An office."}).status_code == 302
    shown = desk.post(place(world.office), with_name(desk, world.office, "budget"))
    with django_assert_max_num_queries(73):  # one of them is for the read-only switch
        assert desk.post(place(world.office), filled_in(shown)).status_code == 302


def test_it_asks_the_database_no_more_for_an_entry_with_many_rows(desk, world, django_assert_max_num_queries):
    stated_in = Paragraph.objects.first()
    for number in range(20):
        other = Entry.objects.create(type="law", slug=f"law-{number}", name=f"Law {number}", kind="act")
        Relation.objects.create(source=world.office, target=other, kind="established_under", paragraph=stated_in)
        Name.objects.create(entry=world.office, text=f"Bureau {number}")
    fields = filled_in(desk.get(place(world.office)))
    with django_assert_max_num_queries(40):
        assert desk.post(place(world.office), fields | {"description": "An office."}).status_code == 302


def test_it_refuses_a_name_that_the_entry_has_already(desk, world):
    language = Name.objects.get(text="NOT").language
    refused = desk.post(place(world.office), with_name(desk, world.office, "NOT", language=language))
    assert refused.status_code == 200
    assert "This entry has the name “NOT” already." in words(refused)
    assert Name.objects.filter(text="NOT").count() == 1


def test_relations_of_an_entry_stand_in_the_order_of_the_registers(desk, world):
    Relation.objects.all().delete()
    names = ["Zeta Act", "álamos Act", "Élan Act", "“Beta” Act", "alamo Act"]
    for number, name in enumerate(names):
        law = Entry.objects.create(type="law", slug=f"law-{number}", name=name, kind="act")
        Relation.objects.create(source=world.office, kind="implements", target=law)
        Relation.objects.create(source=law, kind="implements", target=world.office)
    formsets = desk.get(place(world.office)).context["inline_admin_formsets"]
    rows = [form.original for formset in formsets for form in formset if isinstance(form.original, Relation)]
    wanted = ["alamo Act", "álamos Act", "“Beta” Act", "Élan Act", "Zeta Act"]
    assert [row.target.name for row in rows if row.source == world.office] == wanted
    assert [row.source.name for row in rows if row.target == world.office] == wanted
