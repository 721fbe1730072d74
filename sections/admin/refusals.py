"""A save that is refused: the form comes back with all that was typed, says what happened, and what to do.

A view that has a form of its own catches `Refused` and shows the form again. For all others, and where not even a form
can be made because the database does not answer, `form_again` carries what was posted in a page that needs none.
"""

import base64
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import Error
from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from django.utils.text import capfirst

from sections.ops.faults import Fault, fault_of
from sections.text.whole_numbers import whole_number

logger = logging.getLogger(__name__)

NOT_SAVED = "Nothing was saved. What you typed is still here."
MOST_KEPT = 2 << 20  # bytes of a file; as text in a form it becomes a third longer
KEPT_NAME, KEPT_CONTENT = "-kept-name", "-kept-content"  # endings of hidden fields that carry an uploaded file
SECRET = re.compile(r"password", re.IGNORECASE)
# Fields by which a page steers, and those that are chosen from a list. They are kept, but nobody has typed them.
NOT_TYPED = re.compile(
    r"_.*|(action|decision|digest|next|post|same|scope|seen)|.*-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS|.*-kept-\w+"
    r"|.*-__prefix__-.*|(.*-)?(basis|confidence|form|kind|language|review)"
)
ROW = re.compile(r"(?P<group>.+?)-(?P<place>\d{1,4})-(?P<field>.+)")
WORDS = re.compile(r"[^\W\d_]{2}")
SEALED = 400  # characters; a text without spaces that is longer was typed by nobody


class Refused(Exception):
    """Why a save was refused, in `words` for the person who typed, with the `status` of the page that says so."""

    def __init__(self, words: str, status: int) -> None:
        super().__init__(words)
        self.words, self.status = words, status


@contextmanager
def refusals() -> Iterator[None]:
    """Turns a fault of the database within, such as a lock or a full disk, into Refused."""
    try:
        yield
    except (Error, OSError) as error:
        if (fault := fault_of(error)) is None:
            raise
        logger.error("A save was refused: %s (%s)", fault.for_operators, error)
        raise Refused(f"{NOT_SAVED} {fault.for_editors}", 503) from error


def with_refusal(form: type[forms.Form], words: str) -> type[forms.Form]:
    """The class of a form that never is valid: it shows what was typed, and the words above it."""

    def clean(self: forms.Form) -> dict[str, Any] | None:
        cleaned = super(refusing, self).clean()
        self.add_error(None, words)
        return cleaned

    refusing = type(form)(form.__name__, (form,), {"clean": clean, "__module__": form.__module__})
    return refusing


class RefusableForms:
    """Mixin of a ModelAdmin: a save that is refused returns the form with all that was typed."""

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[forms.ModelForm]:
        """The form of this request, with the refusal of an attempt to save it."""
        form = super().get_form(request, *args, **kwargs)
        words = getattr(request, "refusal", "")
        return with_refusal(form, words) if words else form

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._or_form_again(super().add_view, request, None, *args, **kwargs)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._or_form_again(super().change_view, request, object_id, *args, **kwargs)

    def form_again(self, request: HttpRequest, object_id: str | None, refusal: str, status: int = 200) -> HttpResponse:
        """The form with all that was typed and the reason why it is not saved; waits for no lock."""
        request.refusal = refusal
        response = self._changeform_view(request, object_id, "", None)
        response.status_code = status
        return response

    def _or_form_again(self, view, request, object_id, *args, **kwargs):
        """What the view answers; where the database cannot save now what was posted, the form again."""
        keys = () if object_id is None else (object_id,)
        if request.method != "POST":
            return view(request, *keys, *args, **kwargs)
        try:
            with refusals():
                return view(request, *keys, *args, **kwargs)
        except Refused as refused:
            return self.form_again(request, object_id, refused.words, refused.status)


class TypedField(NamedTuple):
    """A field of a post: its name, a label, the value, and whether it is long, or secret and therefore not carried."""

    name: str
    label: str
    value: str
    is_long: bool = False
    is_secret: bool = False


def form_again(request: HttpRequest, fault: Fault) -> HttpResponse:
    """A page with what was posted, in fields that can be changed, and a button that sends it again."""
    with translation.override(settings.LANGUAGE_CODE):
        posted, files = _posted(request)
        if request.path == reverse("admin:login"):
            return _login_again(request, posted, fault)
        typed, hidden = _sorted_out(posted)
        context = {
            "title": "Nothing was saved",
            "words": fault.for_editors,
            "typed": typed,
            "hidden": [*hidden, *kept_files(files)],
            "kept": [file.name for file in files.values() if file.size <= MOST_KEPT],
            "lost": [(name, file.name) for name, file in files.items() if file.size > MOST_KEPT],
            "address": request.get_full_path(),
        }
        return frame_without_database(request, "admin/sections/form_again.html", 503, **context)


def frame_without_database(request: HttpRequest, template: str, status: int, **context: Any) -> HttpResponse:
    """A page in the frame of the desk, for which neither the user nor anything else is looked up."""
    context |= {"csrf_token": get_token(request), "is_nav_sidebar_enabled": False}
    return HttpResponse(render_to_string(template, context), status=status)


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


def _posted(request):
    try:
        return request.POST, request.FILES
    except (RequestDataTooBig, OSError):
        return QueryDict(), MultiValueDict()


def _sorted_out(posted):
    """What a person typed, as fields to be shown, and all else as hidden ones, in the order of the form."""
    typed, hidden = [], []
    for name, values in posted.lists():
        if name == "csrfmiddlewaretoken":
            continue
        for value in values:
            if SECRET.search(name):
                typed.append(TypedField(name, _label(name), "", is_secret=True))
            elif _is_typed(name, value):
                is_long = len(value) > 60 or "\n" in value
                typed.append(TypedField(name, _label(name), value, is_long))
            else:
                hidden.append((name, value))
    return typed, hidden


def _is_typed(name, value):
    if NOT_TYPED.fullmatch(name) or value == "on" or not WORDS.search(value):
        return False
    return len(value) <= SEALED or " " in value or "\n" in value


def _label(name):
    """A label for a field of which only the name is known: "names-0-text" becomes "Names 1: text"."""
    words, row = name, ROW.fullmatch(name)
    if row and (place := whole_number(row["place"])) is not None:
        words = f"{row['group']} {place + 1}: {row['field']}"
    return capfirst(words.replace("_", " "))


def _login_again(request, posted, fault):
    """The log-in form with the name as it was typed; a password is never sent back."""
    name = posted.get("username", "")
    context = {
        "title": "Log in",
        "words": f"You are not logged in. {fault.for_readers}",
        "form": AdminAuthenticationForm(request, initial={"username": name}),
        "next": posted.get("next", reverse("admin:index")),
        "app_path": request.get_full_path(),
    }
    return frame_without_database(request, "admin/sections/log_in_again.html", 503, **context)
