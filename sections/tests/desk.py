"""The desk as a test uses it: an editor's form as it is filled in, and what comes back."""

import re
from html import unescape

from django.contrib.auth.models import User

from sections.models import Change, tracked_models

FIELD = re.compile(r"<(input|select|textarea)\b([^>]*)>(.*?)(?=<(?:input|select|textarea|/form)\b|$)", re.DOTALL)
ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')


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
    text = page if isinstance(page, str) else page.content.decode()
    form = max(re.findall(r"<form\b.*?</form>", text, re.DOTALL), key=lambda form: ("_opened" in form, len(form)))
    fields = {}
    for tag, given, rest in FIELD.findall(form):
        attributes = {name: unescape(value) for name, value in ATTRIBUTE.findall(given)}
        name, kind = attributes.get("name"), attributes.get("type", "text")
        if not name or kind == "submit" or "__prefix__" in name:
            continue
        if kind in ("checkbox", "radio") and "checked" not in attributes:
            continue
        if tag == "select":
            chosen = re.search(r'<option value="([^"]*)"[^>]*\bselected', rest.split("</select>")[0])
            fields[name] = unescape(chosen[1]) if chosen else ""
        elif tag == "textarea":
            fields[name] = unescape(rest.split("</textarea>")[0]).strip("\r\n")
        else:
            fields[name] = attributes.get("value", "on" if kind == "checkbox" else "")
    return fields


def place(entry):
    """The address of an entry's form."""
    return f"/admin/sections/{entry.type}/{entry.pk}/change/"


def save(client, entry, sees=True, **changed):
    """Opens the entry's form, changes fields, and saves; with `sees`, also past the page of effects on the links."""
    fields = filled_in(client.get(place(entry))) | {name: str(value) for name, value in changed.items()}
    answer = client.post(place(entry), {**fields, "_continue": "1"})
    if sees and "_seen" in (answer.content or b"").decode():
        answer = client.post(place(entry), filled_in(answer))
    return answer


def new_row(fields, group):
    """The prefix of the empty row at the end of a group of rows."""
    return f"{group}-{int(fields[f'{group}-TOTAL_FORMS']) - 1}-"


def words(answer):
    """What the page says, without its marks."""
    text = re.sub(r"<(script|style|select)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())
