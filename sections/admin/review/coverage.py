"""Coverage: whether an article is linked, a person found the report silent on it, or nobody has read it for that."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from sections.editing.coverage import CannotRecord, record_silences
from sections.models import Report, Silence
from sections.queries.convention import contradicted, parts_with_counts

from ..base import AuditedAdmin
from ..fields import NumbersField
from ..list_filters import OfferedFilter, Options
from ..pages import desk_page, desk_view
from ..saving.refusals import Refused, refusals


class ContradictedFilter(OfferedFilter):
    """Whether paragraphs are linked to the article by now."""

    title, parameter_name = _("contradicted by links"), "contradicted"

    def get_options(self, model_admin: admin.ModelAdmin) -> Options:
        rows = contradicted().values("pk")
        return {"yes": (_("yes"), _pk_in(rows)), "no": (_("no"), ~_pk_in(rows))}


@admin.register(Silence)
class SilenceAdmin(AuditedAdmin):
    """Articles on which a person found a report silent."""

    list_display = ["article", "subject", "report", "read_by", "read_on", "contradiction"]
    list_filter = [ContradictedFilter, "report"]
    list_select_related = ["report", "article"]
    search_fields = ["article__number", "article__subject", "read_by"]
    search_help_text = _("Number or caption of an article, or name of the reader")
    autocomplete_fields = ["article"]
    fieldsets = [(None, {"fields": ["report", "article", "read_by", "read_on", "note"]})]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Silence]:
        return super().get_queryset(request).order_by("report", "article__number")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new record is about the default report, read by the editor."""
        ours = {"report": Report.objects.default(), "read_by": reader_name(request)}
        return ours | super().get_changeform_initial_data(request)

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[forms.ModelForm]:
        """The form; it refuses a new record on an article to which paragraphs are linked."""
        return _refusing_linked(super().get_form(request, *args, **kwargs))

    @admin.display(description=_("caption"))
    def subject(self, silence: Silence) -> str:
        return silence.article.translated("subject")

    @admin.display(description=_("contradicted by"))
    def contradiction(self, silence: Silence) -> str:
        numbers = linked_paragraphs(silence)
        if not numbers:
            return ""
        words = ngettext(
            "paragraph %(numbers)s, linked since then", "paragraphs %(numbers)s, linked since then", len(numbers)
        )
        return words % {"numbers": ", ".join(map(str, numbers))}


class ReadingForm(forms.Form):
    """One reading of a report: on which articles it was found silent, by whom, and when."""

    articles = NumbersField(
        label=_("Articles found silent"),
        help_text=_("Numbers of the articles for which the whole report was read without finding anything: 8, 10–12."),
    )
    read_by = forms.CharField(label=_("Read by"), max_length=150, help_text=_("Readers of the site see this name."))
    read_on = forms.DateField(
        label=_("Read on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Today or before."),
    )
    note = forms.CharField(
        label=_("Note"), max_length=300, required=False, help_text=_("One sentence, if there is more.")
    )

    def clean_read_on(self) -> date:
        if self.cleaned_data["read_on"] > timezone.localdate():
            raise ValidationError(gettext("This day is yet to come."))
        return self.cleaned_data["read_on"]


@desk_view("sections.add_silence")
@require_http_methods(["GET", "HEAD", "POST"])
def coverage(request: HttpRequest) -> HttpResponse:
    """All articles with what is known of each; a post records a reading."""
    report = Report.objects.default()
    form = ReadingForm(request.POST or None, initial={"read_by": reader_name(request), "read_on": timezone.localdate()})
    status = 200
    if request.method == "POST" and report and form.is_valid():
        given = form.cleaned_data
        reading = (given["articles"], given["read_by"], given["read_on"], given["note"])
        try:
            with refusals():
                rows = record_silences(report, *reading, user=request.user)
        except CannotRecord as fault:
            form.add_error("articles", str(fault))
        except Refused as refused:
            form.add_error(None, refused.words)
            status = refused.status
        else:
            words = ngettext(
                "%(count)s article is recorded as found silent.",
                "%(count)s articles are recorded as found silent.",
                len(rows),
            )
            messages.success(request, words % {"count": len(rows)})
            return redirect("coverage")
    if form.errors and status == 200:
        status = 422
    articles = [article for part in parts_with_counts(report) for article in part.articles.all()]
    context = {
        "title": gettext("Coverage of the articles"),
        "report": report,
        "form": form,
        "articles": articles,
        "contradictions": [(row, linked_paragraphs(row)) for row in contradicted().select_related("article", "report")],
    }
    return desk_page(request, "admin/sections/coverage.html", status, **context)


def reader_name(request: HttpRequest) -> str:
    """The name under which the editor's reading is recorded, unless another is typed."""
    return request.user.get_full_name() or request.user.get_username()


def linked_paragraphs(silence: Silence) -> list[int]:
    """The numbers of the paragraphs that are linked to an article on which the report was found silent."""
    links = silence.article.article_links.shown().filter(paragraph__report=silence.report_id)
    return list(links.order_by("paragraph__number").values_list("paragraph__number", flat=True))


def _refusing_linked(form: type[forms.ModelForm]) -> type[forms.ModelForm]:
    def clean(self: forms.ModelForm) -> dict[str, Any] | None:
        cleaned = super(refusing, self).clean()
        given = cleaned or {}
        is_new = self.instance.pk is None and given.get("article") and given.get("report")
        numbers = linked_paragraphs(Silence(article=given["article"], report=given["report"])) if is_new else ()
        if numbers:
            listed = ", ".join(map(str, numbers))
            words = ngettext(
                "Linked to this article: paragraph %(numbers)s. Reject the links first, if they are wrong.",
                "Linked to this article: paragraphs %(numbers)s. Reject the links first, if they are wrong.",
                len(numbers),
            )
            self.add_error("article", words % {"numbers": listed})
        return cleaned

    refusing = type(form)(form.__name__, (form,), {"clean": clean, "__module__": form.__module__})
    return refusing


def _pk_in(rows):
    return Q(pk__in=rows)
