"""The pages of the desk for each noun: lists, filters, actions, notes, histories, and who may do what."""

import pytest
from django.contrib.auth.models import Group, User

from sections.linking.sync import carry_out, plan_links
from sections.models import ArticleLink, Change, Entry, Mention, Name, Note, Paragraph, Synonym
from sections.tests.support.desk import confirmed, editor, filled_in, forget_history, new_row, place, save, words
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db
LIST = "/admin/sections/institution/"


def build_world():
    made = make_world()
    carry_out(plan_links(made.report))
    forget_history()
    return made


built_world, world = shared_world(build_world)


@pytest.fixture
def desk(client, world):
    return editor(client)


def test_it_lists_entries_with_what_an_editor_looks_for(desk, world):
    said = words(desk.get(LIST))
    assert "National Office for Travellers NOT agency or institute since 2012 5 6" in said


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("kind=agency", 1), ("kind=court", 0), ("review=open", 1), ("review=done", 0), ("review=rejected", 0),
        ("part=3", 1), ("part=1", 0), ("paragraphs=5-9", 1), ("paragraphs=0", 0), ("spanish=yes", 1),
        ("spanish=no", 0), ("q=oficina", 1), ("q=NOT", 1), ("q=nobody", 0), ("paragraphs=many", 1), ("part=x", 1),
    ],
)  # fmt: skip
def test_it_narrows_and_searches_the_list(desk, question, found):
    page = desk.get(f"{LIST}?{question}")
    shown = page if page.status_code == 200 else desk.get(page.headers["Location"])
    assert words(shown).count("National Office for Travellers") == found


def test_it_asks_the_database_no_more_for_a_longer_list(desk, world, django_assert_max_num_queries):
    for number in range(20):
        Entry.objects.create(type="institution", slug=f"body-{number}", name=f"Body {number}", kind="court")
    with django_assert_max_num_queries(20):
        desk.get(LIST)


def act(desk, action, entries, **more):
    fields = {"action": action, "_selected_action": [entry.pk for entry in entries], "index": "0", **more}
    return desk.post(f"/admin/sections/{entries[0].type}/", fields)


def test_it_asks_before_it_confirms_the_links_of_entries(desk, world):
    asked = act(desk, "confirm_links", [world.office])
    assert "6 links of these entries are not yet reviewed." in words(asked)
    assert not Mention.objects.filter(entry=world.office, review="confirmed", basis="text").exists()
    act(desk, "confirm_links", [world.office], _do="1", reason="Read one by one.")
    assert not Mention.objects.filter(entry=world.office, review="unreviewed").exists()
    assert Change.objects.get().reason == "Read one by one."


def test_it_merges_two_entries_from_the_list(desk, world):
    other = Entry.objects.create(type="institution", slug="bureau", name="Bureau", kind="agency")
    asked = act(desk, "merge_two", [world.office, other])
    assert "National Office for Travellers: 7 links, 2 other names, 1 short form" in words(asked)
    merging = {"_do": "1", "stays": world.office.pk, "reason": "One body."}
    done = act(desk, "merge_two", [world.office, other], _seen=filled_in(asked)["_seen"], **merging)
    assert done.status_code == 302  # the page showed what it does, whichever of the two stays
    assert not Entry.objects.filter(pk=other.pk).exists()
    assert Name.objects.filter(entry=world.office, text="Bureau").exists()


def test_it_asks_again_before_it_merges_what_was_not_shown(desk, world):
    other = Entry.objects.create(type="institution", slug="bureau", name="Bureau", kind="agency")
    asked = act(desk, "merge_two", [world.office, other])
    Name.objects.create(entry=other, text="The Bureau of Roads")
    merging = {"_do": "1", "stays": world.office.pk}
    again = act(desk, "merge_two", [world.office, other], _seen=filled_in(asked)["_seen"], **merging)
    assert "This is not what the page showed you before" in words(again)
    assert Entry.objects.filter(pk=other.pk).exists()
    done = act(desk, "merge_two", [world.office, other], _seen=filled_in(again)["_seen"], **merging)
    assert done.status_code == 302 and not Entry.objects.filter(pk=other.pk).exists()


def test_it_merges_no_more_and_no_less_than_two(desk, world):
    act(desk, "merge_two", [world.office])
    assert "Choose exactly two entries to merge." in words(desk.get(LIST))


def test_it_moves_names_from_the_list(desk, world):
    other = Entry.objects.create(type="institution", slug="bureau", name="Bureau", kind="agency")
    name = Name.objects.get(text="NOT")
    asked = act(desk, "move_names", [world.office])
    assert "NOT (National Office for Travellers)" in words(asked)
    shown = act(desk, "move_names", [world.office], _do="1", names=[name.pk], to=other.pk, _seen="")
    assert "Nothing is changed yet." in words(shown)
    assert "3 links to entries" in words(shown).replace("3 links from names", "3 links to entries")
    assert Name.objects.get(text="NOT").entry_id == world.office.pk
    seen = filled_in(shown)["_seen"]
    act(desk, "move_names", [world.office], _do="1", names=[name.pk], to=other.pk, _seen=seen)
    assert set(Mention.objects.filter(surface="NOT").values_list("entry__name", flat=True)) == {"Bureau"}


def test_it_shows_a_paragraph_with_the_reason_why_its_text_stays(desk, world):
    said = words(desk.get(f"/admin/sections/paragraph/{Paragraph.objects.get(number=4).pk}/change/"))
    assert "It was counted once. See annex 2." in said
    assert "nobody can change it. If something is misprinted, say so in a note" in said


def test_it_lays_notes_beside_a_paragraph_and_keeps_their_history(desk, world):
    paragraph = Paragraph.objects.get(number=4)
    address = f"/admin/sections/paragraph/{paragraph.pk}/change/"
    for text in ("As printed.", "Probably twice."):
        fields = filled_in(desk.get(address))
        answer = desk.post(address, fields | {f"{new_row(fields, 'editors_notes')}text": text, "why": "Misprint."})
        assert answer.status_code == 302
    assert list(paragraph.editors_notes.values_list("position", "text")) == [(1, "As printed."), (2, "Probably twice.")]
    history = desk.get(f"/admin/sections/paragraph/{paragraph.pk}/history/")
    assert "ana wrote a note on paragraph 4." in words(history)
    last = Change.objects.order_by("-pk").first()
    confirmed(desk, f"/admin/sections/paragraph/{paragraph.pk}/undo/{last.pk}/")
    assert list(paragraph.editors_notes.values_list("text", flat=True)) == ["As printed."]


def test_it_never_takes_a_text_for_a_paragraph(desk, world):
    paragraph = Paragraph.objects.get(number=4)
    address = f"/admin/sections/paragraph/{paragraph.pk}/change/"
    desk.post(address, filled_in(desk.get(address)) | {"source_text": "Other.", "text_as_received": "Other."})
    assert Paragraph.objects.get(pk=paragraph.pk).source_text == paragraph.source_text
    assert desk.get("/admin/sections/paragraph/add/").status_code == 403


def test_it_keeps_article_links_and_their_own_reason_apart_from_the_why(desk, world):
    link = ArticleLink.objects.get(paragraph__number=1)
    address = f"/admin/sections/articlelink/{link.pk}/change/"
    desk.post(address, filled_in(desk.get(address)) | {"reason": "It applies the Act.", "why": "Said better."})
    link.refresh_from_db()
    assert (link.reason, Change.objects.get().reason) == ("It applies the Act.", "Said better.")


def test_it_keeps_the_thesaurus(desk, world):
    address = "/admin/sections/synonym/add/"
    shown = desk.post(address, filled_in(desk.get(address)) | {"term": "voyagers", "says": "travellers"})
    desk.post(address, filled_in(shown))
    line = Synonym.objects.get()
    said = words(desk.get(f"/admin/sections/synonym/{line.pk}/history/"))
    assert "ana added “voyagers” to the thesaurus of the search." in said and "travellers" in said


def test_it_deletes_and_restores_an_entry_from_the_desk(desk, world):
    links = Mention.objects.filter(entry=world.office.pk).order_by("block", "start").values_list("surface", "review")
    before = list(links)
    address = f"/admin/sections/institution/{world.office.pk}/delete/"
    assert "It can be restored at any time" in words(desk.get(address))
    desk.post(address, {"post": "yes", "why": "By mistake."})
    assert not Entry.objects.filter(pk=world.office.pk).exists()
    gone = desk.get(f"{LIST}deleted/")
    assert "National Office for Travellers" in words(gone) and "By mistake." in words(gone)
    deletion = Change.objects.get(reason="By mistake.")
    confirmed(desk, f"{LIST}{world.office.pk}/back/", {"before": deletion.pk})
    assert list(links.all()) == before


@pytest.mark.parametrize("model", [Synonym, ArticleLink])
def test_it_restores_lines_of_the_thesaurus_and_article_links_too(desk, world, model):
    Synonym.objects.create(term="voyagers", says="travellers")
    row = model.objects.first()
    place_of_all = f"/admin/sections/{model._meta.model_name}/"
    assert "Deleted" in words(desk.get(place_of_all))
    desk.post(f"{place_of_all}{row.pk}/delete/", {"post": "yes", "why": "By mistake."})
    assert not model.objects.filter(pk=row.pk).exists()
    assert str(row) in words(desk.get(f"{place_of_all}deleted/"))
    confirmed(desk, f"{place_of_all}{row.pk}/back/", {"before": Change.objects.get(reason="By mistake.").pk})
    assert str(model.objects.get(pk=row.pk)) == str(row)
    assert Change.objects.first().kind == "restore"


def test_it_brings_a_record_back_to_a_date(desk, world):
    save(desk, world.plan, description="Opens roads.")
    change = Change.objects.get()
    Change.objects.filter(pk=change.pk).update(when="2026-01-02T10:00:00Z")
    confirmed(desk, f"/admin/sections/programme/{world.plan.pk}/back/", {"date": "2026-01-02T09:00"})
    assert Entry.objects.get(pk=world.plan.pk).description == ""


@pytest.mark.parametrize(
    ("group", "statuses"), [("editors", (200, 200, 200, 200, 200)), ("reviewers", (403, 403, 403, 403, 403))]
)
def test_it_lets_editors_edit_and_reviewers_not(client, world, group, statuses):
    user = User.objects.create(username=group, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    office = place(world.office)
    note = f"/admin/sections/paragraph/{Paragraph.objects.get(number=4).pk}/change/"
    looks = [client.get(address).status_code for address in (LIST, office, note, f"{LIST}{world.office.pk}/history/")]
    undone = client.post(f"{LIST}{world.office.pk}/back/", {"before": "1"}).status_code
    assert (*looks, undone) == statuses


def test_it_finds_entries_of_any_type_and_paragraphs_by_number_for_the_fields_that_look_for_them(client, world):
    user = User.objects.create(username="eve", is_staff=True)
    user.groups.add(Group.objects.get(name="editors"))
    client.force_login(user)
    asked = {"app_label": "sections", "model_name": "relation", "field_name": "target", "term": "travellers"}
    found = client.get("/admin/autocomplete/", asked).json()["results"]
    assert [each["text"].split(" (")[0] for each in found] == ["National Office for Travellers", "Travellers Act"]
    found = client.get("/admin/autocomplete/", asked | {"field_name": "paragraph", "term": "7"}).json()["results"]
    assert [each["text"].split(":")[0] for each in found] == ["XXX/C/EXA/1, para. 7"]


def test_it_gives_notes_away_with_the_fixtures(world):
    Note.objects.create(paragraph=Paragraph.objects.get(number=4), text="As printed.")
    assert Note.objects.get_by_natural_key("XXX/C/EXA/1", 4, 1).text == "As printed."


def test_it_lists_an_article_link_that_was_deleted_before_its_report(desk, world):
    link = ArticleLink.objects.first()
    place_of_all = "/admin/sections/articlelink/"
    desk.post(f"{place_of_all}{link.pk}/delete/", {"post": "yes", "why": "By mistake."})
    world.report.delete()
    for address in (f"{place_of_all}deleted/", f"{place_of_all}{link.pk}/history/"):
        assert "article link of a record that no longer exists" in words(desk.get(address))
    change = Change.objects.get(reason="By mistake.")
    refused = desk.post(f"{place_of_all}{link.pk}/back/", {"before": change.pk}, follow=True)
    assert "no longer exists" in words(refused)
    assert not ArticleLink.objects.filter(pk=link.pk).exists()
