"""The text of the Convention at the desk: an editor loads the operator's own copy, whole or not at all."""

from django import forms
from django.contrib import admin, messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from sections.importing import ImportFault
from sections.importing.treaty import read_convention
from sections.models import Change, ConventionText, changing
from sections.text.official import NAMES

from ..base import AuditedAdmin
from ..pages import desk_view
from ..uploads import FileForm, upload_page

MOST_BYTES = 2 << 20


class TextForm(FileForm):
    """A file with the text, its language, and why it is loaded."""

    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("as its words say")), *NAMES.items()], required=False
    )
    field_order = ["file", "language", "reason"]
    file_help = _("Plain text in UTF-8, .docx or .html, at most 2 MB.")
    accept = ".txt,.docx,.html,.htm"

    def clean_file(self) -> UploadedFile:
        """The file, unless it is too large."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                gettext("This file is larger than 2 MB, so it is not the text of the Convention alone.")
            )
        return file


@desk_view("sections.add_conventiontext")
@require_http_methods(["GET", "HEAD", "POST"])
def load_text(request: HttpRequest) -> HttpResponse:
    """The form for a file with the text; says line by line what is missing in one, and stores only a whole one."""
    faults: list[str] = []

    def write(form: FileForm) -> HttpResponse | None:
        given, only_check = form.cleaned_data, "check" in request.POST
        try:
            read = read_convention(given["file"].name, given["file"].read(), given["language"])
        except ImportFault as fault:
            faults.extend(str(fault).split("\n"))
            return None
        if read.is_new and not only_check:
            with changing(Change.Kind.EDIT, given["reason"], request.user):
                read.row.save()
        messages.success(request, f"{read.words}. {_outcome(read.is_new, only_check)}")
        return redirect("convention-text")

    texts = ConventionText.objects.defer("articles")
    context = {"title": gettext("Text of the Convention"), "faults": faults, "texts": texts}
    return upload_page(request, "admin/sections/convention_text.html", TextForm, write, **context)


def _outcome(is_new, only_check):
    if only_check:
        return gettext("Complete, and not stored yet.")
    return gettext("Stored.") if is_new else gettext("The same text is stored already.")


@admin.register(ConventionText)
class ConventionTextAdmin(AuditedAdmin):
    """The loaded texts with their history; each is replaced by loading a file, and never edited."""

    list_display = ["language", "source_name", "loaded"]
    fields = readonly_fields = ["language", "source_name", "source_sha256", "loaded"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """False: texts are loaded from files on a page of their own."""
        return False
