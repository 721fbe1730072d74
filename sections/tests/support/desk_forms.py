"""Every form of the desk, found and not listed: a record of each kind, where its form stands, what an answer lost."""

import re
from datetime import date

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.urls import reverse

from sections.editing.samples import draw_sample
from sections.editing.spreadsheets.imports import keep_upload
from sections.models import (
    BackReference,
    Change,
    CheckedSum,
    ConventionArticle,
    DatedEvent,
    ErrorReport,
    Figure,
    Mention,
    Paragraph,
    Place,
    PlaceMention,
    RelatedDocument,
    ReplySubject,
    Section,
    Silence,
    Subjects,
    Synonym,
)

from . import desk
from .world import block

PASSWORD = "blue harbour 71"
TAKES_WORDS = re.compile(r'<(?:input type="text"|textarea)[^>]*\bname="([^"]*)"')
TYPED = "Mends “all” the roads & <b>more</b>, á"


def browser_of(name):
    """A client that checks tokens as a browser's posts are checked, logged in as somebody with a password."""
    user = User.objects.create_superuser(name, password=PASSWORD)
    client = same_browser()
    client.force_login(user)
    client.get("/admin/")
    return client


def same_browser(client=None, without=()):
    """A browser with the cookies of another, without some of them; an error of the site is an answer of it."""
    browser = Client(raise_request_exception=False, enforce_csrf_checks=True)
    browser.cookies.update(client.cookies if client else {})
    for name in without:
        browser.cookies.pop(name)
    return browser


def make_every_record(report):
    """Two records of most kinds that the desk edits and the world lacks: one to change, and one that stands beside."""
    ErrorReport.objects.create(address="/about/", text="A word is missing.", language="en", form="f", content="c")
    Synonym.objects.create(term="voyagers", says="travellers")
    User.objects.create_user("rita", is_staff=True)
    for number, article in enumerate([ConventionArticle.objects.first(), ConventionArticle.objects.last()], 1):
        paragraph = Paragraph.objects.get(number=number)
        Silence.objects.create(report=report, article=article, read_by="Ana", read_on="2026-01-01")
        ReplySubject.objects.create(section=Section.objects.get(report=report, number=number), text=f"Roads {number}")
        Subjects.objects.create(paragraph=paragraph, phrases=["roads"])
        RelatedDocument.objects.create(report=report, symbol=f"X/{number}", kind="list-of-issues", title="A list")
        BackReference.objects.create(**_span("described above", 9, 0), target=paragraph, reason="It says so.")
        Place.objects.create(slug=f"fair-{number}", name=f"Fair {number}", kind="city", names=["NOT"])
    for words in ("1 200", "1 300"):
        meaning = {"value": words.replace(" ", ""), "kind": "money", "unit": "crowns", "what": "the budget"}
        figure = Figure.objects.create(**_span(words, 3, 1), **meaning)
    for words, place in (("2015", (4, 1)), ("2014", (3, 1))):
        year = int(words)
        meaning = {"precision": "year", "sense": "on", "what": "It was counted."}
        DatedEvent.objects.create(**_span(words, *place), first=date(year, 1, 1), last=date(year, 12, 31), **meaning)
    PlaceMention.objects.create(**_span("NOT", 9, 1), place=Place.objects.first())
    CheckedSum.objects.create(paragraph=figure.paragraph, position=1, kind="sum", what="all", total=figure)


def _span(words, number, position):
    """The place of words in a block of the world's report, as fields of a record of them."""
    here = block(number, position)
    start = here.text.index(words)
    return {"block": here, "start": start, "end": start + len(words), "surface": words}


def boss():
    """A request of somebody who may do everything."""
    request = RequestFactory().get("/admin/")
    request.user = User(pk=0, username="boss", is_active=True, is_staff=True, is_superuser=True)
    return request


def registered():
    """Each registered model of which somebody may change a record or add one: its page, the two addresses, the record.

    An address is None where the desk has no such form.
    """
    request, found = boss(), []
    for model, pages in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        rows = model._default_manager.exclude(username="ana") if model is User else model._default_manager
        row = rows.first() if pages.has_change_permission(request) else None
        adds = reverse(f"{name}_add") if pages.has_add_permission(request) else None
        if row or adds:
            found.append((pages, reverse(f"{name}_change", args=[row.pk]) if row else None, adds, row))
    return found


def places():
    """The address of each form of the registered models, with the record that is changed in it, or None."""
    found = []
    for _pages, changes, adds, row in registered():
        found += [(changes, row)] if changes else []
        found += [(adds, None)] if adds else []
        if isinstance(row, User):
            found.append((reverse("admin:auth_user_password_change", args=[row.pk]), row))
    return found


def pages_of_their_own(world, user):
    """The forms of the desk that belong to no model: its address, what is posted, and the record it depends on."""
    mention = Mention.objects.filter(review="unreviewed").first()
    office = f"/admin/sections/institution/{world.office.pk}"
    desk.save(desk.editor(Client()), world.office, description="Of all roads.")
    change = Change.objects.first()
    sample = draw_sample(world.report, "articles", 2, "ana")
    item = f"item-{sample.items.first().position}"
    upload = keep_upload(user=user, reason="x", name="names.csv", sheet="names", text="id,version\n")
    merge = {"action": "merge_two", "_do": "1", "_selected_action": str(world.plan.pk), "reason": TYPED}
    return [
        (f"/admin/review/m{mention.pk}/", {"decision": "other", "other": TYPED, "reason": TYPED, "seen": "x"}, mention),
        ("/admin/coverage/", {"articles": "2", "read_by": TYPED, "read_on": "2026-01-01", "note": TYPED}, None),
        ("/admin/samples/", {"kind": "articles", "size": "2", "checked_by": TYPED}, None),
        (f"/admin/samples/{sample.pk}/", {f"{item}-answer": "right", f"{item}-note": TYPED}, sample),
        ("/admin/lists/", {"reason": TYPED}, None),
        (f"/admin/lists/{upload.pk}/confirm/", {"digest": "x", "note": TYPED}, upload),
        ("/admin/convention-text/", {"reason": TYPED, "language": "en"}, None),
        ("/admin/password_change/", {"old_password": PASSWORD, "new_password1": TYPED}, None),
        ("/admin/sections/programme/", merge, None),
        (f"{office}/back/", {"date": "2026-11-24T14:30", "reason": TYPED}, None),
        (f"{office}/undo/{change.pk}/", {"reason": TYPED}, change),
        (f"{office}/delete/", {"post": "yes", "why": TYPED}, world.office),
    ]


def every_form(client, world):
    """Each form of the desk: its address, what is typed into it, and the record it depends on, or None."""
    make_every_record(world.report)
    user = User.objects.get(username="ana")
    found = [(address, fields, row) for address, row in places() if (fields := filled(client, address))]
    token = {"csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    own = pages_of_their_own(world, user)
    return [*found, *((address, given | token, row) for address, given, row in own)]


def filled(client, address):
    """The fields of a form, each that takes words with words in it, and each group of rows with one of them."""
    page = client.get(address)
    if page.status_code != 200:
        return None  # no form: it leads elsewhere
    fields = desk.filled_in(page)
    html = page.content.decode()
    if address.endswith("/password/"):
        return fields | dict.fromkeys(("password1", "password2"), "green harbour 72")
    takes_words = set(TAKES_WORDS.findall(html))
    for name, value in fields.items():
        if name in takes_words and "date" not in name and "_0" not in name and not value.isdigit():
            fields[name] = f"{value} {TYPED}".strip()
    return fields


def lost(fields, answer):
    """What the answer does not send again."""
    again = desk.filled_in(answer) if "</form>" in answer.content.decode() else {}
    secret = {"csrfmiddlewaretoken", "decision", "seen", *(name for name in fields if "password" in name)}
    return {
        name: value
        for name, value in fields.items()
        if name not in secret and value.replace("\r\n", "\n") != again.get(name, "").replace("\r\n", "\n")
    }


def with_new_row(fields, prefix):
    """The fields of a page with an empty row at the end of a group, and the beginning of the names of its fields."""
    if not prefix:
        return fields, ""
    total = int(fields[f"{prefix}-TOTAL_FORMS"])
    if total == int(fields[f"{prefix}-INITIAL_FORMS"]):
        total += 1
    return fields | {f"{prefix}-TOTAL_FORMS": str(total)}, f"{prefix}-{total - 1}-"


def complete(form, fields, start, values):
    """What a form posts that is whole but for the values that break a constraint."""
    given = {}
    for name, field in form.base_fields.items():
        if name in values:
            given[f"{start}{name}"] = values[name]
        elif field.required and not fields.get(f"{start}{name}"):
            given[f"{start}{name}"] = plain_value(field)
    return given


def plain_value(field):
    if isinstance(field, forms.ModelChoiceField):
        return str(field.queryset.last().pk)
    if isinstance(field, forms.ChoiceField):
        return [str(key) for key, _words in field.choices if key][-1]
    if isinstance(field, forms.DateField):
        return "2026-01-01"
    return "1" if isinstance(field, forms.IntegerField) else "words"
