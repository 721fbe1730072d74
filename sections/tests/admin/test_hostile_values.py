"""Values that are no numbers although they look like it, or that no database can hold: no page of the desk fails."""

import re
from urllib.parse import quote

import pytest
from django.contrib import admin

from sections.editing.review import state_of
from sections.linking.sync import carry_out, plan_links
from sections.models import ArticleLink, Mention, Paragraph, Synonym, Upload
from sections.tests.support.desk import editor, filled_in, new_row, place, words
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db

# One of each kind: nothing, a digit that is no number, a number in other digits, too large, not to be stored.
HOSTILE = ["", "²", "٣", "9" * 30, "1\0"]
LISTS = {
    "sections/institution": ["kind", "review", "part", "paragraphs", "spanish"],
    "sections/paragraph": ["editors_notes__isempty"],
    "sections/articlelink": ["review__exact", "basis__exact", "confidence__exact", "part", "article"],
    "sections/synonym": ["both_ways__exact"],
    "auth/user": ["groups__id__exact", "is_active__exact"],
}
LOOKUPS = [("relation", "target"), ("relation", "paragraph"), ("articlelink", "article")]


def build_world():
    made = make_world()
    carry_out(plan_links(made.report))
    Synonym.objects.create(term="voyagers", says="travellers")
    return made


built_world, world = shared_world(build_world)


@pytest.fixture
def desk(client, world):
    client.raise_request_exception = False
    return editor(client)


def failures(answers):
    """What was asked where a fault of ours answered."""
    return [asked for asked, answer in answers if answer.status_code >= 500]


@pytest.mark.parametrize("model", LISTS)
def test_no_list_fails_on_a_value_of_its_parameters(desk, model):
    names = ["q", "p", "o", "all", *LISTS[model]]
    asked = [{name: value} for name in names for value in HOSTILE]
    answers = [(query, desk.get(f"/admin/{model}/", query)) for query in asked]
    leads = {answer.url for _query, answer in answers if answer.status_code == 302}
    assert failures([*answers, *((address, desk.get(address)) for address in leads)]) == []


def test_no_field_that_searches_for_a_record_fails(desk):
    answers = []
    for model, field in LOOKUPS:
        given = {"app_label": "sections", "model_name": model, "field_name": field, "term": "1", "page": "1"}
        for value in HOSTILE:
            queries = (given | {"term": value}, given | {"page": value})
            answers += [(query, desk.get("/admin/autocomplete/", query)) for query in queries]
    assert failures(answers) == []


def test_no_address_of_a_record_fails(desk):
    addresses = []
    for part in map(quote, filter(None, HOSTILE)):
        pages = ["change", "history", "delete", "undo/1", "back"]
        addresses += [f"/admin/{model}/{part}/{page}/" for model in LISTS for page in pages]
        addresses += [f"/admin/sections/institution/1/undo/{part}/", f"/admin/sections/institution/1/history/?p={part}"]
        addresses += [f"/admin/review/{key}{part}/" for key in ("", "m", "a")]
        addresses += [f"/admin/lists/{part}/", f"/admin/lists/{part}/confirm/", f"/admin/lists/{part}.csv"]
    assert failures((address, desk.get(address)) for address in addresses) == []
    assert failures((address, desk.post(address, {"before": "1"})) for address in addresses) == []


def test_no_restore_fails(desk, world):
    address = f"/admin/sections/institution/{world.office.pk}/back/"
    posted = [{name: value} for name in ("before", "date") for value in HOSTILE]
    assert failures((fields, desk.post(address, fields)) for fields in posted) == []


def test_the_review_desk_does_not_fail(desk):
    answers = []
    for value in HOSTILE:
        queries = [{name: value} for name in ("kind", "entry", "reply", "basis", "review", "item")]
        answers += [(query, desk.get("/admin/review/", query)) for query in queries]
        for kind, model in (("m", Mention), ("a", ArticleLink)):
            link = model.objects.first()
            answers.append(((kind, value), desk.get("/admin/review/", {"item": f"{kind}{value}"})))
            fields = {"decision": "other", "seen": state_of(link), "scope": "same", "same": str(link.pk), "other": "1"}
            for name in (*fields, "reason", "entry", "reply"):
                answer = desk.post(f"/admin/review/{kind}{link.pk}/", fields | {name: value})
                answers.append(((kind, name, value), answer))
    assert failures(answers) == []


def test_no_action_on_a_list_fails(desk, world):
    answers = []
    for action in ("confirm_links", "move_names"):
        fields = {"action": action, "_selected_action": world.office.pk, "index": "0", "_do": "1"}
        for name in ("_selected_action", "index", "select_across", "names", "to"):
            for value in HOSTILE:
                answer = desk.post("/admin/sections/institution/", fields | {name: value})
                answers.append(((action, name, value), answer))
    assert failures(answers) == []


@pytest.mark.parametrize("pages", admin.site._registry.values(), ids=str)
def test_no_list_fails_on_the_keys_of_an_action(desk, pages):
    address = f"/admin/{pages.opts.app_label}/{pages.opts.model_name}/"
    actions = pages.get_actions(desk.get(address).wsgi_request)
    answers = []
    for action in actions:
        for value in HOSTILE:
            fields = {"action": action, "_selected_action": value, "index": "0", "post": "yes"}
            answers.append(((action, value), desk.post(address, fields)))
    assert failures(answers) == []


@pytest.mark.parametrize("opened", [True, False])
def test_no_form_fails_on_the_values_of_its_fields(desk, world, opened):
    """With a form of the record as it is, and with one of which nobody knows what it was opened with."""
    paragraph, link = Paragraph.objects.get(number=4), ArticleLink.objects.first()
    addresses = [place(world.office), f"/admin/sections/paragraph/{paragraph.pk}/change/"]
    addresses += [f"/admin/sections/articlelink/{link.pk}/change/"]
    answers = []
    for address in addresses:
        fields = filled_in(desk.get(address)) | ({} if opened else {"_opened": "", "why": "Changed."})
        groups = [[name for name in fields if name.endswith(end)] for end in ("_FORMS", "-id")]
        others = [name for name in fields if not name.startswith("_") and not any(name in group for group in groups)]
        for names in (*groups, others, ["_choices"], *([["_opened"]] if opened else [])):
            values = HOSTILE if names != groups[0] else ["", "²", "1\0"]  # a huge number of rows is only slow
            posted = [fields | dict.fromkeys(names, value) for value in values]
            answers += [((address, names[:1], changed), desk.post(address, changed)) for changed in posted]
    assert failures(answers) == []


def test_no_upload_fails(desk):
    user = desk.get("/admin/").context["user"]
    upload = Upload.objects.create(user_id=user.pk, sheet="names", name="names.csv", text="id,version\n", reason="")
    answers = [(value, desk.post(f"/admin/lists/{upload.pk}/confirm/", {"digest": value})) for value in HOSTILE]
    assert failures(answers) == []


RANGES = ", ".join(f"{first}–{first + 1999}" for first in range(1, 400_000, 2000))


@pytest.mark.parametrize("typed", [RANGES, "1–9999", "3–1", "²", "1, " * 9000, "\0"])
def test_no_list_of_numbers_fails_and_each_says_how_to_write_one(desk, world, typed):
    fields = filled_in(desk.get(place(world.office)))
    row = new_row(fields, "short_forms")
    fields |= {f"{row}text": "Office", f"{row}rule": "It says so.", f"{row}paragraphs": typed}
    entry = desk.post(place(world.office), fields)
    read = desk.post("/admin/coverage/", {"articles": typed, "read_by": "Ana", "read_on": "2026-01-01"})
    assert (entry.status_code, read.status_code) == (200, 422)
    assert "errorlist" in entry.content.decode() and "errornote" in read.content.decode()
    assert filled_in(entry)[f"{row}paragraphs"] == filled_in(read)["articles"] == typed


def test_rows_that_did_not_arrive_are_said_to_be_missing(desk, world):
    fields = {name: value for name, value in filled_in(desk.get(place(world.office))).items() if "_FORMS" not in name}
    answer = desk.post(place(world.office), fields | {"description": "Of all roads."})
    assert "The page was damaged in transit. Reload it, then enter these rows again." in words(answer)
    assert filled_in(answer)["description"] == "Of all roads."


@pytest.mark.parametrize("model", ["report", "datedevent", "relateddocument", "silence"])
def test_the_browser_takes_no_endless_date(desk, world, model):
    address = f"/admin/sections/{model}/" + (f"{world.report.pk}/change/" if model == "report" else "add/")
    dates = re.findall(r'<input[^>]*class="vDateField"[^>]*>', desk.get(address).content.decode())
    assert dates and all("maxlength" in date for date in dates)
