"""Actions on many links at once: each asks first, with a count, examples and a reason, and says how to undo it."""

import pytest

from sections.models import ArticleLink, Change, Entry, Mention, Paragraph
from sections.tests.support.desk import editor, filled_in, words

pytestmark = pytest.mark.django_db
DECISIONS = [("confirm", "confirmed"), ("reject", "rejected"), ("reset", "unreviewed")]
LISTS = {ArticleLink: "/admin/sections/articlelink/", Mention: "/admin/sections/mention/"}


@pytest.fixture
def desk(client, world):
    return editor(client)


def chosen(rows, action, **more):
    return {"action": action, "_selected_action": [row.pk for row in rows], "index": "0", **more}


def act(desk, rows, action, **given):
    """Chooses an action in the list, and confirms the page that asks, with what is given."""
    address, fields = LISTS[type(rows[0])], chosen(rows, action)
    asked = desk.post(address, fields)
    answered = desk.post(address, filled_in(asked) | fields | given)
    if answered.status_code == 200 and given:  # what was chosen is shown before it is done
        answered = desk.post(address, filled_in(answered) | fields | given)
    return asked, answered


def reviews(model):
    return set(model.objects.values_list("review", flat=True))


@pytest.mark.parametrize("model", LISTS)
@pytest.mark.parametrize(
    ("action", "review"), [("confirm", "confirmed"), ("reject", "rejected"), ("reset", "unreviewed")]
)
def test_a_decision_on_many_asks_first_and_says_how_to_undo_it(desk, world, model, action, review):
    rows = list(model.objects.exclude(entry=world.plan) if model is Mention else model.objects.all())
    if action == "reset":
        act(desk, rows, "confirm")
    before = dict(model.objects.values_list("pk", "review"))
    asked = desk.post(LISTS[model], chosen(rows, action))
    said = words(asked)
    assert f"You selected {len(rows)} records." in said
    assert "Nothing is changed yet." in said and "State:" in said
    assert "Travellers" in said and "To undo it, open My recent actions" in said
    assert dict(model.objects.values_list("pk", "review")) == before
    answered = desk.post(LISTS[model], filled_in(asked) | chosen(rows, action, reason="Read one by one."), follow=True)
    assert "To undo this, open “My recent actions”." in words(answered)
    assert set(model.objects.filter(pk__in=[row.pk for row in rows]).values_list("review", flat=True)) == {review}
    change = Change.objects.filter(kind="review").latest("pk")
    assert (change.reason, change.user.username) == ("Read one by one.", "ana")


def test_records_that_were_in_different_states_are_counted_together(desk, world):
    rows = list(ArticleLink.objects.all()[:2])
    act(desk, rows[:1], "confirm")
    asked = desk.post(LISTS[ArticleLink], chosen(rows, "reject"))
    answered = desk.post(LISTS[ArticleLink], filled_in(asked) | chosen(rows, "reject", reason="Read."), follow=True)
    assert "Done: 2 links to articles changed." in words(answered)


def test_it_asks_again_where_something_else_would_happen_by_now(desk, world):
    rows = list(ArticleLink.objects.all())
    asked = desk.post(LISTS[ArticleLink], chosen(rows, "reject"))
    ArticleLink.objects.filter(paragraph__number=1).update(review="confirmed")
    again = desk.post(LISTS[ArticleLink], filled_in(asked) | chosen(rows, "reject"))
    assert "This is not what the page showed you before: look at it again." in words(again)
    assert "confirmed" in reviews(ArticleLink)
    assert desk.post(LISTS[ArticleLink], filled_in(again) | chosen(rows, "reject")).status_code == 302
    assert reviews(ArticleLink) == {"rejected"}


def test_the_examples_show_words_before_and_after_the_place(desk, world):
    row = Mention.objects.get(surface="Open Roads Plan")
    said = words(desk.post(LISTS[Mention], chosen([row], "reject")))
    assert "The National Office for Travellers runs the Open Roads Plan under the Travellers Act." in said


def test_confidence_basis_and_reason_of_article_links_are_changed_together(desk, world):
    rows = list(ArticleLink.objects.filter(paragraph__number=7))
    asked, answered = act(
        desk, rows, "edit_selected", confidence="high", basis="heading", link_reason="It says so.", reason="Read again."
    )
    assert "You selected 2 records." in words(asked)
    assert answered.status_code == 302
    values = set(ArticleLink.objects.filter(paragraph__number=7).values_list("confidence", "basis", "reason"))
    assert values == {("high", "heading", "It says so.")}
    assert Change.objects.get(kind="edit").reason == "Read again."


def test_what_is_left_empty_stays_as_it_is_and_something_must_be_chosen(desk, world):
    rows = list(ArticleLink.objects.filter(paragraph__number=7))
    nothing = desk.post(LISTS[ArticleLink], chosen(rows, "edit_selected", _do="1"))
    assert "Choose what to change: the confidence, the basis or the reason." in words(nothing)
    act(desk, rows, "edit_selected", confidence="high")
    rows = ArticleLink.objects.filter(paragraph__number=7).values_list("confidence", "basis", "reason")
    assert sorted(rows) == [
        ("high", "editor", "Paragraph 7 speaks of it."),
        ("high", "text", "Paragraph 7 speaks of it."),
    ]


def test_a_link_set_by_an_editor_gets_no_basis_without_a_reason(desk, world):
    rows = list(ArticleLink.objects.filter(paragraph__number=7))
    ArticleLink.objects.filter(paragraph__number=7).update(reason="", basis="text")
    refused = desk.post(LISTS[ArticleLink], chosen(rows, "edit_selected", _do="1", basis="editor"))
    assert "2 links would be “linked by an editor” without a reason." in words(refused)
    assert set(ArticleLink.objects.filter(paragraph__number=7).values_list("basis", flat=True)) == {"text"}


def test_links_are_removed_together_and_come_back(desk, world):
    rows = list(ArticleLink.objects.filter(paragraph__number=7))
    asked, answered = act(desk, rows, "remove_selected", reason="Twice the same.")
    assert "2 links to articles: removed" in words(asked)
    assert answered.status_code == 302
    assert not ArticleLink.objects.filter(paragraph__number=7).exists()
    change = Change.objects.get(reason="Twice the same.")
    address = f"/admin/my-actions/{change.pk}/undo/"
    desk.post(address, filled_in(desk.get(address)))
    assert sorted(ArticleLink.objects.filter(paragraph__number=7).values_list("pk")) == sorted(
        (row.pk,) for row in rows
    )


def test_the_list_of_links_from_names_leads_to_the_review_desk_and_is_found_by_entry_and_paragraph(desk, world):
    row = Mention.objects.get(surface="Open Roads Plan")
    page = desk.get(LISTS[Mention], {"entry": world.plan.pk})
    assert f'item=m{row.pk}"' in page.content.decode()
    assert "runs the Open Roads Plan under" in words(page)
    assert "Travellers Act → " not in words(page)
    paragraph = Paragraph.objects.get(number=7)
    of_paragraph = desk.get(LISTS[Mention], {"paragraph": paragraph.pk})
    assert len(of_paragraph.context["cl"].result_list) == 3
    assert desk.get(f"{LISTS[Mention]}{row.pk}/change/").headers["Location"] == f"/admin/review/?item=m{row.pk}"
    for value in ("²", "-1", "9" * 40, "x"):
        assert desk.get(LISTS[Mention], {"entry": value, "paragraph": value}).status_code in {200, 302}


def test_a_record_that_is_deleted_at_the_same_moment_refuses_an_action_in_words(desk, world, monkeypatch):
    def gone(*_given):
        raise Entry.DoesNotExist

    monkeypatch.setattr("sections.admin.entries.actions.merge", gone)
    other = Entry.objects.create(type="institution", slug="other", name="Other office", kind="office")
    both = [world.office.pk, other.pk]
    fields = {"action": "merge_two", "_selected_action": both, "index": "0", "_do": "1", "stays": both[0]}
    answer = desk.post("/admin/sections/institution/", fields | {"reason": "They are one."})
    assert answer.status_code == 409
    assert "was deleted meanwhile" in words(answer) and "They are one." in answer.content.decode()
