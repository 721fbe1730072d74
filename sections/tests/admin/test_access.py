"""Who may open and send what at the desk: every address × role × method. An address without a row in the table fails.

The table is by hand, and the addresses are those that Django knows.
"""

from collections import defaultdict
from datetime import date

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django_otp.plugins.otp_totp.models import TOTPDevice

from sections.models import (
    Change,
    CheckedSum,
    DatedEvent,
    ErrorReport,
    Figure,
    Mention,
    Place,
    PlaceMention,
    Preferences,
    RelatedDocument,
    ReplySubject,
    Sample,
    Section,
    Silence,
    Synonym,
    Upload,
    Watch,
    changing,
)
from sections.tests.support.desk_addresses import address_of, make_people, model_and_page, routes
from sections.tests.support.world import block, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.long]

# Roles by their first letter.
STAFF, EDITING, ADMIN, NONE = "rea", "ea", "a", ""
PAGES = {
    "admin/": STAFF,
    "admin/(?P<url>.*)$": STAFF,
    "admin/^(?P<app_label>sections|auth|otp_totp)/$": STAFF,
    "admin/activity/": EDITING,
    "admin/activity/<int:number>/": EDITING,
    "admin/autocomplete/": EDITING,
    "admin/convention-text/": EDITING,
    "admin/coverage/": EDITING,
    "admin/entries/<int:pk>/merge/": EDITING,
    "admin/entries/<int:pk>/register/": EDITING,
    "admin/entries/<int:pk>/split/": EDITING,
    "admin/help/": STAFF,
    "admin/jsi18n/": STAFF,
    "admin/lists/": EDITING,
    "admin/lists/<int:pk>/": NONE,
    "admin/lists/<int:pk>/confirm/": NONE,
    "admin/lists/<str:sheet>.<str:ending>": EDITING,
    "admin/locked-names/": ADMIN,
    "admin/my-actions/": STAFF,
    "admin/my-actions/<int:pk>/undo/": EDITING,
    "admin/paragraphs/<int:pk>/": STAFF,
    "admin/paragraphs/<int:pk>/decide/": STAFF,
    "admin/paragraphs/<int:pk>/link/": EDITING,
    "admin/paragraphs/<int:pk>/links/<int:link>/": EDITING,
    "admin/password_change/": STAFF,
    "admin/password_change/done/": STAFF,
    "admin/preferences/": STAFF,
    "admin/r/<path:content_type_id>/<path:object_id>/": STAFF,
    "admin/review/": STAFF,
    "admin/review/<str:key>/": STAFF,
    "admin/review/take-back/": STAFF,
    "admin/samples/": STAFF,
    "admin/samples/<int:pk>/": STAFF,
    "admin/suggestions/": EDITING,
    "admin/suggestions/dismiss/": EDITING,
    "admin/watched/": STAFF,
    "admin/watched/<str:kind>/<int:key>/": EDITING,
}
# What anybody may open: the ways in and out, and a feed that only its secret finds.
OPEN = {"admin/login/", "admin/logout/", "admin/second-step/", "admin/watched-feed/<str:token>/"}
# Who may look at the records of a model, add, change and delete them.
WHOLE, FIXED, SHOWN = (EDITING,) * 4, (EDITING, NONE, EDITING, NONE), (EDITING, NONE, NONE, NONE)
MODELS = {
    "articlelink": WHOLE, "backreference": WHOLE, "checkedsum": FIXED, "convention": FIXED, "conventionarticle": FIXED,
    "conventionpart": FIXED, "conventiontext": (EDITING, NONE, EDITING, EDITING), "datedevent": WHOLE,
    "errorreport": (EDITING, NONE, EDITING, EDITING), "figure": WHOLE, "institution": WHOLE, "law": WHOLE,
    "mention": FIXED, "paragraph": FIXED, "place": WHOLE, "placemention": WHOLE, "programme": WHOLE,
    "relateddocument": WHOLE, "replysubject": WHOLE, "report": FIXED, "section": SHOWN, "silence": WHOLE,
    "synonym": WHOLE, "table": SHOWN, "totpdevice": (ADMIN, NONE, NONE, ADMIN), "user": (ADMIN,) * 4,
}  # fmt: skip
LOOK, ADD, CHANGE, DELETE = range(4)
RIGHTS = {
    "": LOOK, "add/": ADD, "<path:object_id>/change/": LOOK, "<path:object_id>/": LOOK,
    "<path:object_id>/history/": LOOK, "<path:object_id>/delete/": DELETE, "deleted/": LOOK,
    "<int:key>/undo/<int:change>/": CHANGE, "<int:key>/back/": CHANGE, "<id>/password/": CHANGE,
}  # fmt: skip
NOBODYS = {"<int:pk>/config/", "<int:pk>/qrcode/"}  # the key of somebody's second step


def roles_of(route):
    """The letters of the roles that may use an address; KeyError for one that the tables do not know."""
    model, page = model_and_page(route)
    if model is None or route in PAGES:
        return PAGES[route]
    if page in NOBODYS:
        return NONE
    return MODELS[model][RIGHTS[page]]


def span(words, number, position=0):
    here = block(number, position)
    start = here.text.index(words)
    return {"block": here, "start": start, "end": start + len(words), "surface": words}


@pytest.fixture
def keys(world_of_all):
    return world_of_all[1]


@pytest.fixture
def people(world_of_all):
    return world_of_all[0]


@pytest.fixture
def world_of_all(db):
    """People of each role, and the keys of a record of each model; uploads and changes are those of the editor."""
    world, people = make_world(), make_people()
    editor = people["editor"]
    figure = Figure.objects.create(**span("1 200", 3, 1), value=1200, kind="money", first_year=2014, last_year=2014)
    day = {"first": date(2015, 5, 1), "last": date(2015, 5, 31), "precision": "month", "sense": "on"}
    DatedEvent.objects.create(**span("2015", 4, 1), **day)
    place = Place.objects.create(slug="narnia", name="Narnia", kind="country", names=["NOT"])
    PlaceMention.objects.create(**span("NOT", 9, 1), place=place)
    checked = CheckedSum.objects.create(paragraph=figure.paragraph, position=1, kind="sum", what="all", total=figure)
    checked.addends.add(figure)
    ErrorReport.objects.create(text="Wrong.", language="en", form="1", content="1")
    RelatedDocument.objects.create(report=world.report, kind="list_of_issues", symbol="XXX/Q/1", title="List")
    ReplySubject.objects.create(section=Section.objects.get(number=1), text="Travel")
    Silence.objects.create(report=world.report, article_id=world.report.pk, read_by="Ana", read_on=date(2026, 1, 2))
    sample = Sample.objects.create(report=world.report, number=1, kind="text", population=9, checked_by="Ana")
    TOTPDevice.objects.create(user=editor, confirmed=True)
    upload = Upload.objects.create(user=User.objects.create_user("other", is_staff=True), sheet="names", name="x.csv")
    with changing(user=editor) as change:
        Synonym.objects.create(term="voyagers", says="travellers")
    named = {"number": change.pk, "change": change.pk, "sheet": "entries", "ending": "csv", "token": "x" * 43}
    keys = defaultdict(lambda: 1, named, kind="entry", key=world.plan.pk, content_type_id="1", object_id="1")
    keys[None] = {
        "samples": sample.pk,
        "lists": upload.pk,
        "my-actions": change.pk,
        "entries": world.plan.pk,
        "paragraphs": world.report.paragraphs.get(number=7).pk,
    }
    keys["link"] = Mention.objects.filter(block__paragraph__number=7).first().pk
    for model in admin.site._registry:
        if row := model._default_manager.first():
            keys[model._meta.model_name] = row.pk
    keys["user"] = people["reader"].pk
    return people, keys


def place_of(route, keys):
    """The address of a route, at records that exist."""
    folder = route.split("/")[1]
    own = keys[None].get(folder)
    return address_of(route, {**keys, "pk": own} if own else _with_default(keys))


def _with_default(keys):
    return defaultdict(lambda: 1, {name: value for name, value in keys.items() if name is not None})


def asks_to_log_in(answer):
    return "/admin/login/" in answer.headers.get("Location", "") or b'type="password"' in answer.content


def test_every_address_has_a_row_and_every_row_an_address():
    known = set(routes())
    unknown = []
    for route in known - OPEN:
        try:
            roles_of(route)
        except KeyError:
            unknown.append(route)
    assert unknown == []
    assert (set(PAGES) | OPEN) - known == set()
    assert set(MODELS) == {model for model, _ in map(model_and_page, known) if model}


@pytest.mark.parametrize("role", ["nobody", "reader"])
def test_who_is_not_of_the_desk_is_asked_to_log_in_everywhere(client, people, keys, role):
    if role in people:
        client.force_login(people[role])
    before = list(Change.objects.values_list("pk", flat=True))
    let_in = []
    for route in routes():
        if route in OPEN:
            continue
        address = place_of(route, keys)
        for method in ("get", "head", "post", "options"):
            answer = getattr(client, method)(address)
            if answer.status_code != 405 and not (asks_to_log_in(answer) or method == "head"):
                let_in.append((method, address, answer.status_code))
            if answer.status_code >= 500 or (method == "head" and answer.status_code == 200):
                let_in.append((method, address, answer.status_code))
    assert let_in == []
    assert list(Change.objects.values_list("pk", flat=True)) == before
    assert not Watch.objects.exists() and not Preferences.objects.exists()


@pytest.mark.parametrize("role", ["reviewer"])
def test_each_role_opens_and_sends_what_it_may_and_nothing_else(client, people, keys, role):
    client.force_login(people[role])
    wrong = []
    for route in routes():
        if route in OPEN or "password_change" in route:
            continue
        address, may = place_of(route, keys), role[0] in roles_of(route)
        for method in ("get", "head", "post"):
            answer = getattr(client, method)(address)
            leads_on = method != "post" or model_and_page(route)[1] == "<path:object_id>/"
            if answer.status_code == 302 and not may and leads_on:  # such as to the history, which says no
                answer = client.get(answer.url, follow=True)
            refused = answer.status_code in (403, 404, 405)
            if answer.status_code >= 500 or (may and answer.status_code == 403) or (not may and not refused):
                wrong.append((method, address, answer.status_code))
    assert wrong == []
    assert people.keys() <= set(User.objects.values_list("username", flat=True))


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_no_address_takes_a_method_that_no_form_has(client, people, keys, method):
    client.force_login(people["administrator"])
    answers = {getattr(client, method)(place_of(route, keys)).status_code for route in routes()}
    assert answers == {405}


def test_no_record_of_somebody_else_is_found_by_its_number(client, people, keys):
    upload = Upload.objects.get()
    others = Change.objects.get()
    client.force_login(people["administrator"])
    assert client.get(f"/admin/lists/{upload.pk}/").status_code == 404
    assert client.post(f"/admin/lists/{upload.pk}/confirm/").status_code == 404
    Watch.objects.create(user=people["editor"], kind="entry", key=1)
    Preferences.objects.create(user=people["editor"], language="fr", time_zone="Europe/Paris")
    assert "Europe/Paris" not in client.get("/admin/preferences/").content.decode().partition("<footer")[2]
    assert b"/admin/watched/entry/1/" not in client.get("/admin/watched/").content
    client.force_login(people["reviewer"])
    for address in (f"/admin/activity/{others.pk}/", f"/admin/my-actions/{others.pk}/undo/"):
        assert client.get(address).status_code == 403
    assert client.post(f"/admin/my-actions/{others.pk}/undo/", {"_do": "1"}).status_code == 403
    assert Upload.objects.exists() and Synonym.objects.exists()
