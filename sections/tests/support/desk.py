"""The desk as a test uses it: an editor's form as it is filled in, and what comes back."""

import re
from html import unescape

from django.contrib import admin
from django.contrib.auth.models import User

from sections.models import Change, tracked_models

from . import forms


def editor(client, name="ana"):
    """The client, logged in as somebody who may do everything."""
    user, _ = User.objects.get_or_create(username=name, defaults={"is_staff": True, "is_superuser": True})
    client.force_login(user)
    return client


def forget_history():
    """Leaves the records as if they had just been loaded."""
    for model in tracked_models():
        model.history.all().delete()
    Change.objects.all().delete()


def filled_in(page):
    """The fields of the page's own form as a browser would post them."""
    return forms.filled_in(page if isinstance(page, str) else page.content.decode())


def chosen(page, legend, side):
    """What the page of a conflict posts when the editor chooses a side, "theirs" or "mine", for one line."""
    name, values = forms.radio_values(page.content.decode(), legend)
    return {name: values[["theirs", "mine"].index(side)]}


def place(entry):
    """The address of an entry's form."""
    return f"/admin/sections/{entry.type}/{entry.pk}/change/"


def save(client, entry, sees=True, **changed):
    """Opens the entry's form, changes fields, and saves; with `sees`, also past the page of effects on the links."""
    fields = filled_in(client.get(place(entry))) | {name: str(value) for name, value in changed.items()}
    fields["_continue"] = "1"
    return send(client, place(entry), fields) if sees else client.post(place(entry), fields)


def send(client, address, fields):
    """What comes back for a form, past the page of what it would do."""
    answer = client.post(address, fields)
    return client.post(address, filled_in(answer)) if "_seen" in answer.content.decode() else answer


def confirmed(client, address, fields=None):
    """Posts to an address that asks first, and confirms what the page asks."""
    asked = client.post(address, fields or {})
    assert "_do" in filled_in(asked), words(asked)
    return client.post(address, filled_in(asked))


def new_row(fields, group):
    """The prefix of the empty row at the end of a group of rows."""
    return f"{group}-{int(fields[f'{group}-TOTAL_FORMS']) - 1}-"


def words(answer):
    """What the page says, without its marks."""
    text = re.sub(r"<(script|style|select)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def with_pages():
    """The models that the desk shows, without those that only fields look up."""
    listed = {pattern.name for page in admin.site._registry.values() for pattern in page.urls}
    return [
        model
        for model in admin.site._registry
        if f"{model._meta.app_label}_{model._meta.model_name}_changelist" in listed
    ]
