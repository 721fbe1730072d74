"""Undo at the desk: of a person's last action of any kind, several levels deep, with a preview, never over others."""

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sections.admin.history.undo import may_undo
from sections.editing.merge_entries import merge
from sections.editing.revert import CannotUndo, undo
from sections.editing.review import decided, set_review
from sections.models import (
    ArticleLink,
    Change,
    Entry,
    Mention,
    Name,
    Relation,
    Review,
    Synonym,
    changing,
    tracked_models,
)
from sections.queries.own_changes import RecentChange, TouchedRows, next_to_redo, next_to_undo, recent_changes_of
from sections.tests.support.desk import confirmed, editor, filled_in, save, words

pytestmark = pytest.mark.django_db
MINE = "/admin/my-actions/"


@pytest.fixture
def desk(client, world):
    return editor(client)


@pytest.fixture
def ana(desk):
    return User.objects.get(username="ana")


def undo_page(change):
    return reverse("admin:undo_change", args=[change.pk])


def states(model=ArticleLink):
    return dict(model.objects.values_list("pk", "review"))


def test_it_goes_back_one_action_after_another_of_whatever_kind(desk, ana, world):
    save(desk, world.plan, description="Opens roads.")
    decided(ArticleLink, list(states()), Review.REJECTED, "Too far.", ana)
    other = Entry.objects.create(type="institution", slug="bureau", name="Bureau", kind="agency")
    merge(other, world.office, "One body.", ana)
    kinds = []
    while (change := next_to_undo(ana)) is not None:
        kinds.append(change.kind)
        assert confirmed(desk, undo_page(change)).status_code == 302
    assert kinds == ["merge", "review", "edit"]
    assert Entry.objects.filter(pk=world.office.pk).exists()
    assert "rejected" not in {review for pk, review in states().items() if pk != rejected_before(world)}
    assert Entry.objects.get(pk=world.plan.pk).description == ""


def test_an_editor_undoes_every_kind_of_record_that_a_change_writes(client, world):
    user = User.objects.create_user("eve", is_staff=True)
    user.groups.add(Group.objects.get(name="editors"))
    change = Change.objects.create(kind=Change.Kind.EDIT)
    for model in tracked_models():
        rows = (TouchedRows(model, 1, model.history.model()),)
        assert may_undo(user, RecentChange(change, rows)), model


def test_an_editor_undoes_a_merge_from_the_first_page(client, world):
    user = User.objects.create_user("eve", is_staff=True)
    user.groups.add(Group.objects.get(name="editors"))
    client.force_login(user)
    other = Entry.objects.create(type="institution", slug="bureau", name="Bureau", kind="agency")
    merge(other, world.office, "One body.", user)
    change = next_to_undo(user)
    assert undo_page(change) in client.get("/admin/").content.decode()
    assert confirmed(client, undo_page(change)).status_code == 302
    assert Entry.objects.filter(slug__in=["bureau", world.office.slug]).count() == 2
    first = words(client.get("/admin/"))
    assert "Do it again…" in first and "Undo…" not in first


def test_the_page_names_the_records_that_go_with_a_deleted_one(desk, ana, world):
    with changing("edit", user=ana):
        bureau = Entry.objects.create(type="institution", slug="bureau", name="Bureau", kind="agency")
        Name.objects.create(entry=bureau, text="Agency of Roads")
        Relation.objects.create(source=bureau, target=world.office, kind="part_of")
        mention = Mention.objects.first()
        Mention.objects.create(
            entry=bureau, block=mention.block, start=0, end=3, surface=mention.block.text[:3], basis="manual"
        )
    asked = words(desk.get(undo_page(next_to_undo(ana))))
    assert "no longer exists" not in asked
    assert "→ Bureau" in asked and f"Bureau is part of {world.office}" in asked


def rejected_before(world):
    return ArticleLink.objects.get(paragraph__number=8).pk


def test_it_does_again_what_was_undone_last_until_something_else_is_done(desk, ana, world):
    before = states()
    decided(ArticleLink, list(before), Review.REJECTED, "", ana)
    save(desk, world.plan, description="Opens roads.")
    for _ in range(2):
        confirmed(desk, undo_page(next_to_undo(ana)))
    assert states() == before
    confirmed(desk, undo_page(next_to_redo(ana)))
    assert set(states().values()) == {"rejected"}
    confirmed(desk, undo_page(next_to_redo(ana)))
    assert Entry.objects.get(pk=world.plan.pk).description == "Opens roads."
    assert next_to_redo(ana) is None
    assert next_to_undo(ana).kind == "edit"
    confirmed(desk, undo_page(next_to_undo(ana)))
    save(desk, world.act, description="Protects.")
    assert next_to_redo(ana) is None


def test_it_says_what_it_touches_before_it_does_so(desk, ana, world):
    decided(ArticleLink, list(states()), Review.REJECTED, "Too far.", ana)
    before = states()
    asked = desk.get(undo_page(next_to_undo(ana)))
    said = words(asked)
    assert "reviewed: 4 links to articles, such as “XXX/C/EXA/1, para. 1 → Article 1”" in said
    assert "This changes 4 records. Nothing is changed yet." in said
    assert "State: rejected by an editor → not yet reviewed" in said
    assert "Article 6, Work freely chosen The National Office for Travellers runs the Open Roads Plan" in said
    assert states() == before
    assert Change.objects.filter(user=ana).count() == 1


def test_it_names_all_records_of_a_merge_and_none_by_its_key_alone(desk, ana, world):
    other = Entry.objects.create(type="institution", slug="bureau", name="Bureau", kind="agency")
    change = merge(other, world.office, "One body.", ana)
    said = words(desk.get(undo_page(change)))
    assert "1 entry: added National Office for Travellers" in said
    assert "links to entries: changed" in said and "Entry: Bureau → National Office for Travellers" in said
    assert "runs the Open Roads Plan under the Travellers Act" in said


def test_it_refuses_what_somebody_changed_since_and_leaves_all_as_it_is(desk, ana, world):
    keys = list(states())
    decided(ArticleLink, keys, Review.REJECTED, "", ana)
    change = next_to_undo(ana)
    rita = User.objects.create_user("rita", is_staff=True)
    decided(ArticleLink, keys[:1], Review.CONFIRMED, "", rita)
    before = states()
    asked = desk.get(undo_page(change))
    assert "Changed again since then: XXX/C/EXA/1, para. 1 → Article 1, by rita on" in words(asked)
    assert "_do" not in filled_in(asked)
    assert desk.post(undo_page(change), {"_do": "1"}).status_code == 409
    assert states() == before


def test_it_undoes_once_however_often_it_is_asked(desk, ana, world):
    save(desk, world.plan, description="Opens roads.")
    change = next_to_undo(ana)
    fields = filled_in(desk.get(undo_page(change)))
    assert [desk.post(undo_page(change), fields).status_code for _ in range(2)] == [302, 409]
    with pytest.raises(CannotUndo, match="undone already"):
        undo(change)
    assert Change.objects.filter(undoes=change).count() == 1


def test_it_lists_a_persons_own_actions_with_the_undo_of_each(desk, ana, world):
    save(desk, world.plan, description="Opens roads.", why="It says so.")
    decided(Mention, [Mention.objects.first().pk], Review.CONFIRMED, "", User.objects.create_user("rita"))
    page = desk.get(MINE)
    assert [each.change.kind for each in recent_changes_of(ana)] == ["edit"]
    assert "edited: Open Roads Plan “It says so.” Undo" in words(page)
    confirmed(desk, undo_page(next_to_undo(ana)))
    said = words(desk.get(MINE))
    assert "undone: Open Roads Plan" in said and "Do it again" in said


def test_it_lets_reviewers_undo_decisions_on_links_and_nothing_else(client, desk, world):
    save(desk, world.plan, description="Opens roads.")
    set_review(Mention, [Mention.objects.first().pk], Review.CONFIRMED, user=User.objects.get(username="ana"))
    edit, decision = Change.objects.get(kind="edit"), Change.objects.get(kind="review")
    rita = User.objects.create_user("rita", is_staff=True)
    rita.groups.add(Group.objects.get(name="reviewers"))
    client.force_login(rita)
    assert [client.get(undo_page(change)).status_code for change in (edit, decision)] == [403, 200]
    assert client.post(undo_page(edit), {"_do": "1"}).status_code == 403
    assert client.get(reverse("admin:undo_change", args=[999_999])).status_code == 404
    client.force_login(User.objects.create_user("guest", is_staff=True))
    assert client.get(undo_page(decision)).status_code == 403


def test_the_history_of_a_record_undoes_no_change_that_did_not_touch_it(desk, ana, world):
    save(desk, world.plan, description="Opens roads.")
    change = next_to_undo(ana)
    assert desk.post(f"/admin/sections/law/{world.act.pk}/undo/{change.pk}/").status_code == 404
    asked = desk.post(f"/admin/sections/programme/{world.plan.pk}/undo/{change.pk}/")
    assert "In one line: Opens roads. → nothing" in words(asked)
    assert Entry.objects.get(pk=world.plan.pk).description == "Opens roads."


def test_a_version_is_restored_only_once_its_effects_were_seen(desk, ana, world):
    line = Synonym.objects.create(term="voyagers", says="travellers")
    desk.post(f"/admin/sections/synonym/{line.pk}/delete/", {"post": "yes", "why": "By mistake."})
    change = next_to_undo(ana)
    asked = desk.post(f"/admin/sections/synonym/{line.pk}/back/", {"before": change.pk})
    assert "1 line of the thesaurus: added" in words(asked)
    assert not Synonym.objects.exists()
    assert desk.post(f"/admin/sections/synonym/{line.pk}/back/", filled_in(asked)).status_code == 302
    assert Synonym.objects.get().term == "voyagers"


def queries_of_undoing(keys, user):
    change = decided(ArticleLink, keys, Review.REJECTED, "", user)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        undo(change, "", user)
    return len(captured)


def test_it_asks_the_database_no_more_for_many_records_than_for_one(ana, world):
    keys = list(ArticleLink.objects.filter(review="unreviewed", paragraph__number=7).values_list("pk", flat=True))
    assert len(keys) == 2
    assert queries_of_undoing(keys, ana) <= queries_of_undoing(keys[:1], ana)
