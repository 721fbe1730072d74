"""What a save would do is told before it is done: to links, to searches, and why a name makes no link."""

import pytest
from django.contrib.auth.models import User

from sections.editing.review import set_review
from sections.models import Change, Entry, Mention, Name, ShortForm
from sections.tests.support.desk import editor, filled_in, new_row, place, save, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, world):
    return editor(client)


def with_name(desk, entry, text, **more):
    fields = filled_in(desk.get(place(entry)))
    row = new_row(fields, "names")
    return fields | {f"{row}text": text} | {f"{row}{name}": value for name, value in more.items()}


def told(desk, entry, text, **more):
    """What the preview of a new name says."""
    return words(desk.post(place(entry), with_name(desk, entry, text, **more)))


def after_saving(desk, entry, text, **more):
    """What the page after saving a new name says."""
    shown = desk.post(place(entry), with_name(desk, entry, text, **more) | {"_continue": "1"})
    saved = desk.post(place(entry), filled_in(shown), follow=True)
    assert Name.objects.filter(entry=entry, text=text).exists()
    return words(saved)


def mentioned(number, surface):
    return Mention.objects.get(block__paragraph__number=number, surface=surface)


def test_it_says_before_and_after_saving_that_a_name_stands_nowhere(desk, world):
    assert "“FMIN” makes no link. No report prints it." in told(desk, world.plan, "FMIN", form="acronym")
    assert "“FMIN” makes no link. No report prints it." in after_saving(desk, world.plan, "FMIN", form="acronym")
    assert not Name.objects.get(text="FMIN").in_report


def test_it_says_how_the_report_prints_a_word_that_has_other_capitals(desk, world):
    assert "The reports print “budget”." in told(desk, world.plan, "BUDGET", form="acronym")


def test_it_says_within_which_longer_name_a_name_stands(desk, world):
    said = told(desk, world.plan, "National Office")
    assert "“National Office” makes no link." in said
    assert "only within the longer name “National Office for Travellers”, which is linked to" in said


def test_it_says_which_entry_has_the_words_as_a_short_form(desk, world):
    fields = filled_in(desk.get("/admin/sections/institution/add/"))
    said = words(desk.post("/admin/sections/institution/add/", fields | {
        "name": "The Office", "slug": "the-office", "kind": "office",
    }))  # fmt: skip
    assert "“The Office” makes no link. The words are linked there to National Office for Travellers" in said
    assert "as its name or short form. Paragraphs: 5" in said


def test_it_says_who_rejected_the_place_and_when(desk, world):
    link = mentioned(7, "Open Roads Plan")
    set_review(Mention, [link.pk], "rejected", user=User.objects.get(username="ana"))
    said = told(desk, world.plan, "Roads Plan")
    assert "A link to this entry was rejected there: ana, " in said
    assert "Paragraphs: 7" in said


def test_it_tells_of_a_rejection_that_came_with_the_files(desk, world):
    assert "before the history of this site began" in told(desk, world.plan, "No other")


def test_it_says_which_searches_will_mean_the_entry_and_how_common_the_words_are(desk, world):
    Entry.objects.create(type="law", slug="travel", name="Law on Journeys", kind="act")
    said = told(desk, world.plan, "travellers")
    assert "Searches for “travellers” will also mean Open Roads Plan." in said
    assert "“travellers” is a common word of the reports. Paragraphs that hold it: 4." in said
    assert not Name.objects.filter(text="travellers").exists()


def test_it_shows_a_change_that_only_searches_notice(desk, world):
    shown = desk.post(place(world.plan), with_name(desk, world.plan, "Plan Caminos Abiertos", language="es"))
    said = words(shown)
    assert "No link changes." in said
    assert "Searches for “Plan Caminos Abiertos” will also mean Open Roads Plan." in said
    assert "will also find the paragraphs that mention Open Roads Plan" in said
    assert desk.post(place(world.plan), filled_in(shown)).status_code == 302
    name = Name.objects.get(text="Plan Caminos Abiertos")
    fields = filled_in(desk.get(place(world.plan)))
    row = next(key[:-2] for key, value in fields.items() if key.endswith("-id") and value == str(name.pk))
    assert "Searches for “Plan Caminos Abiertos” will no longer mean Open Roads Plan." in words(
        desk.post(place(world.plan), fields | {f"{row}DELETE": "on"})
    )


def test_it_keeps_the_old_name_of_a_renamed_entry_unless_the_editor_does_not_want_it(desk, world):
    save(desk, world.plan, name="Roads for All")
    assert [name.text for name in world.plan.names.all()] == ["Open Roads Plan"]
    assert mentioned(7, "Open Roads Plan").entry_id == world.plan.pk
    fields = filled_in(desk.get(place(world.act))) | {"name": "Act on Travel"}
    del fields["keep_name"]
    shown = desk.post(place(world.act), fields)
    assert "Links that disappear: 2" in words(shown)
    assert "keep_name" not in filled_in(shown)
    desk.post(place(world.act), filled_in(shown))
    assert not world.act.names.exists()


def test_it_does_not_keep_a_name_that_changed_only_in_case(desk, world):
    save(desk, world.plan, name="Open roads plan")
    assert not world.plan.names.exists()


def test_it_leaves_out_single_places_and_keeps_them_rejected(desk, world):
    shown = desk.post(place(world.plan), with_name(desk, world.plan, "budget"))
    page = shown.content.decode()
    key = page.split('name="_without" value="')[1].split('"')[0]
    desk.post(place(world.plan), filled_in(shown) | {"_without": key})
    link = mentioned(3, "budget")
    assert (link.entry_id, link.review) == (world.plan.pk, "rejected")
    assert "/3/" in page.split('class="number" href="')[1].split('"')[0]


def test_it_ignores_places_that_no_preview_showed(desk, world):
    key = "-".join(map(str, (mentioned(7, "Travellers Act").block_id, 0, 10**30)))
    shown = desk.post(place(world.plan), with_name(desk, world.plan, "budget"))
    assert desk.post(place(world.plan), filled_in(shown) | {"_without": key}).status_code == 302
    assert not Mention.objects.filter(surface="budget", review="rejected").exists()


def test_it_leads_from_the_preview_of_a_new_entry_to_no_record(desk, world):
    fields = filled_in(desk.get("/admin/sections/law/add/"))
    shown = desk.post("/admin/sections/law/add/", fields | {"name": "budget", "slug": "budget", "kind": "act"})
    crumbs = shown.content.decode().split('class="breadcrumbs"')[1].split("</div>")[0]
    assert "/change/" not in crumbs
    assert "This is what the new entry budget will do." in words(shown)


def test_it_refuses_a_clash_at_its_row_and_links_the_other_entry(desk, world):
    refused = desk.post(place(world.plan), with_name(desk, world.plan, "travellers act"))
    page = refused.content.decode()
    row = page.split('id="names-0"')[1].split("</tr>")[0]
    assert "“travellers act” would mean both Open Roads Plan (programme) and Travellers Act (law)." in row
    assert f'href="{place(world.act)}"' in page.split('class="errornote"')[1].split("</p>")[0]


def test_it_tells_two_entries_of_one_name_apart(desk, world):
    twin = Entry.objects.create(type="law", slug="other-act", name="Act of Others", kind="act")
    said = words(desk.post(place(twin), filled_in(desk.get(place(twin))) | {"name": "Travellers Act"}))
    assert "would mean both Travellers Act (/laws/other-act/) and Travellers Act (/laws/travellers-act/)." in said


@pytest.mark.parametrize(
    ("text", "language"), [("Open roads plan", "en"), ("OPEN ROADS PLAN", "es"), ("Öpen Roads Plan", "en")]
)
def test_it_refuses_another_name_that_is_the_entrys_own_but_for_case_and_marks(desk, world, text, language):
    assert "This entry has the name “Open Roads Plan” already" in told(desk, world.plan, text, language=language)


def test_it_takes_the_same_name_with_other_accents_in_another_language(desk, world):
    save(desk, world.plan, name="Plan Michoacan")
    assert "already" not in told(desk, world.plan, "Plan Michoacán", language="es")


def test_it_shows_what_a_deletion_takes_with_it(desk, world):
    said = words(desk.get(place(world.office).replace("change", "delete")))
    assert "Links: " in said and "Other names: 2" in said and "Short forms: 1" in said
    assert "Mentions" not in said
    assert "7 The National Office for Travellers runs the Open Roads Plan" in said


def test_it_takes_names_and_short_forms_by_one_rule(desk, world):
    ShortForm.objects.create(report=world.report, entry=world.act, text="the Act", paragraphs=[7], rule="Named there.")
    fields = filled_in(desk.get(place(world.plan)))
    row = new_row(fields, "short_forms")
    refused = desk.post(place(world.plan), fields | {
        f"{row}text": "the Act", f"{row}paragraphs": "1, 7", f"{row}rule": "So.",
    })  # fmt: skip
    assert "Act" in words(refused)
    assert not ShortForm.objects.filter(entry=world.plan).exists()


def restored(desk, entry, **posted):
    return words(desk.post(f"/admin/sections/{entry.type}/{entry.pk}/back/", posted, follow=True))


def test_it_says_that_a_date_lies_in_the_future_or_is_none(desk, world):
    save(desk, world.plan, description="A plan for roads.")
    for confirmed in ({}, {"_do": "1"}):
        assert "This date is in the future." in restored(desk, world.plan, date="2999-01-01T10:00", **confirmed)
    assert "2026-11-24 14:30" in restored(desk, world.plan, date="soon")
    world.plan.refresh_from_db()
    assert world.plan.description == "A plan for roads."


def test_it_says_that_a_restored_date_changes_nothing(desk, world):
    save(desk, world.plan, description="A plan for roads.")
    after = str(Change.objects.latest("pk").pk + 1)
    count = Change.objects.count()
    assert "This would change nothing" in restored(desk, world.plan, before=after)
    assert "Nothing was changed: everything is as it was then." in restored(desk, world.plan, before=after, _do="1")
    assert Change.objects.count() == count


def test_it_shows_what_restoring_changes_before_it_does_so(desk, world):
    save(desk, world.plan, description="A plan for roads.")
    before = str(Change.objects.latest("pk").pk)
    assert "A plan for roads. → nothing" in restored(desk, world.plan, before=before)
    world.plan.refresh_from_db()
    assert world.plan.description == "A plan for roads."
