"""What everybody did: an action has a page, names its person for good, and stands in the history of all it touched."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone

from sections.editing.delete import delete_entry
from sections.editing.merge_entries import merge, move_names
from sections.editing.revert import undo
from sections.editing.review import Decision, decide_links, set_review, state_of
from sections.models import ArticleLink, Change, Entry, Mention, Name, Paragraph, Preferences, changing
from sections.tests.support.desk import editor, place, save, words
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db


def build_world():
    world = make_world()
    world.bureau = Entry.objects.create(type="institution", slug="bureau", name="Bureau", kind="agency")
    return world


built_world, world = shared_world(build_world)


@pytest.fixture
def desk(client, world):
    return editor(client)


def history(desk, record, model=""):
    return words(desk.get(f"/admin/sections/{model or record.type}/{record.pk}/history/"))


def person(name, group="editors"):
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def as_person(client, name, group="editors"):
    other = type(client)()
    other.force_login(User.objects.filter(username=name).first() or person(name, group))
    return other


def test_the_entry_that_lost_a_name_says_so_and_so_does_the_one_that_got_it(desk, world):
    move_names([Name.objects.get(text="NOT")], world.bureau, "It is theirs.", User.objects.get())
    told = "ana moved the name “NOT” from the entry “National Office for Travellers” to the entry “Bureau”."
    assert told in history(desk, world.office) and told in history(desk, world.bureau)


def test_the_one_that_had_a_name_meanwhile_says_so_when_the_move_is_undone(desk, world):
    undo(move_names([Name.objects.get(text="NOT")], world.bureau), user=User.objects.get())
    told = "ana moved the name “NOT” from the entry “Bureau” to the entry “National Office for Travellers”."
    assert told in history(desk, world.bureau) and told in history(desk, world.office)


def test_the_entry_that_a_reviewer_led_a_link_away_from_says_so(desk, world):
    link = Mention.objects.filter(entry=world.office, review="unreviewed").first()
    decide_links(Mention, [link.pk], Decision.OTHER, state_of(link), User.objects.get(), other=world.bureau)
    for record in (world.office, world.bureau):
        assert "from “National Office for Travellers” to “Bureau” in paragraph 1." in history(desk, record)
    assert "to “Bureau” in paragraph 1." in history(desk, Paragraph.objects.get(number=1), "paragraph")


def test_a_merge_stands_in_the_history_of_both_and_the_deleted_one_explains_itself(desk, world):
    change = merge(world.office, world.bureau, "One body.", User.objects.get())
    assert "One body." in history(desk, world.office)
    said = words(desk.get(f"/admin/sections/institution/{Entry.history.filter(name='Bureau').first().id}/history/"))
    assert "“Bureau” was merged into “National Office for Travellers”" in said and "Undo the merge" in said
    page = desk.get("/admin/sections/institution/deleted/")
    assert "To have it back, undo the merge." in words(page)
    gone = Entry.history.get(change=change, history_type="-").id
    answer = desk.post(f"/admin/sections/institution/{gone}/back/", {"before": change.pk}, follow=True)
    assert "undo the merge" in words(answer) and not Entry.objects.filter(pk=gone).exists()
    desk.post(f"/admin/sections/institution/{gone}/undo/{change.pk}/", {"_do": "1"})
    assert Entry.objects.get(pk=gone).name == "Bureau"


def test_every_action_has_a_page_that_names_each_record_it_touched(desk, world):
    change = move_names([Name.objects.get(text="NOT")], world.bureau, "It is theirs.", User.objects.get())
    page = desk.get(f"/admin/activity/{change.pk}/")
    said, links = words(page), read(page).links()
    assert "It is theirs." in said and "ana" in said
    for record in (world.office, world.bureau):
        assert {record.get_absolute_url(), f"/admin/sections/institution/{record.pk}/history/"} <= set(links)
    assert f"/changes/{change.pk}/" in links
    assert f"/admin/my-actions/{change.pk}/undo/?next=/admin/activity/{change.pk}/" in links


def test_a_form_that_touches_a_name_only_says_which_and_not_that_the_entry_changed(desk, world):
    answer = save(desk, world.office, **{"names-0-text": "NOT!"})
    assert answer.status_code == 302
    said = history(desk, world.office)
    assert "NOT!" in said and "changed the entry “National Office for Travellers”" not in said


def test_a_form_that_is_saved_without_a_change_leaves_no_trace(desk, world):
    assert save(desk, world.plan).status_code == 302
    assert not Change.objects.exists()


def test_a_deletion_is_called_one_at_the_desk_and_in_public(desk, client, world):
    desk.post(f"/admin/sections/institution/{world.bureau.pk}/delete/", {"post": "yes", "why": "Never was."})
    assert "· deleted" in history(desk, world.bureau)
    assert "deleted the entry “Bureau”" in words(client.get("/changes/"))
    assert Change.objects.get().kind == "delete"
    link = ArticleLink.objects.first()
    desk.post(f"/admin/sections/articlelink/{link.pk}/delete/", {"post": "yes"})
    assert Change.objects.first().kind == "delete"


def test_the_name_of_a_deleted_login_stays_in_the_history_and_in_public(desk, client, world, settings):
    settings.CHANGES_NAME_EDITORS = True
    eva = person("eva")
    eva.first_name, eva.last_name = "Eva", "Rosas"
    eva.save()
    change = delete_entry(world.bureau, "Never was.", eva)
    eva.last_name = "Rosas Luna"
    eva.save()
    eva.delete()
    assert "Eva Rosas Luna (login deleted)" in history(desk, world.bureau)
    assert "Eva Rosas Luna deleted the entry “Bureau”." in words(client.get(f"/changes/{change.pk}/"))
    assert "Eva Rosas Luna" in words(desk.get("/admin/activity/?person=eva"))


def test_deleting_many_logins_at_once_keeps_their_names_too(world):
    with changing(user=person("eva")):
        world.plan.start_year = 1999
        world.plan.save()
    User.objects.all().delete()
    assert Change.objects.get().person == "eva"


def test_a_confirmation_of_ones_own_link_is_no_second_opinion_after_the_login_is_gone(client, world):
    eva = person("eva")
    link = Mention.objects.filter(entry=world.office, review="unreviewed").first()
    other = world.bureau
    decide_links(Mention, [link.pk], Decision.OTHER, state_of(link), eva, other=other)
    said = words(client.get(other.get_absolute_url()))
    eva.delete()
    with changing():
        world.plan.start_year = 1999
        world.plan.save()
    assert words(client.get(other.get_absolute_url())) == said


def test_the_page_of_activity_can_be_filtered(desk, client, world):
    ana, eva = User.objects.get(), person("eva")
    move_names([Name.objects.get(text="NOT")], world.bureau, "One.", ana)
    link = ArticleLink.objects.filter(review="unreviewed", paragraph__number=7).first()
    set_review(ArticleLink, [link.pk], "confirmed", "Two.", eva)
    with changing(reason="Three."):
        world.plan.start_year = 1999
        world.plan.save()
    Change.objects.filter(reason="Three.").update(when="2026-01-05T01:00:00Z")

    def told(query):
        said = words(desk.get(f"/admin/activity/?{query}"))
        return {reason for reason in ("One.", "Two.", "Three.") if f"“{reason}”" in said}

    assert told("") == {"One.", "Two.", "Three."}
    assert told("person=eva") == {"Two."}
    assert told("kind=move") == {"One."}
    assert told("record=Bureau") == {"One."}
    assert told(f"record={link.paragraph.number}") == {"Two."}
    assert told("first=2026-01-05&last=2026-01-05") == {"Three."}
    assert told("last=2026-01-04") == set()
    assert "No entry has this name" in words(desk.get("/admin/activity/?record=nobody"))
    Preferences.objects.create(user=ana, language="en-gb", time_zone="America/Mexico_City")
    assert told("first=2026-01-04&last=2026-01-04") == {"Three."}
    assert "4 January 2026, 19:00 CST" in words(desk.get("/admin/activity/?last=2026-01-04"))


def test_the_date_to_restore_is_read_in_the_editors_time_zone(desk, world):
    Preferences.objects.create(user=User.objects.get(), language="en-gb", time_zone="America/Mexico_City")
    save(desk, world.plan, description="Opens roads.")
    Change.objects.update(when="2026-01-02T10:00:00Z")  # 04:00 there
    address = f"/admin/sections/programme/{world.plan.pk}/back/"
    desk.post(address, {"date": "2026-01-02T05:00", "_do": "1"})
    assert Entry.objects.get(pk=world.plan.pk).description == "Opens roads."
    desk.post(address, {"date": "2026-01-02T03:00", "_do": "1"})
    assert Entry.objects.get(pk=world.plan.pk).description == ""


def test_a_reviewer_sees_her_own_actions_and_not_those_of_others(client, world):
    rita, eva = person("rita", "reviewers"), person("eva")
    own = Change.objects.create(user=rita, kind="review")
    other = Change.objects.create(user=eva)
    desk = as_person(client, "rita")
    assert desk.get(f"/admin/activity/{own.pk}/").status_code == 200
    for address in (f"/admin/activity/{other.pk}/", f"/admin/activity/{other.pk + 5}/", "/admin/activity/"):
        assert desk.get(address).status_code == 403


def decide(user, count, begin=None, pause=timedelta(minutes=1)):
    """So many decisions of a person, one after the other."""
    made = []
    for number in range(count):
        link = Mention.objects.filter(review="unreviewed").order_by("pk").first()
        change, _ = decide_links(Mention, [link.pk], Decision.CONFIRM, state_of(link), user)
        if begin:
            Change.objects.filter(pk=change.pk).update(when=begin + number * pause)
        made.append(change.pk)
    return made


def test_a_session_of_a_reviewer_is_one_item_with_a_page_in_the_list_the_feed_and_the_file(client, world):
    rita = person("rita", "reviewers")
    first, *others = decide(rita, 3)
    with changing(user=person("eva")):
        world.plan.start_year = 1999
        world.plan.save()
    others += decide(rita, 1)
    page = read(client.get("/changes/"))
    listed = [name for name in page.ids() if name.startswith("change-")]
    assert listed == [f"change-{others[-1] - 1}", f"change-{first}"]
    assert "An editor made 4 decisions on links:" in page.words
    one = words(client.get(f"/changes/{first}/"))
    assert "in paragraphs 1, 3." in one and "in paragraph 1." in one
    assert "All decisions of this session" in words(client.get(f"/changes/{others[0]}/"))
    feed = client.get("/changes/feed/").content.decode()
    assert feed.count("<entry>") == 2 and f"/changes/{first}/</id>" in feed
    rows = client.get("/changes.json").json()["changes"]
    assert {row["url"].rsplit("/", 2)[1] for row in rows} == {str(first), str(others[-1] - 1)}
    for address in ("/es/changes/", f"/fr/changes/{first}/"):
        assert client.get(address).status_code == 200


def test_a_pause_or_another_action_of_the_same_person_ends_a_session(world):
    rita = person("rita", "reviewers")
    now = timezone.now()
    decide(rita, 2, begin=now - timedelta(hours=5))
    begun = decide(rita, 1)[0]
    assert Change.objects.get(pk=begun).session is None
    with changing(user=rita):
        world.plan.start_year = 1999
        world.plan.save()
    assert Change.objects.get(pk=decide(rita, 1)[0]).session is None


def test_a_filter_shows_of_a_session_what_it_lets_through(client, world):
    rita = person("rita", "reviewers")
    decide(rita, 2)
    link = ArticleLink.objects.filter(review="unreviewed").first()
    set_review(ArticleLink, [link.pk], "rejected", "", rita)
    said = read(client.get(f"/changes/?article={link.article.number}")).words
    assert f"rejected the link of paragraph {link.paragraph.number}" in said and "confirmed the link" not in said


def test_the_page_of_an_action_that_never_was_says_so(desk):
    for number in ("4711", "9" * 30):
        assert desk.get(f"/admin/activity/{number}/").status_code == 404


def test_times_carry_the_name_of_the_zone(desk, world):
    save(desk, world.plan, description="Opens roads.")
    Change.objects.update(when=datetime(2026, 7, 1, 12, tzinfo=timezone.get_fixed_timezone(0)))
    for zone, told in (("UTC", "12:00 UTC"), ("Europe/Paris", "14:00 CEST"), ("America/Sao_Paulo", "09:00 UTC-03")):
        Preferences.objects.update_or_create(user=User.objects.get(), defaults={"time_zone": zone, "language": "en-gb"})
        assert f"1 July 2026, {told}" in history(desk, world.plan)
        assert zone in words(desk.get(place(world.plan)))
