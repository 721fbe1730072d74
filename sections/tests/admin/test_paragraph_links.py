"""The desk's page of a paragraph: its links are decided together, and words are linked, moved and unlinked by hand."""

import pytest
from django.contrib.auth.models import Group, User

from sections.editing.relink import apply_plans
from sections.linking.sync import plan_links
from sections.models import ArticleLink, Basis, Change, Entry, Mention, Paragraph, Review
from sections.tests.support.desk import editor, filled_in, words
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import ACT, OFFICE, PLAN, make_indexed_world

pytestmark = pytest.mark.django_db


built_world, world = shared_world(make_indexed_world)


@pytest.fixture
def desk(client, world):
    return editor(client)


def paragraph(number):
    return Paragraph.objects.get(number=number)


def page_of(number):
    return f"/admin/paragraphs/{paragraph(number).pk}/"


def decisions(desk, number, query=""):
    """The form of decisions as the page fills it in."""
    page = desk.get(f"{page_of(number)}{query}").content.decode()
    return filled_in(page[page.index('id="links"') - 200 :])


def review_of(**link):
    return Mention.objects.get(**link).review


def link_by_hand(desk, number, **told):
    return desk.post(f"{page_of(number)}link/", {"which": "", "place": "", "reason": "", **told}, follow=True)


def by_hand():
    """What people linked: number of the paragraph, words, entry."""
    rows = Mention.objects.filter(basis=Basis.EDITOR).in_order().select_related("entry")
    return [(row.block.paragraph.number, row.surface, row.entry.name) for row in rows if row.is_shown]


def relinked():
    """Finds all links anew, as the command does."""
    for plan in map(plan_links, {row.report for row in Paragraph.objects.select_related("report")}):
        apply_plans([plan])
    return by_hand()


def test_it_shows_the_text_with_its_links_and_the_way_to_each_page(desk, world):
    page = desk.get(page_of(7)).content.decode()
    assert f'class="desk-link unreviewed" title="{PLAN}">{PLAN}</a>' in page
    for address in (page_of(6), page_of(8), "/XXX/C/EXA/1/paragraphs/7/", "/change/", "/admin/review/?item="):
        assert address in page
    shown = desk.get(f"/admin/sections/paragraph/{paragraph(7).pk}/change/").content.decode()
    assert f"{page_of(7)}#link-" in shown and page_of(6).split("/")[-2] in shown


def test_all_links_of_a_paragraph_are_decided_in_one_change(desk, world):
    fields, changes = decisions(desk, 7), Change.objects.count()
    plan, act = Mention.objects.get(surface=PLAN), Mention.objects.get(surface=ACT, block__paragraph__number=7)
    article = ArticleLink.objects.get(paragraph__number=7, article__number=6)
    told = {f"review-m{plan.pk}": "confirmed", f"review-m{act.pk}": "rejected", f"review-a{article.pk}": "confirmed"}
    answer = desk.post(f"{page_of(7)}decide/", fields | told | {"reason": "Read."}, follow=True)
    assert "3 decisions were saved." in words(answer)
    for link, review in ((plan, "confirmed"), (act, "rejected"), (article, "confirmed")):
        link.refresh_from_db()
        assert link.review == review
    assert Change.objects.count() == changes + 1 and Change.objects.first().reason == "Read."
    untouched = Mention.objects.get(surface=OFFICE, block__paragraph__number=7)
    assert untouched.review == Review.UNREVIEWED


def test_a_form_that_is_sent_as_it_was_changes_nothing(desk, world):
    changes = Change.objects.count()
    answer = desk.post(f"{page_of(7)}decide/", decisions(desk, 7), follow=True)
    assert "You changed no decision" in words(answer)
    assert Change.objects.count() == changes


def test_confirming_all_is_only_proposed_until_it_is_saved(desk, world):
    fields = decisions(desk, 7, "?propose=confirmed")
    assert {value for name, value in fields.items() if name.startswith("review-")} == {"confirmed"}
    assert not Mention.objects.filter(block__paragraph__number=7, review="confirmed").exists()
    desk.post(f"{page_of(7)}decide/", fields)
    assert set(Mention.objects.filter(block__paragraph__number=7).values_list("review", flat=True)) == {"confirmed"}


def test_what_somebody_else_decided_meanwhile_is_not_written_over_and_nothing_typed_is_lost(desk, world):
    fields = decisions(desk, 7)
    plan, act = Mention.objects.get(surface=PLAN), Mention.objects.get(surface=ACT, block__paragraph__number=7)
    Mention.objects.filter(pk=plan.pk).update(review="rejected")
    told = {f"review-m{plan.pk}": "confirmed", f"review-m{act.pk}": "confirmed", "reason": "I have read it."}
    answer = desk.post(f"{page_of(7)}decide/", fields | told)
    assert answer.status_code == 409 and "I have read it." in answer.content.decode()
    assert "Somebody else has changed the link" in words(answer)
    assert review_of(pk=plan.pk) == "rejected" and review_of(pk=act.pk) == "unreviewed"


def test_enter_presses_no_button_of_the_page(desk, world):
    page = desk.get(page_of(7)).content.decode()
    for form in page.split("<form")[1:]:
        if "csrfmiddlewaretoken" in form and "/admin/paragraphs/" in form.split(">")[0]:
            assert 0 < form.index('class="no-default" disabled') < form.index('type="submit" value')


def test_enter_on_a_choice_saves_nothing_and_keeps_what_was_chosen(desk, world):
    plan, told = Mention.objects.get(surface=PLAN), decisions(desk, 7)
    told |= {f"review-m{plan.pk}": "confirmed", "reason": "Read.", "enter": "1"}
    answer = desk.post(f"{page_of(7)}decide/", told)
    assert answer.status_code == 422 and "Nothing is saved yet." in words(answer)
    page = answer.content.decode()
    kept = filled_in(page[page.index('id="links"') - 200 :])
    assert (kept[f"review-m{plan.pk}"], kept["reason"]) == ("confirmed", "Read.")
    assert review_of(pk=plan.pk) == "unreviewed"


@pytest.mark.parametrize(
    ("number", "told", "linked"),
    [
        (8, {"words": "other fact"}, "other fact"),
        (2, {"words": "By day & by night"}, "By day & by night"),  # an item of a list
        (3, {"words": "Granted"}, "Granted"),  # a table
        (4, {"words": "May 2015"}, None),  # a mark stands between the words
        (4, {"words": "2015"}, "2015"),  # a footnote
        (2, {"words": "by", "which": "2"}, None),  # there is one only
        (2, {"words": "to"}, None),  # there are two, and none is named
        (2, {"words": "to", "which": "2"}, "to"),
        (8, {"words": "fict"}, None),  # part of no word
    ],
)
def test_words_are_linked_where_they_stand_and_refused_where_they_do_not(desk, world, number, told, linked):
    answer = link_by_hand(desk, number, entry=PLAN, **told)
    assert by_hand() == ([(number, linked, PLAN)] if linked else [])
    if not linked:
        assert answer.status_code == 422 and told["words"] in answer.content.decode()


def test_words_that_a_script_selected_are_linked_at_their_place(desk, world):
    block = paragraph(2).blocks.get(position=1)
    start = block.text.index("to go")
    link_by_hand(desk, 2, words="to", place=f"{block.pk}-{start}-{start + 2}", entry=ACT)
    (link,) = Mention.objects.filter(basis=Basis.EDITOR)
    assert (link.block, link.span, link.review) == (block, (start, start + 2), Review.UNREVIEWED)


def test_what_is_linked_by_hand_stays_when_links_are_found_again_and_the_search_finds_it(desk, world):
    link_by_hand(desk, 8, words="other fact", entry="NOT")
    assert relinked() == [(8, "other fact", OFFICE)]
    page = desk.get("/institutions/office-for-travellers/").content.decode()
    assert "paragraphs/8/" in page and "linked by an editor" in page
    assert "paragraphs/8/" in desk.get("/search/?q=institution:NOT").content.decode()


def test_words_of_another_link_are_refused_with_its_entry_but_may_be_linked_within_it(desk, world):
    answer = link_by_hand(desk, 7, words=f"the {ACT}", entry=ACT)
    assert answer.status_code == 422 and f"“{ACT}” is linked to {ACT} here" in words(answer)
    assert link_by_hand(desk, 7, words=f"{PLAN} under", entry=ACT).status_code == 200
    assert link_by_hand(desk, 7, words="runs the Open", entry=ACT).status_code == 422
    assert by_hand() == [(7, f"{PLAN} under", ACT)]


def test_words_that_were_rejected_can_be_linked_again(desk, world):
    link_by_hand(desk, 8, words="No other", entry=PLAN)
    assert Mention.objects.filter(surface="No other").count() == 1
    assert relinked() == [(8, "No other", PLAN)]


def change(desk, link, button=None, **told):
    address = f"/admin/paragraphs/{link.block.paragraph_id}/links/{link.pk}/"
    fields = filled_in(desk.get(address)) | told
    return desk.post(address, fields | ({button: "1"} if button else {}), follow=True)


def test_a_link_gets_other_ends_and_no_run_brings_the_old_ones_back(desk, world):
    link = Mention.objects.get(surface=PLAN)
    change(desk, link, words="Open Roads")
    assert relinked() == [(7, "Open Roads", PLAN)]
    link.refresh_from_db()
    change(desk, link, words=f"the {PLAN} under", place="")
    assert relinked() == [(7, f"the {PLAN} under", PLAN)]
    shown = Mention.objects.shown().filter(block__paragraph__number=7, entry=world.plan)
    assert shown.count() == 1


def test_a_link_gets_another_entry_and_no_run_brings_the_old_one_back(desk, world):
    link = Mention.objects.get(surface=PLAN)
    change(desk, link, entry=ACT)
    assert relinked() == [(7, PLAN, ACT)]
    link.refresh_from_db()
    change(desk, link, entry=ACT, words="Roads", place="")
    assert relinked() == [(7, "Roads", ACT)]
    assert not Mention.objects.shown().filter(surface=PLAN, entry=world.plan).exists()


def test_a_link_is_unlinked_and_its_history_says_who_did_it(desk, world):
    link = Mention.objects.get(surface=PLAN)
    change(desk, link, "unlink", reason="A road, no plan.")
    assert review_of(pk=link.pk) == Review.REJECTED
    last = Change.objects.first()
    assert (last.user.username, last.reason) == ("ana", "A road, no plan.")


def test_a_link_that_somebody_else_changed_meanwhile_is_not_moved(desk, world):
    link = Mention.objects.get(surface=PLAN)
    address = f"/admin/paragraphs/{link.block.paragraph_id}/links/{link.pk}/"
    fields = filled_in(desk.get(address))
    Mention.objects.filter(pk=link.pk).update(review="confirmed")
    answer = desk.post(address, fields | {"words": "Open Roads", "reason": "Shorter."})
    assert answer.status_code == 409 and "Shorter." in answer.content.decode()
    assert Mention.objects.get(pk=link.pk).surface == PLAN


def test_a_reviewer_decides_but_links_no_words(client, world):
    rita = User.objects.create_user("rita", is_staff=True)
    rita.groups.add(Group.objects.get(name="reviewers"))
    client.force_login(rita)
    link = Mention.objects.get(surface=PLAN)
    assert "Link these words" not in client.get(page_of(7)).content.decode()
    fields = decisions(client, 7) | {f"review-m{link.pk}": "confirmed"}
    assert client.post(f"{page_of(7)}decide/", fields).status_code == 302
    assert review_of(pk=link.pk) == "confirmed"
    assert client.post(f"{page_of(7)}link/", {"words": "runs", "entry": PLAN}).status_code == 403
    assert client.get(f"{page_of(7)}links/{link.pk}/").status_code == 403
    assert client.get("/admin/suggestions/").status_code == 403


def test_addresses_of_no_paragraph_and_no_link_of_it_lead_nowhere(desk, world):
    link = Mention.objects.filter(block__paragraph__number=1).first()
    for address in ("/admin/paragraphs/999999/", f"{page_of(7)}links/{link.pk}/", f"{page_of(7)}links/999999/"):
        assert desk.get(address).status_code == 404


def test_a_public_link_leads_to_its_review_and_back(desk, world):
    page = desk.get("/XXX/C/EXA/1/paragraphs/7/").content.decode()
    own = page_of(7)
    assert f'href="{own}#entry-{world.plan.pk}"' in page and f'href="{own}#article-4"' in page
    there = desk.get(own).content.decode()
    assert f'id="entry-{world.plan.pk}"' in there and 'id="article-4"' in there
    assert f'href="{world.plan.get_absolute_url()}"' in there
    for address in (world.plan.get_absolute_url(), "/convention/articles/4/"):
        assert own in desk.get(address).content.decode()
    assert Entry.objects.get(pk=world.plan.pk).mentions.exists()
