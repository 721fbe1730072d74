"""HTML forms as a browser fills them in: for tests, and for benchmarks of a running site. Needs no Django."""

import re
from html import unescape

FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
FIELD = re.compile(r"<(input|select|textarea)\b([^>]*)>(.*?)(?=<(?:input|select|textarea|/form)\b|$)", re.DOTALL)
ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')
SELECTED = re.compile(r'<option value="([^"]*)"[^>]*\bselected')
FIELDSET = re.compile(r"<fieldset\b.*?</fieldset>", re.DOTALL)
LEGEND = re.compile(r"<legend>(.*?)</legend>", re.DOTALL)


def filled_in(page: str) -> dict[str, str]:
    """The fields of the page's largest form as a browser would post them; a form of the desk's own comes first."""
    form = max(FORM.findall(page), key=lambda form: ("_opened" in form, len(form)))
    fields = {}
    for tag, attributes, rest in _fields(form):
        name, kind = attributes.get("name"), attributes.get("type", "text")
        if not name or kind == "submit" or "__prefix__" in name:
            continue
        if kind in ("checkbox", "radio") and "checked" not in attributes:
            continue
        if tag == "select":
            selected = SELECTED.search(rest.split("</select>")[0])
            fields[name] = unescape(selected[1]) if selected else ""
        elif tag == "textarea":
            fields[name] = unescape(rest.split("</textarea>")[0]).strip("\r\n")
        else:
            fields[name] = attributes.get("value", "on" if kind == "checkbox" else "")
    return fields


def radio_values(page: str, legend: str) -> tuple[str, list[str]]:
    """The name and the values, in order, of the radio buttons below a legend."""
    for fieldset in FIELDSET.findall(page):
        words = LEGEND.search(fieldset)
        if words and " ".join(unescape(words[1]).split()) == legend:
            radios = [attributes for _, attributes, _ in _fields(fieldset) if attributes.get("type") == "radio"]
            return radios[0]["name"], [radio["value"] for radio in radios]
    raise AssertionError(f"No choice “{legend}” in the page")


def _fields(html):
    """Tag, attributes and what follows of each field."""
    for tag, given, rest in FIELD.findall(html):
        yield tag, {name: unescape(value) for name, value in ATTRIBUTE.findall(given)}, rest
