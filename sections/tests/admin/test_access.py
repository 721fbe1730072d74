"""Who may open and send what at the desk: every address × role × method. An address without a row in the table fails.

The table is by hand, and the addresses are those that Django knows.
"""

from collections import defaultdict
from contextlib import nullcontext
from datetime import date
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.template import Template
from django_otp.plugins.otp_totp.models import TOTPDevice

from sections.models import (
    BackReference,
    Change,
    CheckedSum,
    Convention,
    ConventionText,
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
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import block, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.apart]

# Roles by their first letter: of one string for all methods; or of those who may get a page, and of those who may post.
STAFF, EDITING, ADMIN, NONE = "rea", "ea", "a", ""
PAGES = {
    "admin/": STAFF,
    "admin/(?P<url>.*)$": NONE,
    "admin/^(?P<app_label>auth|otp_totp|sections)/$": EDITING,
    "admin/activity/": (EDITING, NONE),
    "admin/activity/<int:number>/": (EDITING, NONE),
    "admin/autocomplete/": (EDITING, NONE),
    "admin/convention-text/": EDITING,
    "admin/coverage/": EDITING,
    "admin/entries/<int:pk>/merge/": EDITING,
    "admin/entries/<int:pk>/register/": EDITING,
    "admin/entries/<int:pk>/split/": EDITING,
    "admin/help/": (STAFF, NONE),
    "admin/jsi18n/": (STAFF, NONE),
    "admin/lists/": EDITING,
    "admin/lists/<int:pk>/": NONE,
    "admin/lists/<int:pk>/confirm/": NONE,
    "admin/lists/<str:sheet>.<str:ending>": (EDITING, NONE),
    "admin/locked-names/": ADMIN,
    "admin/my-actions/": (STAFF, NONE),
    "admin/my-actions/<int:pk>/undo/": EDITING,
    "admin/paragraphs/<int:pk>/": (STAFF, NONE),
    "admin/paragraphs/<int:pk>/decide/": (NONE, STAFF),
    "admin/paragraphs/<int:pk>/link/": (NONE, EDITING),
    "admin/paragraphs/<int:pk>/links/<int:link>/": EDITING,
    "admin/password_change/": STAFF,
    "admin/password_change/done/": (STAFF, NONE),
    "admin/preferences/": STAFF,
    "admin/r/<path:content_type_id>/<path:object_id>/": STAFF,
    "admin/review/": (STAFF, NONE),
    "admin/review/<str:key>/": (NONE, STAFF),
    "admin/review/take-back/": (NONE, STAFF),
    "admin/samples/": STAFF,
    "admin/samples/<int:pk>/": STAFF,
    "admin/suggestions/": (EDITING, NONE),
    "admin/suggestions/dismiss/": (NONE, EDITING),
    "admin/watched/": STAFF,
    "admin/watched/<str:kind>/<int:key>/": (NONE, EDITING),
}
# What anybody may open: the ways in and out, and a feed that only its secret finds.
OPEN = {"admin/login/", "admin/logout/", "admin/second-step/", "admin/watched-feed/<str:token>/"}
# Who may look at the records of a model, add, change and delete them.
WHOLE, FIXED, SHOWN = (EDITING,) * 4, (EDITING, NONE, EDITING, NONE), (EDITING, NONE, NONE, NONE)
MODELS = {
    "articlelink": WHOLE, "backreference": WHOLE, "checkedsum": WHOLE, "convention": FIXED, "conventionarticle": FIXED,
    "conventionpart": FIXED, "conventiontext": (EDITING, NONE, EDITING, EDITING), "datedevent": WHOLE,
    "errorreport": (EDITING, NONE, EDITING, EDITING), "figure": WHOLE, "institution": WHOLE, "law": WHOLE,
    "mention": FIXED, "paragraph": FIXED, "place": WHOLE, "placemention": WHOLE, "programme": WHOLE,
    "relateddocument": WHOLE, "replysubject": WHOLE, "report": FIXED, "section": SHOWN, "silence": WHOLE,
    "synonym": WHOLE, "table": SHOWN, "totpdevice": (ADMIN, NONE, NONE, ADMIN), "user": (ADMIN,) * 4,
}  # fmt: skip
LOOK, ADD, CHANGE, DELETE = range(4)
WORDS = ("reason", "title", "name", "subject", "what", "read_by", "term", "text", "source_name", "surface", "note")
# The right that getting a page of a model asks for, and that of posting there.
RIGHTS = {
    "": (LOOK, LOOK), "add/": (ADD, ADD), "<path:object_id>/change/": (LOOK, CHANGE), "<path:object_id>/": (LOOK, LOOK),
    "<path:object_id>/history/": (LOOK, LOOK), "<path:object_id>/delete/": (DELETE, DELETE), "deleted/": (LOOK, LOOK),
    "<int:key>/undo/<int:change>/": (LOOK, CHANGE), "<int:key>/back/": (LOOK, CHANGE),
    "<id>/password/": (CHANGE, CHANGE),
}  # fmt: skip
NOBODYS = {"<int:pk>/config/", "<int:pk>/qrcode/"}  # the key of somebody's second step
# Without a form, a post is answered so: the page again, the next page, or a refusal that keeps what was typed.
ANSWERED = {"get": {200, 302}, "head": {200, 302}, "post": {200, 302, 409, 422}}


def roles_of(route, method):
    """The letters of the roles that may use an address; KeyError for one that the tables do not know."""
    model, page = model_and_page(route)
    sends = method == "post"
    if model is None or route in PAGES:
        row = PAGES[route]
        return row if isinstance(row, str) else row[sends]
    return NONE if page in NOBODYS else MODELS[model][RIGHTS[page][sends]]


def span(words, number, position=0):
    here = block(number, position)
    start = here.text.index(words)
    return {"block": here, "start": start, "end": start + len(words), "surface": words}


def build_world():
    """People of each role, and the keys of a record of each model; the changes are those of the editor."""
    made, people = make_world(), make_people()
    report, editor, other = made.report, people["editor"], User.objects.create_user("other", is_staff=True)
    figure = Figure.objects.create(**span("1 200", 3, 1), value=1200, kind="money", first_year=2014, last_year=2014)
    day = {"first": date(2015, 5, 1), "last": date(2015, 5, 31), "precision": "month", "sense": "on"}
    DatedEvent.objects.create(**span("2015", 4, 1), **day)
    place = Place.objects.create(slug="narnia", name="Narnia", kind="country", names=["NOT"])
    PlaceMention.objects.create(**span("NOT", 9, 1), place=place)
    checked = CheckedSum.objects.create(paragraph=figure.paragraph, position=1, kind="sum", what="all", total=figure)
    checked.addends.add(figure)
    BackReference.objects.create(**span("above", 9), reason="Nothing else is above.")
    Convention.objects.create(acronym="CRT", title="Convention on Travellers", symbol="A/RES/1/1")
    ConventionText.objects.create(language="en", source_name="x.txt", loaded=date(2026, 1, 2))
    ErrorReport.objects.create(text="Wrong.", language="en", form="1", content="1")
    RelatedDocument.objects.create(report=report, kind="list_of_issues", symbol="XXX/Q/1", title="List")
    ReplySubject.objects.create(section=Section.objects.get(number=1), text="Travel")
    Silence.objects.create(report=report, article_id=report.pk, read_by="Ana", read_on=date(2026, 1, 2))
    Synonym.objects.create(term="voyagers", says="travellers")
    TOTPDevice.objects.create(user=editor, confirmed=True)
    records = {model._meta.model_name: model._default_manager.first() for model in admin.site._registry}
    # A figure that no sum has and a place that no text names: these alone can be deleted.
    records["figure"] = Figure.objects.create(**span("1 300", 3, 1), value=1300, kind="money", first_year=2015)
    records["place"] = Place.objects.create(slug="oz", name="Oz", kind="country", names=["Oz"])
    records["user"] = people["reader"]
    changes = {name: change_of(record, editor) for name, record in records.items() if hasattr(record, "history")}
    # A paragraph has no words of its own to change: its history is that of its links.
    records["paragraph"], changes["paragraph"] = records["articlelink"].paragraph, changes["articlelink"]
    sample = Sample.objects.create(report=report, number=1, kind="text", population=9, checked_by="Ana")
    own = {
        "samples": sample.pk,
        "lists": Upload.objects.create(user=other, sheet="names", name="x.csv").pk,
        "my-actions": changes["synonym"],
        "entries": made.plan.pk,
        "paragraphs": report.paragraphs.get(number=7).pk,
    }
    named = {"number": changes["synonym"], "sheet": "entries", "ending": "csv", "token": "x" * 43, "kind": "entry"}
    named |= {"link": Mention.objects.filter(block__paragraph__number=7).first().pk, "key": made.plan.pk}
    keys = defaultdict(lambda: 1, {name: record.pk for name, record in records.items()}, **named)
    return SimpleNamespace(people=people, keys=keys, own=own, changes=changes)


def change_of(record, user):
    """The key of a change of the user in the words of a record."""
    names = {field.name for field in record._meta.fields}
    name = next(name for name in WORDS if name in names)
    with changing(user=user) as change:
        setattr(record, name, f"{getattr(record, name)}.")
        record.save()
    return change.pk


built_world, world = shared_world(build_world)


def place_of(route, world):
    """The address of a route, at records that exist."""
    model, _ = model_and_page(route)
    keys = defaultdict(lambda: 1, world.keys, change=world.changes.get(model, 1))
    folder = route.split("/")[1]
    return address_of(route, {**world.keys, "pk": world.own[folder]} if folder in world.own else keys)


def not_drawn():
    """Pages without their templates, which takes half the time: a HEAD is sent without its page."""
    return patch.object(Template, "_render", lambda *_: "")


def asks_to_log_in(answer):
    return "/admin/login/" in answer.headers.get("Location", "") or b'type="password"' in answer.content


def test_every_address_has_a_row_and_every_row_an_address():
    known = set(routes())
    unknown = []
    for route in known - OPEN:
        try:
            roles_of(route, "get")
        except KeyError:
            unknown.append(route)
    assert unknown == []
    assert (set(PAGES) | OPEN) - known == set()
    assert set(MODELS) == {model for model, _ in map(model_and_page, known) if model}


@pytest.mark.parametrize("role", ["nobody", "reader"])
def test_who_is_not_of_the_desk_is_asked_to_log_in_everywhere(client, world, role):
    if role in world.people:
        client.force_login(world.people[role])
    before = list(Change.objects.values_list("pk", flat=True))
    let_in = []
    for route in routes():
        if route in OPEN:
            continue
        address = place_of(route, world)
        for method in ("get", "head", "post", "options"):
            answer = getattr(client, method)(address)
            if answer.status_code != 405 and not (asks_to_log_in(answer) or method == "head"):
                let_in.append((method, address, answer.status_code))
            if answer.status_code >= 500 or (method == "head" and answer.status_code == 200):
                let_in.append((method, address, answer.status_code))
    assert let_in == []
    assert list(Change.objects.values_list("pk", flat=True)) == before
    assert not Watch.objects.exists() and not Preferences.objects.exists()


@pytest.mark.parametrize("role", ["reviewer", "editor", "administrator"])
def test_each_role_opens_and_sends_what_it_may_and_nothing_else(client, world, role):
    client.force_login(world.people[role])
    wrong = []
    for route in routes():
        if route in OPEN:
            continue
        address = place_of(route, world)
        for method in ("get", "head", "post"):
            with not_drawn() if method == "head" else nullcontext():
                answer = getattr(client, method)(address)
            may = role[0] in roles_of(route, method)
            leads_on = method != "post" or model_and_page(route)[1] == "<path:object_id>/"
            if answer.status_code == 302 and not may and leads_on:  # such as to the history, which says no
                answer = client.get(answer.url, follow=True)
            right = ANSWERED[method] if may else {403, 404, 405}
            if answer.status_code not in right or "/admin/login/" in answer.headers.get("Location", ""):
                wrong.append(f"{method} {address} {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert world.people.keys() <= set(User.objects.values_list("username", flat=True))


@pytest.mark.parametrize("role", ["reviewer", "editor", "administrator"])
def test_a_field_that_searches_finds_only_records_that_one_may_look_at(client, world, role):
    client.force_login(world.people[role])
    wrong = []
    for field in (field for model in apps.get_models() for field in model._meta.get_fields() if field.is_relation):
        model, searched = field.model._meta, field.related_model
        pages = admin.site._registry.get(searched)
        lookers = NONE
        if pages and pages.search_fields and not field.auto_created:  # Django fails at the other side of a relation
            name = searched._meta.model_name
            lookers = STAFF if name == "entry" else MODELS[name][LOOK]
        asked = {"app_label": model.app_label, "model_name": model.model_name, "field_name": field.name}
        status = client.get("/admin/autocomplete/", asked).status_code
        if status not in ({200} if role[0] in lookers else {403, 404}):
            wrong.append(f"{asked} {status}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_no_address_takes_a_method_that_no_form_has(client, world, method):
    client.force_login(world.people["administrator"])
    answers = {getattr(client, method)(place_of(route, world)).status_code for route in routes()}
    assert answers == {405}


def test_no_record_of_somebody_else_is_found_by_its_number(client, world):
    upload = Upload.objects.get()
    others = Change.objects.get(pk=world.changes["synonym"])
    client.force_login(world.people["administrator"])
    assert client.get(f"/admin/lists/{upload.pk}/").status_code == 404
    assert client.post(f"/admin/lists/{upload.pk}/confirm/").status_code == 404
    Watch.objects.create(user=world.people["editor"], kind="entry", key=1)
    Preferences.objects.create(user=world.people["editor"], language="fr", time_zone="Europe/Paris")
    assert "Europe/Paris" not in client.get("/admin/preferences/").content.decode().partition("<footer")[2]
    assert b"/admin/watched/entry/1/" not in client.get("/admin/watched/").content
    client.force_login(world.people["reviewer"])
    for address in (f"/admin/activity/{others.pk}/", f"/admin/my-actions/{others.pk}/undo/"):
        assert client.get(address).status_code == 403
    assert client.post(f"/admin/my-actions/{others.pk}/undo/", {"_do": "1"}).status_code == 403
    assert Upload.objects.exists() and Synonym.objects.exists()
