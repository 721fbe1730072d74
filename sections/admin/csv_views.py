"""Lists as CSV, out and in: an upload shows all that it would do before anything is written."""

from collections import Counter

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import pluralize
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sections.editing.csv_file import InvalidFile, decode, read, write
from sections.editing.csv_import import import_upload, keep_upload
from sections.editing.csv_resources import RESOURCES, resource_for
from sections.models import Upload

from .fields import ReasonForm
from .pages import desk_page, desk_view
from .refusals import KeptFileInput, Refused, kept_files, refusals

PERMISSION = "sections.edit_by_csv"
DONE = {"add": "added", "change": "changed", "delete": "deleted"}
MOST_SHOWN = 500  # rows and links on the page of an upload


class UploadForm(ReasonForm):
    """A file and why it is uploaded; the file's columns say which list it is."""

    file = forms.FileField(
        label="File",
        help_text="CSV in UTF-8, at most 2 MB. Commas, semicolons or tabs between the cells.",
        widget=KeptFileInput(attrs={"accept": ".csv,text/csv"}),
    )
    field_order = ["file", "reason"]

    def clean_file(self) -> dict[str, str]:
        """The file as an upload: its name, the key of its list, and its text."""
        file = self.cleaned_data["file"]
        try:
            text = decode(file.name, file.read())
            resource = resource_for(read(text, []).columns)
        except InvalidFile as error:
            raise ValidationError(str(error)) from error
        if resource is None:
            raise ValidationError(
                "The first row does not have the columns of any list. Download a list and change that file."
            )
        return {"name": file.name[-200:], "sheet": resource.key, "text": text}


@desk_view(PERMISSION)
@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: HttpRequest) -> HttpResponse:
    """The lists to download, and the form for an edited one."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    status, hidden = 422 if form.is_bound else 200, []
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            with refusals():
                upload = keep_upload(user=request.user, reason=form.cleaned_data["reason"], **file)
            return redirect("list-upload", upload.pk)
        except Refused as refused:
            form.add_error(None, refused.words)
            form.fields["file"].required = False
            status, hidden = refused.status, kept_files({"file": form["file"].data})
    return desk_page(
        request,
        "admin/sections/csv_lists.html",
        status,
        title="Lists as CSV",
        form=form,
        resources=[(resource(), resource().records().count()) for resource in RESOURCES.values()],
        hidden=hidden,
        kept=dict(hidden).get("file-kept-name", ""),
    )


@desk_view(PERMISSION)
@require_safe
def download(request: HttpRequest, sheet: str) -> HttpResponse:
    """A list as a CSV file."""
    if sheet not in RESOURCES:
        raise Http404
    resource = RESOURCES[sheet]()
    text = write(resource.columns, map(resource.row, resource.records()))
    headers = {"Content-Disposition": f'attachment; filename="{sheet}-{timezone.now():%Y-%m-%d}.csv"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


@desk_view(PERMISSION)
@require_safe
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """What the upload would do: a trial run that is rolled back."""
    return _trial(request, get_object_or_404(Upload, pk=pk, user=request.user))


@desk_view(PERMISSION)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes what the page of the upload showed, if it would still do the same; or discards the upload."""
    upload = get_object_or_404(Upload, pk=pk, user=request.user)
    if "drop" in request.POST:
        upload.delete()
        messages.success(request, "The upload was discarded; nothing was written.")
        return redirect("lists")
    outcome = import_upload(upload, expected=request.POST.get("digest", ""))
    if outcome.errors:
        return _trial(request, upload, "The records have changed since you looked. Nothing was written; look again.")
    upload.delete()
    messages.success(request, f"{_counted(upload, outcome)}. Everything was written.")
    return redirect("lists")


def _trial(request, upload, warning=""):
    """The page of an upload; 409 with a warning."""
    outcome = import_upload(upload)
    return desk_page(
        request,
        "admin/sections/csv_upload.html",
        status=409 if warning else 200,
        title=f"What “{upload.name}” would do",
        upload=upload,
        outcome=outcome,
        counted=_counted(upload, outcome),
        most=MOST_SHOWN,
        warning=warning,
    )


def _counted(upload, outcome):
    """The effects in numbers: "Names: 2 added, 1 changed, 30 unchanged; 5 links change"."""
    counts = Counter(effect.action for effect in outcome.effects)
    counted = [f"{counts[action]} {words}" for action, words in DONE.items() if counts[action]]
    links = len(outcome.links)
    links_change = f"; {links} link{pluralize(links)} change{pluralize(links, 's,')}" if links else ""
    counted.append(f"{outcome.unchanged} unchanged")
    return f"{RESOURCES[upload.sheet].title}: {', '.join(counted)}{links_change}"
