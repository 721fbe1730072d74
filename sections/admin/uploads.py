"""A page with a form for a file, which comes back with the form when saving it is refused."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from .fields import ReasonForm
from .pages import desk_page
from .saving.refusals import KeptFileInput, Refused, kept_files, refusals


class FileForm(ReasonForm):
    """A file and why it is uploaded; a subclass says which files it takes, by `file_help` and `accept`."""

    file = forms.FileField(label=_("File"), widget=KeptFileInput)
    field_order = ["file", "reason"]
    file_help: Any = ""
    accept = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = self.file_help
        self.fields["file"].widget.attrs["accept"] = self.accept


def upload_page(
    request: HttpRequest,
    template: str,
    form_class: type[FileForm],
    write: Callable[[FileForm], HttpResponse | None],
    **context: Any,
) -> HttpResponse:
    """The page with the form; of a post, what `write` answers to a valid form.

    Without an answer, or when the database refuses to save, the form again with what was chosen and typed.
    """
    form = form_class(request.POST, request.FILES) if request.method == "POST" else form_class()
    status, hidden = 422 if form.is_bound else 200, []
    if form.is_bound and form.is_valid():
        try:
            with refusals():
                if (answer := write(form)) is not None:
                    return answer
        except Refused as refused:
            form.add_error(None, refused.words)
            form.fields["file"].required = False
            status, hidden = refused.status, kept_files({"file": form["file"].data})
    kept = dict(hidden).get("file-kept-name", "")
    return desk_page(request, template, status, form=form, hidden=hidden, kept=kept, **context)
