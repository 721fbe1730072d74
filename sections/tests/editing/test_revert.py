"""Every edit of entries can be undone: a change, everything since a date, a deletion with its links."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.utils.translation import override

from sections.editing.delete import delete_entry
from sections.editing.merge_entries import CannotMerge, merge, move_names
from sections.editing.relink import NameClash
from sections.editing.revert import CannotUndo, revert, undo
from sections.editing.review import set_review
from sections.exports.fixtures import as_text, fixture_files
from sections.linking.sync import carry_out, plan_links
from sections.models import (
    ArticleLink,
    Change,
    Entry,
    GeneratedReason,
    Mention,
    Name,
    Relation,
    Review,
    changing,
    recording_all,
)
from sections.queries.changes import OF_ENTRY, rows_of
from sections.search.indexer import rebuild
from sections.search.snapshot import current
from sections.tests.support.desk import forget_history
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db


def build_world():
    made = make_world()
    carry_out(plan_links(made.report))
    rebuild()
    forget_history()
    return made


built_world, world = shared_world(build_world)


def everything():
    """All content as fixtures hold it, and the paragraphs that the index holds for each entry and article."""
    texts = {name: as_text(records) for name, records in fixture_files()}
    postings = {key: current(None).posting(key).tolist() for key in _keys()}
    return texts | {"index": {key: posting for key, posting in postings.items() if posting}}


def _keys():
    return [f"e{pk}" for pk in Entry.objects.values_list("pk", flat=True)] + [f"a{number}" for number in range(1, 7)]


def edit(row, **values):
    with changing(reason="A test.") as change:
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    return change


def test_it_undoes_a_merge_with_names_relations_and_links(world):
    other = Entry.objects.create(type="institution", slug="bureau", name="Bureau", kind="agency")
    before = everything()
    change = merge(other, world.office, "They are one.")
    assert Entry.objects.filter(pk=world.office.pk).exists() is False
    assert Mention.objects.filter(entry=other).exists()
    assert set(other.names.values_list("text", flat=True)) >= {"NOT", "National Office for Travellers"}
    undone = undo(change)
    assert undone.left_out == []
    assert everything() == before


def test_it_restores_a_deleted_entry_with_its_links_and_decisions(world):
    set_review(Mention, Mention.objects.filter(surface="NOT").values_list("pk", flat=True), Review.CONFIRMED)
    before = everything()
    change = delete_entry(world.office, "By mistake.")
    assert not Mention.objects.filter(surface="NOT").exists()
    assert not Relation.objects.filter(source=world.office.pk).exists()
    undone = revert(OF_ENTRY, world.office.pk, change.pk - 1)
    assert (undone.left_out, undone.change.kind) == ([], "restore")
    assert everything() == before


def test_it_undoes_a_deletion_as_any_change(world):
    before = everything()
    change = delete_entry(world.act)
    assert undo(change).left_out == []
    assert everything() == before


def test_it_reverts_an_entry_to_a_date_with_its_names(world):
    before = everything()
    first = edit(world.office, name="Office of Journeys")
    with changing():
        Name.objects.get(text="NOT").delete()
        Name.objects.create(entry=world.office, text="Journeys Office")
    edit(Relation.objects.get(source=world.office), kind="supported_by")
    revert(OF_ENTRY, world.office.pk, first.pk - 1)
    assert everything() == before


def test_it_undoes_one_change_and_leaves_the_others(world):
    first = edit(world.plan, description="Opens roads.")
    edit(world.plan, start_year=2015)
    undo(first)
    plan = Entry.objects.get(pk=world.plan.pk)
    assert (plan.description, plan.start_year) == ("", 2015)


def test_it_refuses_to_undo_what_was_changed_again_later(world):
    first = edit(world.plan, description="Opens roads.")
    edit(world.plan, description="Mends roads.")
    with pytest.raises(
        CannotUndo, match="Changed again since then: Open Roads Plan. Nothing was undone. Undo the later"
    ):
        undo(first)


def test_it_refuses_in_words_to_undo_a_change_of_what_was_deleted_with_another_record(world):
    relation = Relation.objects.create(source=world.office, target=world.plan, kind="cooperates")
    first = edit(relation, kind="runs")
    delete_entry(world.plan, "A duplicate.")
    with pytest.raises(CannotUndo, match="Changed again since then: National Office for Travellers .* Open Roads Plan"):
        undo(first)


def test_it_undoes_an_undo(world):
    first = edit(world.plan, description="Opens roads.")
    after = everything()
    undo(undo(first).change)
    assert everything() == after


def test_it_undoes_decisions_on_links_and_updates_the_index(world):
    before = everything()
    keys = ArticleLink.objects.filter(review="unreviewed").values_list("pk", flat=True)
    set_review(ArticleLink, list(keys), Review.REJECTED, "Too far.")
    set_review(Mention, Mention.objects.filter(entry=world.act).values_list("pk", flat=True), Review.REJECTED)
    assert current(None).posting(f"e{world.act.pk}").tolist() == []
    for change in Change.objects.order_by("-pk"):
        undo(change)
    assert everything() == before


def test_it_refuses_to_restore_a_name_that_another_entry_has_now(world):
    change = delete_entry(world.act)
    with changing():
        Name.objects.create(entry=world.plan, text="Travellers Act")
    with pytest.raises(NameClash, match="would mean both"):
        revert(OF_ENTRY, world.act.pk, change.pk - 1)
    assert not Entry.objects.filter(pk=world.act.pk).exists()


def test_it_merges_no_entry_with_itself(world):
    with pytest.raises(CannotMerge, match="with itself"):
        merge(world.office, world.office)


def test_it_keeps_decisions_when_it_merges(world):
    set_review(Mention, Mention.objects.filter(surface="NOT").values_list("pk", flat=True), Review.CONFIRMED)
    count = Mention.objects.filter(entry=world.office).count()
    other = Entry.objects.create(type="institution", slug="bureau", name="Bureau", kind="agency")
    merge(other, world.office)
    assert Mention.objects.filter(entry=other).count() == count
    assert set(Mention.objects.filter(surface="NOT").values_list("entry", "review")) == {(other.pk, "confirmed")}
    assert plan_links(world.report).is_empty


def test_it_moves_a_name_and_its_links(world):
    other = Entry.objects.create(type="institution", slug="bureau", name="Bureau", kind="agency")
    user = User.objects.create(username="ana")
    change = move_names([Name.objects.get(text="NOT")], other, "It is the Bureau's.", user)
    assert set(Mention.objects.filter(surface="NOT").values_list("entry", flat=True)) == {other.pk}
    assert (change.kind, change.user, change.reason) == ("move", user, "It is the Bureau's.")
    undo(change)
    assert set(Mention.objects.filter(surface="NOT").values_list("entry", flat=True)) == {world.office.pk}


def test_it_records_what_is_loaded_past_it_and_refuses_to_undo_a_whole_load(world):
    before = everything()
    with changing(Change.Kind.LOAD, "From a file.") as change, recording_all():
        Entry.objects.filter(pk=world.plan.pk).update(description="From a file.")
        Name.objects.filter(text="NOT").delete()
    kinds = [row.action for row in rows_of([change])[change.pk]]
    assert kinds == ["changed", "removed"]
    with pytest.raises(CannotUndo, match="Restore the single record instead"):
        undo(change)
    revert(OF_ENTRY, world.plan.pk, change.pk - 1)
    revert(OF_ENTRY, world.office.pk, change.pk - 1)
    assert everything() == before


def test_it_keeps_no_change_that_changed_nothing(world):
    with changing(reason="Nothing."):
        pass
    set_review(Mention, [], Review.CONFIRMED)
    assert not Change.objects.exists()


def test_it_rolls_everything_back_when_an_action_fails(world):
    before = everything()
    with pytest.raises(RuntimeError), changing(reason="Half."):
        world.plan.description = "Half."
        world.plan.save()
        raise RuntimeError
    assert everything() == before
    assert not Change.objects.exists()


def test_the_reason_that_software_gives_an_undo_is_in_the_language_of_its_reader(world):
    with changing(reason="Mended.") as change:
        world.plan.description = "Mends roads."
        world.plan.save()
    first = undo(change).change
    second = undo(first).change
    given = undo(second, "Read again.").change
    assert {first.reason, second.reason} == {""}
    Change.objects.update(when=datetime(2026, 12, 1, 14, 30, tzinfo=UTC))
    first, second = Change.objects.get(pk=first.pk), Change.objects.get(pk=second.pk)
    assert first.reason_in_words == "Undoes the change of 1 December 2026, 14:30 UTC"
    assert second.reason_in_words == "Undoes the undoing of 1 December 2026, 14:30 UTC"
    assert (change.reason_in_words, given.reason_in_words) == ("Mended.", "Read again.")
    with override("es"):
        assert first.reason_in_words == "Deshace el cambio del 1 de diciembre de 2026, 14:30 UTC"
        assert Change(reason=GeneratedReason.RESET).reason_in_words == "Pendiente de nueva revisión."
    reasons = (change, first, Change(reason=GeneratedReason.RESET))
    assert [each.is_reason_given for each in reasons] == [True, False, False]
