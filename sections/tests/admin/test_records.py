"""The desk: figures, dates and named places, the facts of a report, captions; corrected, reviewed, added, undone."""

from decimal import Decimal

import pytest

from sections.models import (
    Change,
    CheckedSum,
    ConventionArticle,
    DatedEvent,
    Entry,
    Figure,
    Paragraph,
    Place,
    PlaceMention,
    Report,
    Review,
    current_version,
)
from sections.tests.support.desk import confirmed, editor, filled_in, words
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import block, make_world

pytestmark = pytest.mark.django_db
FIGURES, DATES, PLACES = (f"/admin/sections/{model}/" for model in ("figure", "datedevent", "placemention"))


built_world, world = shared_world(make_world)


@pytest.fixture
def desk(client, world):
    return editor(client)


def figure(words="1 200", number=3, position=1, **values):
    """A figure of the world's table, as a program finds it."""
    here = block(number, position)
    given = {"value": 1200, "kind": "money", "unit": "things", "what": "granted", "first_year": 2014} | values
    start = here.text.index(words)
    return Figure.objects.create(block=here, start=start, end=start + len(words), surface=words, basis="text", **given)


def change(desk, row, **changed):
    """Opens the form of a record, changes fields and saves."""
    address = f"/admin/sections/{row._meta.model_name}/{row.pk}/change/"
    return desk.post(address, filled_in(desk.get(address)) | changed)


def bulk(desk, address, action, rows, **more):
    """Chooses an action for rows of a list; then answers the page that asks."""
    asked = desk.post(address, {"action": action, "_selected_action": [str(row.pk) for row in rows]})
    return asked, desk.post(address, filled_in(asked) | {"_selected_action": [str(row.pk) for row in rows]} | more)


def test_it_corrects_a_figure_which_counts_as_confirmed_then_and_shows_its_place_in_the_table(desk):
    row = figure()
    before = current_version().content
    page = words(desk.get(f"{FIGURES}{row.pk}/change/"))
    assert "row “Granted”, column “2014”" in page
    assert change(desk, row, unit="crowns", why="The table says so.").status_code == 302
    row.refresh_from_db()
    assert (row.unit, row.basis, row.review, row.start) == ("crowns", "editor", Review.CONFIRMED, row.start)
    assert current_version().content > before
    history = words(desk.get(f"{FIGURES}{row.pk}/history/"))
    assert "The table says so." in history and "things" in history and "crowns" in history
    assert "confirmed the figure “1 200” in paragraph 3" in words(desk.get("/changes/"))
    confirmed(desk, f"{FIGURES}{row.pk}/undo/{Change.objects.order_by('-pk').first().pk}/")
    row.refresh_from_db()
    assert (row.unit, row.review) == ("things", Review.UNREVIEWED)


def test_it_lets_nobody_overwrite_what_another_saved_of_a_figure(desk):
    row = figure()
    address = f"{FIGURES}{row.pk}/change/"
    mine = filled_in(desk.get(address)) | {"unit": "francs"}
    change(desk, row, unit="crowns")
    answer = desk.post(address, mine)
    assert answer.status_code == 409 and "crowns" in words(answer) and "francs" in words(answer)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"surface": "1 900"}, "These words do not stand in paragraph 3."),
        ({"surface": "300"}, None),  # a number within another, after a space, as some reports group digits
        ({"surface": "30"}, "These words do not stand in paragraph 3."),
        ({"which": "2"}, "The words stand there only 1 times."),
        ({"surface": "1 200", "which": "1"}, "recorded already"),
        ({"value": "9999999999999999.9999"}, "at most 15 digits"),
        ({"value": "99999999999.9999"}, None),
        ({"first_year": "5000"}, "Give a year from 1000 to 2999."),
        ({"first_year": "2015", "last_year": ""}, None),
        ({"first_year": "2015", "last_year": "2014"}, "The last year can't come before the first one."),
    ],
)
def test_it_adds_a_figure_whose_words_stand_in_the_paragraph(desk, changed, refusal):
    figure()
    given = {
        "paragraph": Paragraph.objects.get(number=3).pk, "surface": "1 300", "which": "1", "value": "1300",
        "kind": "money", "unit": "crowns", "what": "granted", "first_year": "2015", "last_year": "2015",
    }  # fmt: skip
    answer = desk.post(f"{FIGURES}add/", filled_in(desk.get(f"{FIGURES}add/")) | given | changed)
    assert (refusal is None or refusal in words(answer)) and (answer.status_code == 302) == (refusal is None)
    added = Figure.objects.filter(basis="editor")
    assert added.count() == (refusal is None)
    assert desk.get(FIGURES).status_code == 200
    if refusal is None:
        row = added.get()
        assert row.value == Decimal((given | changed)["value"])
        assert block(3, 1).text[row.start : row.end] == row.surface and row.review == Review.CONFIRMED


def test_it_asks_before_it_rejects_many_and_says_how_to_undo_it(desk):
    rows = [figure(), figure("1 300", value=1300, first_year=2015)]
    asked, done = bulk(desk, FIGURES, "reject", rows, reason="Not counted.")
    assert asked.status_code == 200 and "You selected 2 records." in words(asked)
    assert "2 figures: changed" in words(asked) and "not yet reviewed → rejected by an editor" in words(asked)
    assert "My recent actions" in words(asked)
    assert done.status_code == 302
    assert set(Figure.objects.values_list("review", flat=True)) == {Review.REJECTED}
    assert Change.objects.get().reason == "Not counted."
    confirmed(desk, f"{FIGURES}{rows[0].pk}/undo/{Change.objects.get().pk}/")
    assert set(Figure.objects.values_list("review", flat=True)) == {Review.UNREVIEWED}


def test_it_refuses_to_delete_a_figure_of_a_checked_sum_and_restores_another(desk):
    used, free = figure(), figure("1 300", value=1300)
    used.added_in.create(paragraph=used.paragraph, position=1, kind="sum", what="budget")
    answer = desk.post(f"{FIGURES}{used.pk}/delete/", {"post": "yes"}, follow=True)
    assert "A checked sum uses this figure." in words(answer)
    desk.post(f"{FIGURES}{free.pk}/delete/", {"post": "yes"})
    assert not Figure.objects.filter(pk=free.pk).exists()
    deleted = filled_in(desk.get(f"{FIGURES}deleted/"))
    confirmed(desk, f"{FIGURES}{free.pk}/back/", deleted)
    assert Figure.objects.get(pk=free.pk).surface == "1 300"


def test_it_filters_figures(desk):
    figure()
    figure("1 300", value=1300, unit="crowns", first_year=2015, last_year=2016)
    for asked, found in [
        ("", 2), ("paragraph=3", 2), ("paragraph=4", 0), ("paragraph=x", 2), ("year=2016", 1), ("year=2014", 1),
        ("unit=crowns", 1), ("article=4", 0), ("review__exact=rejected", 0), ("q=crowns", 1), ("kind__exact=money", 2),
    ]:  # fmt: skip
        page = desk.get(f"{FIGURES}?{asked}")
        assert page.context["cl"].result_count == found, asked


def test_it_corrects_and_adds_dates_and_named_places(desk):
    given = {
        "paragraph": Paragraph.objects.get(number=4).pk, "surface": "May> 2015", "which": "1", "first": "2015-05-01",
        "last": "2015-04-01", "precision": "month", "sense": "on", "what": "counted",
    }  # fmt: skip
    fields = filled_in(desk.get(f"{DATES}add/"))
    assert "The last day can't come before the first one." in words(desk.post(f"{DATES}add/", fields | given))
    assert desk.post(f"{DATES}add/", fields | given | {"last": "2015-05-31"}).status_code == 302
    date = DatedEvent.objects.get()
    assert (date.block.kind, date.surface) == ("footnote", "May> 2015")
    place = Place.objects.create(slug="office", name="Office", kind="city", names=["Office"])
    fields = filled_in(desk.get(f"{PLACES}add/"))
    given = {"paragraph": Paragraph.objects.get(number=5).pk, "surface": "Office", "which": "1", "place": place.pk}
    assert desk.post(f"{PLACES}add/", fields | given).status_code == 302
    row = PlaceMention.objects.get()
    assert words(desk.get(f"{PLACES}{row.pk}/history/")).count("Office")
    bulk(desk, PLACES, "confirm", [row])
    assert PlaceMention.objects.get().review == Review.CONFIRMED


def test_it_corrects_the_facts_of_a_report_and_keeps_its_symbol(desk, world):
    page = desk.get(f"/admin/sections/report/{world.report.pk}/change/")
    assert "The symbol stays" in words(page) and 'name="symbol"' not in page.content.decode()
    changed = {"title": "Third report", "title_es": "Tercer informe", "short_treaty_body_en-gb": "Travellers"}
    assert change(desk, world.report, **changed).status_code == 302
    report = Report.objects.get()
    assert report.translations == {"es": {"title": "Tercer informe"}, "en-gb": {"short_treaty_body": "Travellers"}}
    assert (report.title, report.symbol, report.is_default) == ("Third report", "XXX/C/EXA/1", True)
    assert "changed what this site says of the report XXX/C/EXA/1" in words(desk.get("/changes/"))
    assert desk.get("/admin/sections/report/add/").status_code == 403
    confirmed(desk, f"/admin/sections/report/{report.pk}/undo/{Change.objects.get().pk}/")
    assert Report.objects.get().title == "Third periodic report of Examplia"


def test_it_corrects_captions_in_every_language_and_the_terms_of_an_article(desk, client):
    article = ConventionArticle.objects.get(number=4)
    change(desk, article, subject="Leaving any State", subject_fr="Quitter tout État", terms_en="exit permit\nleave")
    article.refresh_from_db()
    assert (article.subject, article.translations) == ("Leaving any State", {"fr": {"subject": "Quitter tout État"}})
    assert article.terms == {"en": ["exit permit", "leave"]}
    assert "Quitter tout État" in words(client.get("/fr/convention/articles/4/"))
    assert "changed the caption of Article 4 of the Convention" in words(desk.get("/changes/"))


def test_it_says_why_headings_and_tables_are_not_edited_and_leads_to_what_may_be_written(desk, world):
    reply = world.report.sections.get(key="reply-3")
    page = words(desk.get(f"/admin/sections/section/{reply.pk}/change/"))
    assert "Nobody can change it" in page and "Add a subject" in page
    table = world.report.tables.get()
    page = desk.get(f"/admin/sections/table/{table.pk}/change/")
    assert "Nobody can change it" in words(page) and "Notes on paragraph 3" in words(page)
    for kind, row in [("section", reply), ("table", table)]:
        assert desk.post(f"/admin/sections/{kind}/{row.pk}/change/", {"title": "Other"}).status_code == 403


def test_it_keeps_the_description_of_an_entry_in_every_language(desk, client, world):
    row = world.office
    Entry.objects.filter(pk=row.pk).update(description="Keeps the roads open.")
    address = f"/admin/sections/institution/{row.pk}/change/"
    fields = filled_in(desk.get(address)) | {"description_es": "Mantiene abiertos los caminos."}
    assert desk.post(address, fields).status_code == 302
    place = row.get_absolute_url()
    assert "Mantiene abiertos los caminos." in words(client.get(f"/es{place}"))
    assert "Keeps the roads open." in words(client.get(f"/fr{place}"))
    assert "Mantiene abiertos" in words(desk.get(f"/admin/sections/institution/{row.pk}/history/"))


@pytest.mark.parametrize(
    ("kind", "missing"), [("sum", "total"), ("share", "whole"), ("count", "counted"), ("same", "total"), ("shares", "")]
)
def test_a_sum_is_refused_a_check_for_which_a_number_is_missing(desk, kind, missing):
    row = figure(value=100)
    numbers = {"total": row, "whole": row, "counted": 2}
    checked = CheckedSum.objects.create(
        paragraph=row.paragraph, position=1, what="all", kind="shares" if kind != "shares" else "sum", **numbers
    )
    checked.addends.add(row)
    answer = change(desk, checked, kind=kind, **({missing: ""} if missing else {}))
    checked.refresh_from_db()
    if not missing:
        assert (answer.status_code, checked.kind) == (302, "shares")
        return
    assert answer.status_code == 200 and "this is needed" in words(answer)
    assert checked.kind == "shares"


def test_a_sum_whose_whole_became_zero_is_said_not_to_be_checked(desk):
    row = figure()
    checked = CheckedSum.objects.create(
        paragraph=row.paragraph, position=1, what="all", kind="share", total=row, whole=row
    )
    checked.addends.add(row)
    assert change(desk, row, value="0").status_code == 302
    assert desk.get(f"/admin/sections/checkedsum/{checked.pk}/change/").status_code == 200
    assert "Cannot be checked" in words(desk.get("/XXX/C/EXA/1/figures/sums/"))


def test_a_place_does_not_lie_within_itself(desk, client):
    outer = Place.objects.create(slug="outer", name="Outer", kind="region", names=["Outer"])
    inner = Place.objects.create(slug="inner", name="Inner", kind="country", names=["Inner"], within=outer)
    for row, within in ((outer, outer), (outer, inner)):
        answer = change(desk, row, within=str(within.pk))
        assert answer.status_code == 200 and "lies within “Outer” already" in words(answer)
    Place.objects.filter(pk=outer.pk).update(within=inner)  # as undoing an older change can leave it
    here = block(9, 1)
    PlaceMention.objects.create(block=here, start=0, end=2, surface=here.text[:2], place=inner)
    assert "Inner" in words(client.get("/XXX/C/EXA/1/places/"))
