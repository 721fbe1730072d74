"""Suggestions of the desk: names without an entry, short forms without a link, and entries that may be the same."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sections.editing.suggestions import dismiss as dismiss_one
from sections.editing.suggestions import suggest_again
from sections.editing.suggestions import suggestions as suggestions_for
from sections.models import Dismissal, Paragraph, Report
from sections.text.whole_numbers import MOST

from ..pages import desk_page, desk_view
from ..paragraphs.forms import entry_choices
from ..saving.refusals import Refused, refusals
from .forms import entry_named

PERMISSION = "sections.add_mention"
REGISTERS = [
    ("institution", gettext_lazy("institution")),
    ("law", gettext_lazy("law")),
    ("programme", gettext_lazy("programme")),
]
DISMISSED = 50  # that the page lists, the last first


class AskedForm(forms.Form):
    """For which report and paragraph; a value that is not offered counts as none."""

    report = forms.ChoiceField(label=gettext_lazy("Report"), required=False)
    paragraph = forms.IntegerField(label=gettext_lazy("Paragraph"), min_value=1, max_value=MOST, required=False)

    def __init__(self, data: dict) -> None:
        super().__init__(data, auto_id="asked-%s")
        self.fields["report"].choices = [(symbol, symbol) for symbol in Report.objects.values_list("symbol", flat=True)]
        self.is_valid()

    def report_asked(self) -> Report | None:
        """The report of that symbol, else the default one."""
        symbol = self.cleaned_data.get("report")
        return Report.objects.filter(symbol=symbol).first() if symbol else Report.objects.default()


class DismissForm(forms.Form):
    """Which suggestion is wrong."""

    kind = forms.ChoiceField(choices=Dismissal.Kind.choices)
    key = forms.CharField(max_length=300)
    words = forms.CharField(max_length=900)


@desk_view(PERMISSION)
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """All suggestions; with `?as_name=…&entry=…`, leads to the form of that entry with the name filled in."""
    form = AskedForm(request.GET)
    if words := request.GET.get("as_name", "").strip():
        try:
            entry = entry_named(request.GET.get("entry", "").strip())
        except ValidationError as fault:
            messages.error(request, fault.messages[0])
        else:
            address = reverse(f"admin:sections_{entry.type}_change", args=[entry.pk])
            return redirect(f"{address}?{urlencode({'name_text': words})}#names-group")
    report = form.report_asked()
    paragraph = form.cleaned_data.get("paragraph")
    return desk_page(
        request,
        "admin/sections/suggestions.html",
        title=_("Suggestions"),
        opts=Paragraph._meta,
        form=form,
        report=report,
        paragraph=report and paragraph and Paragraph.objects.filter(report=report, number=paragraph).first(),
        found=suggestions_for(report, paragraph) if report else None,
        registers=REGISTERS,
        choices=entry_choices(),
        asked_words=request.GET.get("as_name", ""),
        dismissed=Dismissal.objects.all()[:DISMISSED],
        address=request.get_full_path(),
    )


@desk_view(PERMISSION)
@require_POST
def dismiss(request: HttpRequest) -> HttpResponse:
    """Takes a suggestion off the list, or puts one back."""
    try:
        with refusals():
            words = _put_back(request) if "again" in request.POST else _dismissed(request)
    except Refused as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, words) if words else messages.error(request, _("This page was out of date."))
    asked = AskedForm(request.POST).cleaned_data
    query = urlencode({name: value for name, value in asked.items() if value})
    return redirect(f"{reverse('desk-suggestions')}{'?' if query else ''}{query}")


def _dismissed(request):
    form = DismissForm(request.POST)
    if not form.is_valid():
        return ""
    dismissal = dismiss_one(*(form.cleaned_data[name] for name in ("kind", "key", "words")), request.user)
    return _("“%(words)s” is not suggested any more.") % {"words": dismissal.words}


def _put_back(request):
    form = forms.IntegerField(min_value=1, max_value=MOST, required=False)
    try:
        dismissal = suggest_again(form.clean(request.POST.get("again")) or 0)
    except ValidationError:
        dismissal = None
    return _("“%(words)s” is suggested again.") % {"words": dismissal.words} if dismissal else ""
