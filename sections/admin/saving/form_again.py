"""The page that carries what was posted where the form itself cannot be shown, and the files that a form keeps.

It asks nothing of the database, so that it can be shown whatever has failed.
"""

import base64
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sections.text.whole_numbers import whole_number

MOST_KEPT = 2 << 20  # bytes of a file; as text in a form it becomes a third longer
KEPT_NAME, KEPT_CONTENT = "-kept-name", "-kept-content"  # endings of hidden fields that carry an uploaded file
SECRET = re.compile(r"password", re.IGNORECASE)
ENTER = "_enter"  # posted by Enter in a field that chooses, where no script prevents it: nothing shall be done
LOG_IN = "_login"  # prefix of the fields by which somebody logs in and saves in one step
# Fields by which a page steers, and those that are chosen from a list. They are kept, but nobody has typed them.
STEERING = (
    r"_.*|action|before|decision|digest|index|next|post|same|scope|seen|select_across"
    r"|.*-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS|.*-kept-\w+|.*-__prefix__-.*"
)
NOT_TYPED = re.compile(rf"{STEERING}|(.*-)?(basis|confidence|form|kind|language|review)")
ROW = re.compile(r"(?P<group>.+?)-(?P<place>\d{1,4})-(?P<field>.+)")
WORDS = re.compile(r"[^\W\d_]{2}")
SEALED = 400  # characters; a text without spaces that is longer was typed by nobody


class TypedField(NamedTuple):
    """A field of a post: its name, a label, the value, and whether it is long, or secret and therefore not carried."""

    name: str
    label: str
    value: str
    is_long: bool = False
    is_secret: bool = False


class Step(NamedTuple):
    """What the page of a refusal offers next: a button with its name and value, or a link where `address` is given."""

    words: str
    name: str = ""
    value: str = ""
    address: str = ""


def form_again(
    request: HttpRequest,
    words: str,
    status: int = 503,
    title: str = "",
    steps: Iterable[Step] = (),
    can_be_sent: bool = True,
    **context: Any,
) -> HttpResponse:
    """A page with what was posted, in fields that can be changed, and a button that sends it again.

    `words` say what happened, `steps` what can be done beside sending it again, if that makes sense at all. With
    `asks_name` or `asks_code` in the context, the page asks for what logs in, and the button logs in and saves.
    """
    posted, files = posted_with(request)
    if request.path == reverse("admin:login"):
        return log_in_again(request, words, status)
    typed, hidden = _sorted_out(posted, getattr(request.resolver_match, "func", None))
    context |= {
        "title": title or _("Nothing was saved"),
        "words": words,
        "typed": typed,
        "hidden": [*hidden, *kept_files(files)],
        "kept": [file.name for file in files.values() if file.size <= MOST_KEPT],
        "lost": [(name, file.name) for name, file in files.items() if file.size > MOST_KEPT],
        "steps": list(steps),
        "can_be_sent": can_be_sent,
        "address": request.get_full_path(),
    }
    return frame_without_database(request, "admin/sections/form_again.html", status, **context)


def log_in_again(request: HttpRequest, words: str, status: int) -> HttpResponse:
    """The log-in form with the name as it was typed; a password is never sent back."""
    posted, _files = posted_with(request)
    context = {
        "title": _("Log in"),
        "words": words,
        "form": AdminAuthenticationForm(request, initial={"username": posted.get("username", "")}),
        "next": posted.get("next") or request.GET.get("next") or reverse("admin:index"),
        "app_path": request.get_full_path(),
    }
    return frame_without_database(request, "admin/sections/log_in_again.html", status, **context)


def frame_without_database(request: HttpRequest, template: str, status: int, **context: Any) -> HttpResponse:
    """A page in the frame of the desk, for which neither the user nor anything else is looked up."""
    context |= {"csrf_token": get_token(request), "is_nav_sidebar_enabled": False, "method": request.method}
    response = HttpResponse(render_to_string(template, context), status=status)
    response["Cache-Control"] = "no-store"
    return response


def posted_with(request: HttpRequest) -> tuple[QueryDict, Mapping[str, UploadedFile]]:
    """What was posted, the fields and the files; of a post that Django refuses to read, as much as can be read."""
    try:
        posted, files = request.POST, request.FILES
    except (RequestDataTooBig, TooManyFieldsSent, MultiPartParserError, OSError):
        posted, files = QueryDict(), MultiValueDict()
    if not posted and request.content_type == "application/x-www-form-urlencoded":
        posted = QueryDict(mutable=True)
        for name, value in parse_qsl(_body(request).decode(errors="replace"), keep_blank_values=True):
            posted.appendlist(name, value)
    return posted, files


def _body(request):
    """What was sent, also where Django does not read it because it is large; the server reads no more than it may."""
    if not hasattr(request, "_body"):
        try:
            request._body = request.read()
        except OSError:
            request._body = b""
    return request._body


def is_filled_in(request: HttpRequest) -> bool:
    """Whether a post carries anything that somebody typed, chose or uploaded."""
    posted, files = posted_with(request)
    given = (name for name, values in posted.lists() if any(values) and name != "csrfmiddlewaretoken")
    return bool(files) or any(not re.fullmatch(STEERING, name) for name in given)


def typed_values(request: HttpRequest) -> list[str]:
    """The words of a post that somebody typed, except secrets."""
    return [field.value for field in _sorted_out(posted_with(request)[0])[0] if not field.is_secret]


def kept_files(files: Mapping[str, UploadedFile]) -> list[tuple[str, str]]:
    """Names and values of hidden fields that carry uploaded files, unless they are large; see KeptFileInput."""
    fields = []
    for name, file in files.items():
        if file.size > MOST_KEPT:
            continue
        file.seek(0)
        content = base64.b64encode(file.read()).decode()
        fields += [(f"{name}{KEPT_NAME}", file.name), (f"{name}{KEPT_CONTENT}", content)]
    return fields


class KeptFileInput(forms.FileInput):
    """A field for a file, which takes the one of an attempt that was refused where no other is chosen."""

    def value_from_datadict(
        self, data: QueryDict, files: MultiValueDict[str, UploadedFile], name: str
    ) -> UploadedFile | None:
        file = super().value_from_datadict(data, files, name)
        if file is None and data.get(f"{name}{KEPT_NAME}"):
            try:
                content = base64.b64decode(data.get(f"{name}{KEPT_CONTENT}", ""), validate=True)
            except ValueError:
                return None
            file = SimpleUploadedFile(data[f"{name}{KEPT_NAME}"], content)
        return file

    def value_omitted_from_data(self, data: QueryDict, files: MultiValueDict, name: str) -> bool:
        return super().value_omitted_from_data(data, files, name) and f"{name}{KEPT_NAME}" not in data


def _sorted_out(posted, view=None):
    """What a person typed, as fields to be shown, and all else as hidden ones, in the order of the form."""
    typed, hidden = [], []
    pages = getattr(view, "model_admin", None)  # of the record to which the form belongs; Django notes it on its views
    for name, values in posted.lists():
        if name in ("csrfmiddlewaretoken", ENTER) or name.startswith(LOG_IN):
            continue
        for value in values:
            if SECRET.search(name):
                typed.append(TypedField(name, _label(name, pages), "", is_secret=True))
            elif _is_typed(name, value):
                is_long = len(value) > 60 or "\n" in value
                typed.append(TypedField(name, _label(name, pages), value, is_long))
            else:
                hidden.append((name, value))
    return typed, hidden


def _is_typed(name, value):
    if NOT_TYPED.fullmatch(name) or value == "on" or not WORDS.search(value):
        return False
    return len(value) <= SEALED or " " in value or "\n" in value


def _label(name, pages):
    """The label of a field, with the kind and the place of the row: "Other name 1: text"."""
    row = ROW.fullmatch(name)
    place = whole_number(row["place"]) if row else None
    if place is None:
        return capfirst(_name_of_field(name, pages.model, pages.form) if pages else name.replace("_", " "))
    group, field = row["group"].replace("_", " "), row["field"].replace("_", " ")
    related = pages.model._meta.concrete_model._meta.related_objects if pages else ()
    for relation in related:
        if relation.get_accessor_name() == row["group"]:
            group, field = (
                relation.related_model._meta.verbose_name,
                _name_of_field(row["field"], relation.related_model),
            )
    return capfirst(f"{group} {place + 1}: {field}")


def _name_of_field(name, model, form=None):
    """What a field is called: in the form, else in the model, else by its own name."""
    declared = getattr(form, "base_fields", {}).get(name)
    label = declared.label if declared else getattr(getattr(form, "Meta", None), "labels", {}).get(name)
    columns = {field.name: field.verbose_name for field in model._meta.fields}
    return label or columns.get(name) or name.replace("_", " ")
