"""The text of the Convention at the desk: an editor loads the operator's own copy, whole or not at all."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from sections.importing import ImportFault
from sections.importing.treaty import read_convention
from sections.models import Change, ConventionText, changing
from sections.text.official import NAMES

from .base import AuditedAdmin
from .fields import ReasonForm
from .pages import desk_page, desk_view
from .refusals import KeptFileInput, Refused, kept_files, refusals

MOST_BYTES = 2 << 20


class TextForm(ReasonForm):
    """A file with the text, its language, and why it is loaded."""

    file = forms.FileField(
        label="File",
        help_text="Plain text in UTF-8, .docx or .html, at most 2 MB.",
        widget=KeptFileInput(attrs={"accept": ".txt,.docx,.html,.htm"}),
    )
    language = forms.ChoiceField(choices=[("", "as its words say"), *NAMES.items()], required=False)
    field_order = ["file", "language", "reason"]

    def clean_file(self) -> forms.Field:
        """The file, unless it is too large."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("This file is larger than 2 MB, so it is not the text of the Convention alone.")
        return file


@desk_view("sections.add_conventiontext")
@require_http_methods(["GET", "HEAD", "POST"])
def load_text(request: HttpRequest) -> HttpResponse:
    """The form for a file with the text; says line by line what is missing in one, and stores only a whole one."""
    form = TextForm(request.POST, request.FILES) if request.method == "POST" else TextForm()
    status, faults, hidden = 422 if form.is_bound else 200, [], []
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            with refusals():
                read = read_convention(given["file"].name, given["file"].read(), given["language"])
                if "check" not in request.POST and read.is_new:
                    with changing(Change.Kind.EDIT, given["reason"], request.user):
                        read.row.save()
            outcome = "Stored." if read.is_new else "The same text is stored already."
            if "check" in request.POST:
                outcome = "Complete, and not stored yet."
            messages.success(request, f"{read.words}. {outcome}")
            return redirect("convention-text")
        except ImportFault as fault:
            faults = str(fault).split("\n")
        except Refused as refused:
            form.add_error(None, refused.words)
            form.fields["file"].required = False
            status, hidden = refused.status, kept_files({"file": form["file"].data})
    return desk_page(
        request,
        "admin/sections/convention_text.html",
        status,
        title="Text of the Convention",
        form=form,
        faults=faults,
        hidden=hidden,
        kept=dict(hidden).get("file-kept-name", ""),
        texts=ConventionText.objects.defer("articles"),
    )


@admin.register(ConventionText)
class ConventionTextAdmin(AuditedAdmin):
    """The loaded texts with their history; each is replaced by loading a file, and never edited."""

    list_display = ["language", "source_name", "loaded"]
    fields = readonly_fields = ["language", "source_name", "source_sha256", "loaded"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """False: texts are loaded from files on a page of their own."""
        return False
