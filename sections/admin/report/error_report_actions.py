"""Actions on several error reports at once; each asks first.

The reports of readers are no part of the history, so nothing of this can be undone with one button, and the page says
what cannot be taken back.
"""

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sections.editing.error_reports import assign, close_or_answer
from sections.models import ErrorReport

from ..fields import ReasonForm
from ..history.undo import CONFIRMED
from ..pages import desk_page
from ..saving.conflicts import post_again
from ..saving.refusals import Refused, refusals

EXAMPLES = 10
FIRST_WORDS = 90  # characters


class SameAnswerForm(ReasonForm):
    """The answer that is kept with each of several reports which has none."""

    reason = forms.CharField(
        label=_("Answer"),
        max_length=500,
        required=False,
        help_text=_("Kept with each of these reports that has no answer yet. Readers do not see it."),
    )


class ErrorReportActions:
    """Mixin of the ModelAdmin of error reports: take them, give them back, close them."""

    @admin.action(description=_("I deal with the selected reports"), permissions=["change"])
    def take(self, request: HttpRequest, queryset: QuerySet[ErrorReport]) -> HttpResponse | None:
        return self._assign(request, queryset, request.user, gettext("I deal with them"))

    @admin.action(description=_("Nobody deals with the selected reports"), permissions=["change"])
    def give_back(self, request: HttpRequest, queryset: QuerySet[ErrorReport]) -> HttpResponse | None:
        return self._assign(request, queryset, None, gettext("Nobody deals with them"))

    @admin.action(description=_("Close the selected reports"), permissions=["change"])
    def close(self, request: HttpRequest, queryset: QuerySet[ErrorReport]) -> HttpResponse | None:
        """Closes reports, such as those of a flood, and deletes the contacts in them."""
        rows = list(queryset.exclude(state=ErrorReport.State.CLOSED))

        def write(answer: str) -> str:
            with transaction.atomic():
                for report in rows:
                    report.state, report.answer = ErrorReport.State.CLOSED, report.answer or answer
                    close_or_answer(report, request.user)
                    self.log_change(request, report, "Closed from the list.")
            words = ngettext("%(count)s report is closed.", "%(count)s reports are closed.", len(rows))
            return words % {"count": len(rows)}

        lead = ngettext(
            "%(count)s report will be closed, and the contact in it deleted. A report can be opened again; its contact "
            "does not come back.",
            "%(count)s reports will be closed, and the contacts in them deleted. A report can be opened again; its "
            "contact does not come back.",
            len(rows),
        )
        return self._ask(request, write, rows, lead, gettext("Close the reports"), SameAnswerForm)

    def _assign(self, request, queryset, user, button):
        rows = list(queryset.exclude(assigned_to=user))

        def write(reason: str) -> str:
            assign(rows, user)
            words = ngettext("%(count)s report was changed.", "%(count)s reports were changed.", len(rows))
            return words % {"count": len(rows)}

        lead = ngettext(
            "%(count)s report will be changed. You can change it back in the same way.",
            "%(count)s reports will be changed. You can change them back in the same way.",
            len(rows),
        )
        return self._ask(request, write, rows, lead, button, forms.Form)

    def _ask(self, request, write, rows, lead, button, form_class):
        """The page that asks; None once the editor said yes and `write` was carried out with what was answered."""
        status, form = 200, form_class(request.POST if CONFIRMED in request.POST else None)
        if form.is_valid():
            try:
                with refusals():
                    words = write(form.cleaned_data.get("reason", ""))
                return messages.success(request, words)
            except Refused as refused:
                form.add_error(None, refused.words)
                status = refused.status
        names = [f"{report.reference}: {first_words_of(report)}" for report in rows[:EXAMPLES]]
        if len(rows) > EXAMPLES:
            names.append(_("… and %s more") % (len(rows) - EXAMPLES))
        return desk_page(
            request,
            "admin/sections/action_form.html",
            status,
            title=button,
            opts=self.opts,
            form=form,
            names=names,
            lead=lead % {"count": len(rows)},
            button=button,
            hidden=[*post_again(request.POST, (CONFIRMED, *form.fields)), (CONFIRMED, "1")],
        )


def first_words_of(report: ErrorReport) -> str:
    """How a report begins, in one line."""
    return Truncator(" ".join(report.text.split())).chars(FIRST_WORDS)
