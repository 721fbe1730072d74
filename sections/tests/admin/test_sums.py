"""The desk: sums with their figures; added, corrected, refused in words, deleted, undone, kept from automatic runs."""

import pytest
from django.core.management import call_command

from sections.exports.fixtures import write_fixtures
from sections.models import Addend, Change, CheckedSum, Figure, Paragraph, Report, Review
from sections.tests.support.desk import confirmed, editor, filled_in, send, words
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import block, make_world

pytestmark = pytest.mark.django_db
SUMS = "/admin/sections/checkedsum/"
PAGE = "/XXX/C/EXA/1/figures/sums/"


def figure(surface, value, place=(3, 1), nth=0):
    here = block(*place)
    start = -1
    for _time in range(nth + 1):
        start = here.text.index(surface, start + 1)
    return Figure.objects.create(
        block=here, start=start, end=start + len(surface), surface=surface, value=value, kind="money", what="granted"
    )


def build_world():
    made = make_world()
    made.first, made.second = figure("1 200", 1200), figure("1 300", 1300)
    made.total = figure("2015", 2500, (4, 1))
    made.sum = CheckedSum.objects.create(
        paragraph=Paragraph.objects.get(number=3), position=1, kind="sum", what="permits", total=made.total
    )
    made.sum.addends.set([made.first, made.second])
    return made


built_world, world = shared_world(build_world)


@pytest.fixture
def desk(client, world):
    return editor(client)


def address(checked, page="change"):
    return f"{SUMS}{checked.pk}/{page}/"


def addends(checked):
    return sorted(Addend.objects.filter(checked_sum=checked).values_list("figure__surface", flat=True))


def row(fields, figure):
    """The beginning of the names of the row of a figure."""
    names = (name for name, value in fields.items() if name.endswith("-figure") and value == str(figure.pk))
    return next(names).removesuffix("figure")


def empty_row(fields):
    return f"addend_set-{fields['addend_set-INITIAL_FORMS']}-"


def without(fields, figure):
    return fields | {f"{row(fields, figure)}DELETE": "on"}


def test_its_form_shows_each_figure_with_its_paragraph_and_what_comes_of_the_sum(desk, world):
    page = desk.get(address(world.sum))
    assert "1 200 · XXX/C/EXA/1, para. 3 · granted" in page.content.decode()
    assert "1,200 + 1,300 = 2,500 · Matches the printed 2,500." in words(page)


def test_it_says_that_the_numbers_do_not_agree_and_saves_all_the_same(desk, client, world):
    fields = without(filled_in(desk.get(address(world.sum))), world.second)
    asked = desk.post(address(world.sum), fields)
    assert "Differs: the parts add up to 1,200; 2,500 is printed (1,300 more)." in words(asked)
    assert addends(world.sum) == ["1 200", "1 300"]
    assert desk.post(address(world.sum), filled_in(asked)).status_code == 302
    world.sum.refresh_from_db()
    assert (addends(world.sum), world.sum.review) == (["1 200"], Review.CONFIRMED)
    assert "(1,300 more)" in words(client.get(PAGE))
    told = words(desk.get(address(world.sum, "history")))
    assert "took the figure “1 300” out of the checked sum “permits”" in told


def test_it_adds_a_sum_with_its_figures_behind_the_others_of_the_paragraph(desk, world):
    fields = filled_in(desk.get(f"{SUMS}add/"))
    given = {"paragraph": world.sum.paragraph_id, "kind": "sum", "what": "fees", "total": world.total.pk}
    figures = {"addend_set-0-figure": world.first.pk, "addend_set-1-figure": world.second.pk}
    assert desk.post(f"{SUMS}add/", fields | given | figures).status_code == 302
    made = CheckedSum.objects.get(what="fees")
    assert (made.position, made.review, addends(made)) == (2, Review.CONFIRMED, ["1 200", "1 300"])
    assert desk.post("/admin/my-actions/").status_code == 405
    confirmed(desk, f"/admin/my-actions/{Change.objects.first().pk}/undo/")
    assert not CheckedSum.objects.filter(what="fees").exists() and Addend.objects.count() == 2


def refusal(desk, world, changed, figures=None):
    """What the form says where these fields are changed, and rows are added with these figures."""
    fields = filled_in(desk.get(address(world.sum)))
    for figure, name in zip(figures or (), ("addend_set-2-figure", "addend_set-3-figure"), strict=False):
        fields[name] = str(getattr(figure, "pk", figure))
    answer = desk.post(address(world.sum), fields | changed)
    assert answer.status_code == 200 and addends(world.sum) == ["1 200", "1 300"]
    return words(answer)


def test_it_refuses_a_figure_that_is_chosen_twice_or_is_the_total(desk, world):
    assert "“1 200” is chosen twice. Remove one of the two." in refusal(desk, world, {}, [world.first])
    assert "“2015” is the total or the whole of this sum already." in refusal(desk, world, {}, [world.total])


@pytest.mark.parametrize("key", ["99999", "1e3", "9" * 30, "x", "\0"])
def test_it_refuses_a_figure_that_it_does_not_know(desk, world, key):
    assert "Save" in refusal(desk, world, {}, [key])


def test_it_refuses_a_sum_without_figures_and_two_figures_for_a_number_given_twice(desk, world):
    fields = filled_in(desk.get(address(world.sum)))
    gone = {f"{row(fields, figure)}DELETE": "on" for figure in (world.first, world.second)}
    assert "this is needed: figures" in refusal(desk, world, gone)
    assert "is compared with one figure. Choose only one." in refusal(desk, world, {"kind": "same"})


def test_it_refuses_sums_that_contain_each_other_however_far_apart(desk, world):
    middle = CheckedSum.objects.create(
        paragraph=world.sum.paragraph, position=2, kind="sum", what="middle", total=world.second
    )
    last = figure("2014", 1, (3, 1))
    middle.addends.add(last)
    outer = CheckedSum.objects.create(paragraph=world.sum.paragraph, position=3, kind="sum", what="outer", total=last)
    outer.addends.add(world.total)
    told = refusal(desk, world, {"what": "all permits"})
    assert "“1 300” is itself a sum to which “2015” belongs. Choose another figure." in told


def test_it_refuses_figures_of_another_report(desk, world):
    other = Report.objects.create(symbol="XXX/C/EXA/2", title="Second")
    section = other.sections.create(position=1, kind="part", level=1, title="I")
    paragraph = other.paragraphs.create(
        number=1, position=1, section=section, source_text="9", source_line=1, sha256="x"
    )
    here = paragraph.blocks.create(position=1, kind="text", text="9")
    foreign = Figure.objects.create(block=here, start=0, end=1, surface="9", value=9, kind="money", what="w")
    words_of_refusal = "“9” stands in another report, XXX/C/EXA/2. Choose a figure of the same report."
    assert words_of_refusal in refusal(desk, world, {}, [foreign])
    assert words_of_refusal in refusal(desk, world, {"total": str(foreign.pk)})


def test_a_deleted_sum_comes_back_with_its_figures(desk, client, world):
    assert desk.post(address(world.sum, "delete"), {"post": "yes", "why": "Not a sum."}).status_code == 302
    assert not Addend.objects.exists() and "permits" not in words(client.get(PAGE)).lower()
    assert desk.get(f"{SUMS}deleted/").status_code == 200
    confirmed(desk, f"/admin/my-actions/{Change.objects.first().pk}/undo/")
    assert addends(CheckedSum.objects.get()) == ["1 200", "1 300"]


def test_it_restores_the_figures_of_a_date(desk, world):
    before = filled_in(desk.get(address(world.sum)))
    send(desk, address(world.sum), without(before, world.first))
    assert addends(world.sum) == ["1 300"]
    confirmed(desk, f"{SUMS}{world.sum.pk}/back/", {"before": str(Change.objects.first().pk)})
    assert addends(world.sum) == ["1 200", "1 300"]


def test_two_editors_of_one_sum_choose_figure_by_figure(desk, world):
    fields = filled_in(desk.get(address(world.sum)))
    send(desk, address(world.sum), without(fields, world.second))
    third = figure("2014", 1300, (3, 1))
    shown = desk.post(address(world.sum), fields | {f"{empty_row(fields)}figure": str(third.pk), "note": "Read."})
    assert shown.status_code == 409 and "1 300" in words(shown)
    assert send(desk, address(world.sum), filled_in(shown)).status_code == 302
    assert addends(world.sum) == ["1 200", "2014"]


def test_a_rejected_sum_is_not_shown_to_readers(desk, client, world):
    asked = desk.post(SUMS, {"action": "reject", "_selected_action": [str(world.sum.pk)]})
    desk.post(SUMS, filled_in(asked) | {"_selected_action": [str(world.sum.pk)]})
    assert CheckedSum.objects.get().review == Review.REJECTED
    assert "permits" not in words(client.get(PAGE)).lower()
    assert "rejected a checked sum in paragraph 3: permits" in words(client.get("/changes/"))


def test_what_people_decided_on_sums_survives_loading_the_files_again(desk, client, world, tmp_path):
    write_fixtures(tmp_path)
    gone = CheckedSum.objects.create(
        paragraph=world.sum.paragraph, position=2, kind="sum", what="gone", total=world.total
    )
    gone.addends.add(world.first)
    write_fixtures(tmp_path)
    send(desk, address(world.sum), without(filled_in(desk.get(address(world.sum))), world.second))
    assert desk.post(address(gone, "delete"), {"post": "yes"}).status_code == 302
    call_command("loaddata", *sorted(tmp_path.glob("figures-*.json")), verbosity=0)
    assert addends(world.sum) == ["1 200"]
    assert CheckedSum.objects.get(what="gone").review == Review.REJECTED
    assert "gone" not in words(client.get(PAGE)).lower().split()
