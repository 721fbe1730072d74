"""The lists of figures, dates, places, captions, subjects of replies and descriptions: out, changed, and in again."""

import csv
import io
from datetime import date

import pytest
from django.contrib.auth.models import User

from sections.editing.revert import undo
from sections.editing.spreadsheets.imports import import_upload, keep_upload
from sections.editing.spreadsheets.register import LISTS
from sections.models import (
    Basis,
    Change,
    CheckedSum,
    ConventionArticle,
    DatedEvent,
    Entry,
    Figure,
    Place,
    PlaceMention,
    ReplySubject,
    Review,
    Section,
)
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import block, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def build_world():
    make_world()
    for words, year in [("1 200", 2014), ("1 300", 2015)]:
        start = block(3, 1).text.index(words)
        place = {"block": block(3, 1), "start": start, "end": start + 5, "surface": words, "basis": "text"}
        Figure.objects.create(
            **place, value=int(words.replace(" ", "")), kind="money", unit="things", what="granted",
            first_year=year, last_year=year,
        )  # fmt: skip
    here = {"block": block(4, 1), "start": 17, "end": 21, "surface": "2015", "basis": "text"}
    day = {"first": date(2015, 1, 1), "last": date(2015, 12, 31), "precision": "year", "sense": "on", "what": "count"}
    DatedEvent.objects.create(**here, **day)
    PlaceMention.objects.create(**here, place=Place.objects.create(slug="fair", name="Fair", kind="city", names=[]))
    ReplySubject.objects.create(section=Section.objects.get(number=3), text="Leaving")
    first, second = Figure.objects.order_by("start")
    checked = CheckedSum.objects.create(
        paragraph=first.paragraph, position=1, kind="same", what="budget", total=second, counted=2
    )
    checked.addends.add(first)
    Entry.objects.filter(slug="travellers-act").update(description="An act.")


built_world, world = shared_world(build_world)


def rows_of(key):
    each = LISTS[key]()
    return [each.row(record) for record in each.in_order()]


def bring(key, rows):
    """Uploads rows and confirms what they would do; gives the errors as (row, column, words)."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(column for row in rows for column in row)), restval="")
    writer.writeheader()
    writer.writerows(rows)
    user, _made = User.objects.get_or_create(username="ana")
    upload = keep_upload(user=user, sheet=key, name=f"{key}.csv", text=out.getvalue())
    outcome = import_upload(upload)
    if not outcome.errors:
        outcome = import_upload(upload, expected=outcome.digest)
    return [(error.row, error.column, error.message) for error in outcome.errors]


KEYS = ("figures", "sums", "dates", "places", "captions", "replies", "descriptions")


@pytest.mark.parametrize("key", KEYS)
def test_it_changes_nothing_when_a_list_comes_back_as_it_went(key):
    before = rows_of(key)
    assert before and bring(key, before) == []
    assert rows_of(key) == before


def test_it_changes_and_adds_figures_which_count_as_confirmed_then():
    first, second = rows_of("figures")
    assert (first["paragraph"], first["words"], first["which"], first["value"]) == ("3", "1 200", "1", "1200")
    new = {"paragraph": "4", "words": "2015", "value": "2,015", "kind": "people", "unit": "persons", "what": "counted"}
    assert bring("figures", [first | {"unit": "crowns", "first_year": "2013"}, second, new]) == []
    changed, kept, added = Figure.objects.order_by("pk")
    assert (changed.unit, changed.first_year, changed.review, changed.basis) == ("crowns", 2013, "confirmed", "editor")
    assert (kept.review, kept.basis) == ("unreviewed", "text")
    assert (added.value, added.block.kind, added.review) == (2015, "footnote", Review.CONFIRMED)
    assert added.block.text[added.start : added.end] == "2015"


@pytest.mark.parametrize(
    ("changed", "column", "words"),
    [
        ({"words": "1 900"}, "words", "These words do not stand in paragraph 3."),
        ({"words": "1 300"}, "words", "recorded already"),
        ({"which": "7"}, "which", "The words stand there only 1 times."),
        ({"paragraph": "99"}, "paragraph", "has no paragraph 99"),
        ({"value": "many"}, "value", "is not a number"),
        ({"value": "NaN"}, "value", "is not a number"),
        ({"kind": "hats"}, "kind", "is none of the values of this column"),
        ({"bound": "hats"}, "bound", "is none of the values of this column"),
        ({"first_year": "99999"}, "first_year", "Give a number from 1000 to 2999."),
        ({"last_year": "2013"}, "last_year", "can't come before the first one"),
        ({"unit": ""}, "unit", "cannot be blank"),
    ],
)
def test_it_refuses_what_is_wrong_with_a_figure_at_its_column(changed, column, words):
    first, second = rows_of("figures")
    (fault,) = bring("figures", [first | changed, second])
    assert fault[:2] == (2, column) and words in fault[2]
    assert rows_of("figures") == [first, second]


def test_it_does_not_delete_a_figure_of_a_checked_sum_nor_an_article_nor_an_entry():
    for key, words in [
        ("figures", "A checked sum uses this figure."),
        ("captions", "An article of the Convention cannot be deleted."),
        ("descriptions", "Entries are deleted in the list of entries."),
    ]:
        first, *_others = rows_of(key)
        ((_row, _column, message),) = bring(key, [first | {"delete": "yes"}])
        assert words in message


@pytest.mark.parametrize(
    ("key", "row", "column"),
    [
        ("captions", {"number": "77", "subject": "New"}, "number"),
        ("descriptions", {"name": "New", "description": "New"}, "name"),
        ("figures", {"value": "1", "kind": "money", "unit": "crowns", "what": "granted"}, "words"),
    ],
)
def test_it_says_what_a_new_row_lacks(key, row, column):
    assert column in {fault[1] for fault in bring(key, [row])}


def test_it_changes_dates_and_places_and_deletes_them():
    (row,) = rows_of("dates")
    assert bring("dates", [row | {"sense": "since", "first": "2015-05-01", "review": "rejected"}]) == []
    event = DatedEvent.objects.get()
    assert (event.sense, event.first, event.review, event.basis) == (
        "since", date(2015, 5, 1), Review.REJECTED, Basis.EDITOR,
    )  # fmt: skip
    (row,) = rows_of("places")
    assert bring("places", [row | {"place": "nowhere"}])[0][1] == "place"
    assert bring("places", [row | {"delete": "yes"}]) == []
    assert not PlaceMention.objects.exists() and PlaceMention.history.filter(history_type="-").exists()


@pytest.mark.parametrize(
    ("key", "column", "model"),
    [
        ("captions", "subject", ConventionArticle),
        ("replies", "text", ReplySubject),
        ("descriptions", "description", Entry),
    ],
)
def test_it_changes_texts_and_their_translations(key, column, model):
    row = next(row for row in rows_of(key) if row[column])
    changed = row | {column: "In English", f"{column}_es": "En español", f"{column}_fr": "En français"}
    assert bring(key, [changed]) == []
    record = model.objects.get(pk=int(row["id"]))
    assert getattr(record, column) == "In English"
    assert record.translations == {"es": {column: "En español"}, "fr": {column: "En français"}}
    again = next(each for each in rows_of(key) if each["id"] == row["id"])
    assert bring(key, [again | {f"{column}_fr": ""}]) == []
    assert model.objects.get(pk=int(row["id"])).translations == {"es": {column: "En español"}}
    longest = model._meta.get_field(column).max_length
    assert bring(key, [again | {f"{column}_es": "x" * (longest + 1)}])[0][1] in (f"{column}_es", "version")


def test_a_file_without_the_column_of_the_figures_leaves_them_as_they_are():
    (row,) = rows_of("sums")
    figures = row["addends"]
    assert (
        figures
        and bring("sums", [{name: value for name, value in row.items() if name != "addends"} | {"what": "all"}]) == []
    )
    assert [(changed["what"], changed["addends"]) for changed in rows_of("sums")] == [("all", figures)]


def test_it_changes_and_adds_sums_with_their_figures_and_undoes_that():
    (row,) = rows_of("sums")
    assert (row["paragraph"], row["addends"], row["total"]) == ("3", "3: 1 200", "3: 1 300")
    new = {"paragraph": "3", "kind": "shares", "what": "both", "addends": "3: 1 200; 3: 1 300"}
    assert bring("sums", [row | {"addends": "3: 1 300", "total": "3: 1 200"}, new]) == []
    changed, added = rows_of("sums")
    assert (changed["addends"], changed["total"], changed["review"]) == ("3: 1 300", "3: 1 200", "confirmed")
    assert (added["addends"], added["review"]) == ("3: 1 200; 3: 1 300", "confirmed")
    assert CheckedSum.objects.get(what="both").position == 2
    undo(Change.objects.first())
    assert rows_of("sums") == [row]
    assert bring("sums", [row | {"delete": "yes"}]) == [] and not CheckedSum.objects.exists()


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"addends": "3: 1 400"}, "addends", "These words do not stand in paragraph 3."),
        ({"addends": "3 (2): 1 200"}, "addends", "only 1 times"),
        ({"addends": "77: 1 200"}, "addends", "has no paragraph 77"),
        ({"addends": "1 200"}, "addends", "names no figure"),
        ({"addends": "3: 2014"}, "addends", "is no recorded figure"),
        ({"addends": ""}, "kind", "this is needed: figures"),
        ({"addends": "3: 1 300"}, "addends", "is the total or the whole of this sum already"),
        ({"kind": "sum", "addends": "3: 1 200; 3: 1 200"}, "addends", "is chosen twice"),
        ({"addends": "3: 1 200; 3: 1 300"}, "addends", "Choose only one"),
        ({"total": "3: 2014"}, "total", "is no recorded figure"),
        ({"kind": "count", "counted": ""}, "kind", "this is needed: Things listed"),
        ({"counted": "99999"}, "counted", "is not possible here"),
        ({"paragraph": "4"}, "paragraph", "This stays “3”"),
    ],
)
def test_it_refuses_a_sum_in_words(cells, column, words):
    (row,) = rows_of("sums")
    ((_line, place, said),) = [error for error in bring("sums", [row | cells]) if error[1] == column]
    assert place == column and words in said
    assert rows_of("sums") == [row]
