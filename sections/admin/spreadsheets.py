"""Lists as spreadsheets, out and in: an upload shows all that it would do before anything is written."""

from collections import Counter

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sections.editing.spreadsheets.csv_text import write_csv
from sections.editing.spreadsheets.encodings import NAMES
from sections.editing.spreadsheets.file_errors import InvalidFile
from sections.editing.spreadsheets.files import read_file
from sections.editing.spreadsheets.imports import grid_of, import_upload, keep_upload
from sections.editing.spreadsheets.lists import SpreadsheetList
from sections.editing.spreadsheets.outcome import Outcome
from sections.editing.spreadsheets.register import COLUMNS, LISTS, known_words, list_with
from sections.editing.spreadsheets.tables import heads
from sections.exports.formats import EXCEL
from sections.models import Upload

from .fields import ReasonForm
from .pages import desk_page, desk_view
from .saving.refusals import KeptFileInput, Refused, kept_files, refusals

PERMISSION = "sections.edit_by_csv"
MOST_SHOWN = 500  # rows and links on the page of an upload


class UploadForm(ReasonForm):
    """A file and why it is uploaded; the file's columns say which list it is."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "An Excel workbook (.xlsx), or CSV with commas, semicolons or tabs between the cells; at most 2 MB."
        ),
        widget=KeptFileInput(attrs={"accept": f".xlsx,.csv,.txt,.tsv,text/csv,{EXCEL}"}),
    )
    field_order = ["file", "reason"]

    def clean_file(self) -> dict[str, str]:
        """The file as an upload: its name, the key of its list, and its rows."""
        file = self.cleaned_data["file"]
        try:
            grid = read_file(file.read(), COLUMNS, known_words)
        except InvalidFile as error:
            raise ValidationError(str(error)) from error
        spreadsheet = list_with(heads(grid, COLUMNS)[1], file.name, grid.sheet)
        if spreadsheet is None:
            raise ValidationError(
                _("The file does not have the columns of any list. Download a list and change that file.")
            )
        return {"name": file.name[-200:], "sheet": spreadsheet.key, "text": grid.as_text()}


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
        "admin/sections/spreadsheets.html",
        status,
        title=_("Lists as spreadsheets"),
        form=form,
        resources=[(each(), each().records().count()) for each in LISTS.values()],
        hidden=hidden,
        kept=dict(hidden).get("file-kept-name", ""),
    )


def _csv(spreadsheet: SpreadsheetList) -> str:
    return write_csv(spreadsheet.columns, map(spreadsheet.row, spreadsheet.in_order()))


def _xlsx(spreadsheet: SpreadsheetList) -> bytes:
    write = import_string("sections.editing.spreadsheets.xlsx_book.write_xlsx")
    return write(spreadsheet.key, spreadsheet.columns, map(spreadsheet.row, spreadsheet.in_order()))


WRITERS = {"csv": (_csv, "text/csv; charset=utf-8"), "xlsx": (_xlsx, EXCEL)}


@desk_view(PERMISSION)
@require_safe
def download(request: HttpRequest, sheet: str, ending: str) -> HttpResponse:
    """A list as a file."""
    if sheet not in LISTS or ending not in WRITERS:
        raise Http404
    write, media_type = WRITERS[ending]
    headers = {"Content-Disposition": f'attachment; filename="{sheet}-{timezone.now():%Y-%m-%d}.{ending}"'}
    return HttpResponse(write(LISTS[sheet]()), content_type=media_type, headers=headers)


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
        messages.success(request, _("The upload was discarded; nothing was written."))
        return redirect("lists")
    with transaction.atomic():  # written and no longer waiting, or neither
        outcome = _outcome(upload, request.POST.get("digest", ""))
        if not outcome.errors:
            upload.delete()
    if outcome.errors:
        warning = _("The records have changed since you looked. Nothing was written; look again.")
        return _trial(request, upload, warning)
    messages.success(request, _("%(counts)s. Everything was written.") % {"counts": _counted(upload, outcome)})
    return redirect("lists")


def _trial(request, upload, warning=""):
    """The page of an upload; 409 with a warning."""
    outcome = _outcome(upload)
    return desk_page(
        request,
        "admin/sections/spreadsheet_upload.html",
        status=409 if warning else 200,
        title=_("What “%(file)s” would do") % {"file": upload.name},
        upload=upload,
        outcome=outcome,
        counted=_counted(upload, outcome),
        notes=_notes(upload),
        most=MOST_SHOWN,
        warning=warning,
    )


def _outcome(upload, expected=None):
    """What the upload does; 404 for one of a list that this release no longer has."""
    if upload.sheet not in LISTS:
        raise Http404
    return import_upload(upload, expected)


def _notes(upload: Upload) -> list[str]:
    """What an editor should know of how the file was read."""
    try:
        grid = grid_of(upload)
    except InvalidFile:
        return []
    notes = []
    if grid.encoding:
        words = _("The file does not say how it writes accents. It was read as %(encoding)s: check the accents below.")
        notes.append(words % {"encoding": NAMES[grid.encoding]})
    if grid.hidden:
        words = ngettext(
            "%(count)s row is hidden in the workbook. It is read like the others.",
            "%(count)s rows are hidden in the workbook. They are read like the others.",
            grid.hidden,
        )
        notes.append(words % {"count": grid.hidden})
    return notes


def _counted(upload: Upload, outcome: Outcome) -> str:
    """The effects in numbers: "Names: 2 added, 1 changed, 30 unchanged; 5 links change"."""
    counts = Counter(effect.action for effect in outcome.effects)
    added, changed, deleted, links = counts["add"], counts["change"], counts["delete"], len(outcome.links)
    words = [
        (added, ngettext("%(count)s added", "%(count)s added", added)),
        (changed, ngettext("%(count)s changed", "%(count)s changed", changed)),
        (deleted, ngettext("%(count)s deleted", "%(count)s deleted", deleted)),
    ]
    counted = [text % {"count": count} for count, text in words if count]
    unchanged = ngettext("%(count)s unchanged", "%(count)s unchanged", outcome.unchanged)
    counted.append(unchanged % {"count": outcome.unchanged})
    in_words = f"{LISTS[upload.sheet].title}: {', '.join(counted)}"
    if links:
        in_words += "; " + ngettext("%(count)s link changes", "%(count)s links change", links) % {"count": links}
    return in_words
