"""Random samples: draws items of a report, and asks a person whether each is right, wrong or unsure."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from sections.editing.samples import MOST, draw_sample, keep_answers
from sections.models import Report, Sample, SampleItem
from sections.queries.samples import rate_of

from ..pages import desk_page, desk_view
from ..saving.refusals import Refused, refusals
from .coverage import reader_name
from .desk import PERMISSION

USUAL = 50  # items
INSTRUCTIONS = {
    Sample.Kind.TEXT: _("Is the text the same, character by character, as in the official document?"),
    Sample.Kind.STRUCTURE: _("Does the official document have this heading, at this level and in this place?"),
    Sample.Kind.ARTICLES: _("Does the paragraph relate to the article?"),
    Sample.Kind.NAMES: _("Do the words in square brackets mean this institution, law or programme?"),
}


class DrawForm(forms.Form):
    """What is drawn, how much of it, and who checks it."""

    kind = forms.ChoiceField(label=_("What to check"), choices=Sample.Kind.choices)
    size = forms.IntegerField(
        label=_("Number of items"),
        min_value=1,
        max_value=MOST,
        initial=USUAL,
        help_text=format_lazy(_("At most {number}."), number=MOST),
    )
    checked_by = forms.CharField(
        label=_("Checked by"), max_length=150, help_text=_("Readers of the site see this name.")
    )


class AnswerForm(forms.ModelForm):
    """What the person says of an item."""

    class Meta:
        model = SampleItem
        fields = ["answer", "note"]
        widgets = {"answer": forms.RadioSelect, "note": forms.TextInput(attrs={"size": 60})}

    def clean_answer(self) -> str:
        """The answer; one that is given can be changed, but an older page does not take it back."""
        return self.cleaned_data["answer"] or SampleItem.Answer(self.initial["answer"])


@desk_view(PERMISSION)
@require_http_methods(["GET", "HEAD", "POST"])
def samples(request: HttpRequest) -> HttpResponse:
    """The samples drawn so far, each with its result; a post draws one."""
    report = Report.objects.default()
    form = DrawForm(request.POST or None, initial={"checked_by": reader_name(request)})
    status = 200
    if request.method == "POST" and report and form.is_valid():
        given = form.cleaned_data
        try:
            with refusals():
                sample = draw_sample(report, given["kind"], given["size"], given["checked_by"])
        except Refused as refused:
            form.add_error(None, refused.words)
            status = refused.status
        else:
            if sample:
                return redirect("sample", sample.pk)
            form.add_error("kind", gettext("The report holds nothing of this kind."))
    if form.errors and status == 200:
        status = 422
    rows = [] if report is None else report.samples.prefetch_related("items").order_by("-number")
    rows = [(sample, rate_of(sample), _open(sample.items.all())) for sample in rows]
    context = {"title": gettext("Random samples"), "report": report, "form": form, "rows": rows}
    return desk_page(request, "admin/sections/samples.html", status, **context)


@desk_view(PERMISSION)
@require_http_methods(["GET", "HEAD", "POST"])
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """The items of a sample; a post keeps every answer that was given."""
    sample = get_object_or_404(Sample.objects.select_related("report"), pk=pk)
    items = list(sample.items.order_by("position"))
    posted = request.POST if request.method == "POST" else None
    answers = [AnswerForm(posted, prefix=f"item-{item.position}", instance=item) for item in items]
    status, refusal = 200, ""
    if posted is not None:
        valid = [answer.is_valid() for answer in answers]  # of each, so that each finds its own errors
        if all(valid):
            try:
                with refusals():
                    count = keep_answers(answer.instance for answer in answers if answer.has_changed())
            except Refused as refused:
                status, refusal = refused.status, refused.words
            else:
                words = ngettext("%(count)s answer is saved.", "%(count)s answers are saved.", count)
                messages.success(request, words % {"count": count})
                return redirect("sample", pk)
        else:
            status = 422
    context = {
        "title": gettext("Random sample: %(kind)s") % {"kind": sample.get_kind_display()},
        "sample": sample,
        "question": INSTRUCTIONS[sample.kind],
        "answers": [(item, answer) for item, answer in zip(items, answers, strict=True)],
        "open": _open(items),
        "rate": rate_of(sample),
        "refusal": refusal,
    }
    return desk_page(request, "admin/sections/sample.html", status, **context)


def _open(items):
    return sum(not item.answer for item in items)
