"""Enter in a field presses the first button of its form: on no page of the desk does that decide or save anything."""

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from sections.admin.saving.form_again import ENTER
from sections.editing.review import set_review
from sections.models import ArticleLink, Change, Mention, Sample
from sections.tests.support.desk import editor, filled_in, place, save, with_pages
from sections.tests.support.pages import read

# What a browser presses does not depend on the database.
pytestmark = [pytest.mark.django_db, pytest.mark.apart]

DOES_NOTHING = {ENTER, "enter"}  # the second is that of the links of a paragraph, which says where to press
NOT_TYPED = {"hidden", "submit", "button", "reset", "image", "file"}
LOG_IN = {"login", "logout", "second-step", "password_change", "password_change_done", "jsi18n", "autocomplete"}


@pytest.fixture
def desk(client, world):
    return editor(client)


def pressed_by_enter(answer):
    """Of each form that posts and has a field in which Enter submits it: its first button, and the first enabled one.

    The first is pressed by Enter where one types, the other by Enter where one chooses.
    """
    pressed = []
    for form in read(answer).tree.iter("form"):
        if form.get("method", "get").lower() != "post":
            continue
        fields = [field for field in form.iter("input") if field.get("type", "text") not in NOT_TYPED]
        buttons = [each for each in form.iter() if each.tag == "button" or each.get("type") == "submit"]
        buttons = [each for each in buttons if each.get("type", "submit") in {"submit", "image"}]
        if fields and buttons:
            enabled = next((each for each in buttons if each.get("disabled") is None), None)
            pressed.append((form.get("id") or form.get("action") or form.get("class"), buttons[0], enabled))
    return pressed


def deciding(answer):
    """The forms in which Enter would press a button; that of a list only leads on to the page that asks."""
    assert answer.status_code in {200, 403, 409, 422}, answer.status_code
    return [
        form
        for form, first, enabled in pressed_by_enter(answer)
        if form != "changelist-form"
        and (first.get("disabled") is None or (enabled is not None and enabled.get("name") not in DOES_NOTHING))
    ]


def pages_of_the_desk(patterns=None, before=""):
    """The addresses of all pages of the desk that take no argument, without those by which one logs in."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from pages_of_the_desk(pattern.url_patterns, route) if "admin/".startswith(route[:6]) else ()
        elif route.startswith("admin/") and not set("<(") & set(route) and pattern.name not in LOG_IN:
            yield f"/{route.removesuffix('$')}"


def record_pages(model, record):
    """The pages of a record at the desk, and of the list of its kind."""
    base = f"admin:{model._meta.app_label}_{model._meta.model_name}_"
    yield reverse(f"{base}changelist")
    yield reverse(f"{base}add")
    if record is not None:
        yield from (reverse(f"{base}{page}", args=[record.pk]) for page in ("change", "history", "delete"))


@pytest.mark.parametrize("model", with_pages(), ids=lambda model: model._meta.label)
def test_enter_decides_nothing_in_the_forms_of_records(desk, world, model):
    for address in record_pages(model, model.objects.first()):
        answer = desk.get(address)
        if answer.status_code in {200, 403}:  # a list may be without pages of its records
            assert deciding(answer) == [], address


def test_enter_decides_nothing_on_the_pages_of_the_desk(desk, world):
    addresses = list(pages_of_the_desk())
    assert {"/admin/", "/admin/review/", "/admin/my-actions/", "/admin/lists/"} <= set(addresses)
    for address in addresses:
        answer = desk.get(address)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            assert deciding(answer) == [], address
    assert deciding(desk.get("/admin/review/?kind=a")) == []
    desk.post("/admin/samples/", {"kind": "names", "size": "3", "checked_by": "Ana"})
    for sample in Sample.objects.all():
        assert deciding(desk.get(reverse("sample", args=[sample.pk]))) == []


@pytest.mark.parametrize("action", ["confirm_links", "reject_links", "reset_links", "merge_two", "move_names"])
def test_enter_decides_nothing_where_an_action_on_entries_asks(desk, world, action):
    for model in (type(world.office),):
        other = model.objects.create(type="institution", slug="bureau", name="Bureau", kind="agency")
    fields = {"action": action, "_selected_action": [world.office.pk, other.pk], "index": "0"}
    asked = desk.post("/admin/sections/institution/", fields)
    assert pressed_by_enter(asked), "the page asks with a form"
    assert deciding(asked) == []


@pytest.mark.parametrize("action", ["confirm", "reject", "reset", "edit_selected", "remove_selected"])
def test_enter_decides_nothing_where_an_action_on_links_asks(desk, world, action):
    fields = {"action": action, "_selected_action": [link.pk for link in ArticleLink.objects.all()], "index": "0"}
    asked = desk.post("/admin/sections/articlelink/", fields)
    assert pressed_by_enter(asked), "the page asks with a form"
    assert deciding(asked) == []


def test_enter_decides_nothing_where_undo_and_a_save_ask(desk, world):
    set_review(Mention, list(Mention.objects.values_list("pk", flat=True)), "confirmed", user=None)
    change = Change.objects.latest("pk")
    asked = desk.get(reverse("admin:undo_change", args=[change.pk]))
    assert pressed_by_enter(asked)
    assert deciding(asked) == []
    assert deciding(save(desk, world.plan, sees=False, name="Closed Roads Plan")) == []
    assert deciding(desk.post(place(world.act), {"name": ""})) == []


@pytest.mark.parametrize("address", ["/admin/review/m{}/", "/admin/coverage/", "/admin/sections/synonym/add/"])
def test_enter_where_one_chooses_does_nothing_and_leaves_the_page_as_it_is(desk, world, address):
    before = Change.objects.count()
    given = {"decision": "confirm", "scope": "same", "term": "farm hands", "says": "travellers", "articles": "2"}
    answer = desk.post(address.format(Mention.objects.first().pk), given | {ENTER: "1"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert Change.objects.count() == before


def test_a_form_that_comes_back_after_enter_can_be_saved(client, world):
    fields = {"term": "farm hands", "says": "travellers", ENTER: "1"}
    checked = Client(enforce_csrf_checks=True)
    checked.cookies.update(editor(client).cookies)
    checked.cookies["csrftoken"] = "x" * 32
    again = filled_in(checked.post("/admin/sections/synonym/add/", fields))
    assert (again["term"], ENTER in again) == ("farm hands", False)
