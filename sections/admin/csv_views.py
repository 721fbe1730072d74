"""Lists out and in, as CSV: an upload shows all that it would do before it does anything."""

from datetime import timedelta
from functools import wraps

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sections.editing.csv_file import InvalidFile, decode, read, write
from sections.editing.csv_import import Outcome, import_rows
from sections.editing.csv_resources import RESOURCES, resource_for
from sections.models import Upload

RIGHT = "sections.edit_by_csv"
KEPT = timedelta(days=1)  # an upload that nobody confirmed
MOST_SHOWN = 500


class UploadForm(forms.Form):
    """A file and why it is uploaded; the file's columns say which list it is."""

    file = forms.FileField(
        label="File",
        help_text="CSV in UTF-8, at most 2 MB. Commas, semicolons or tabs between the cells.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    reason = forms.CharField(
        label="Why", max_length=500, required=False, help_text="One sentence. Readers see it on the page of changes."
    )

    def clean_file(self):
        """The upload's name, list and text."""
        sent = self.cleaned_data["file"]
        try:
            text = decode(sent.name, sent.read())
            sheet = resource_for(read(text, []).columns)
        except InvalidFile as fault:
            raise ValidationError(str(fault)) from fault
        if sheet is None:
            raise ValidationError(
                "The first row doesn’t have the columns of any of the lists. Download one and change that."
            )
        return sent.name[-200:], sheet.key, text


def lists_view(view):
    """Lets in who is logged in at the desk and may edit by CSV."""

    @wraps(view)
    def inner(request, *args, **kwargs):
        if not request.user.has_perm(RIGHT):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return admin.site.admin_view(inner)


@lists_view
@require_http_methods(["GET", "HEAD", "POST"])
def lists(request):
    """The lists to download, and the form for one that was changed."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        name, sheet, text = form.cleaned_data["file"]
        Upload.objects.filter(when__lt=timezone.now() - KEPT).delete()
        upload = Upload.objects.create(
            user=request.user, sheet=sheet, name=name, text=text, reason=form.cleaned_data["reason"]
        )
        return redirect("list-upload", upload.pk)
    context = admin.site.each_context(request) | {
        "title": "Lists as CSV",
        "form": form,
        "sheets": [(sheet(), sheet().records().count()) for sheet in RESOURCES.values()],
    }
    return render(request, "admin/sections/lists.html", context, status=422 if form.is_bound else 200)


@lists_view
@require_safe
def download(request, sheet):
    """A list as a CSV file."""
    if sheet not in RESOURCES:
        raise Http404
    resource = RESOURCES[sheet]()
    text = write(resource.columns, resource.rows())
    headers = {"Content-Disposition": f'attachment; filename="{sheet}-{timezone.now():%Y-%m-%d}.csv"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


@lists_view
@require_safe
def upload(request, pk):
    """What the upload would do, tried and taken back."""
    return _trial(request, get_object_or_404(Upload, pk=pk, user=request.user))


@lists_view
@require_POST
def confirm(request, pk):
    """Does what the page showed, if it would still do the same; or drops the upload."""
    found = get_object_or_404(Upload, pk=pk, user=request.user)
    if "drop" in request.POST:
        found.delete()
        messages.success(request, "The upload was dropped; nothing was written.")
        return redirect("lists")
    sheet = RESOURCES[found.sheet]()
    file = read(found.text, sheet.columns)
    if file.errors:
        return _trial(request, found)
    given = {"reason": found.reason, "user": request.user, "trial": False}
    outcome = import_rows(sheet, file.rows, expected=request.POST.get("digest") or "none", **given)
    if outcome.errors:
        return _trial(request, found, "The records changed since you looked. Nothing was written; look again.")
    found.delete()
    messages.success(request, f"{sheet.title}: {_counted(outcome)}. All of it is written.")
    return redirect("lists")


def _trial(request, found, warning=""):
    sheet = RESOURCES[found.sheet]()
    try:
        file = read(found.text, sheet.columns)
        outcome = (
            Outcome(errors=file.errors) if file.errors else import_rows(sheet, file.rows, found.reason, request.user)
        )
    except InvalidFile as fault:
        messages.error(request, str(fault))
        return redirect("lists")
    context = admin.site.each_context(request) | {
        "title": f"What “{found.name}” would do",
        "upload": found,
        "sheet": sheet,
        "outcome": outcome,
        "counted": _counted(outcome),
        "effects": outcome.effects[:MOST_SHOWN],
        "links": outcome.links[:MOST_SHOWN],
        "most": MOST_SHOWN,
        "warning": warning,
    }
    return render(request, "admin/sections/upload.html", context, status=409 if warning else 200)


def _counted(outcome):
    """The effects in numbers: "2 added, 1 changed, 30 as they were; 5 links change"."""
    acts = [effect.action for effect in outcome.effects]
    words = [
        f"{acts.count(act)} {told}" for act, told in (("add", "added"), ("change", "changed"), ("delete", "deleted"))
    ]
    words = [each for each in words if not each.startswith("0 ")] + [f"{outcome.unchanged} as they were"]
    links = len(outcome.links)
    return ", ".join(words) + (
        f"; {links} link{'' if links == 1 else 's'} change{'s' if links == 1 else ''}" if links else ""
    )
