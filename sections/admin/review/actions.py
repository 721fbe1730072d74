"""Decisions on several records of a list at once: links, figures, dates and named places. Each asks first."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sections.editing.review import decided
from sections.models import Change, Review

from ..bulk import AskingActions, answers
from ..fields import ReasonForm


class ReviewActions(AskingActions):
    """Mixin of a ModelAdmin for records with a review: confirm, reject, set to not yet reviewed.

    `set_review` writes the decision; it gets the model, the keys, the review, the reason and the user.
    """

    set_review: Callable[..., Change] = staticmethod(decided)

    @admin.action(description=_("Confirm the selected records"), permissions=["change"])
    def confirm(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self._decide(request, queryset, Review.CONFIRMED, _("Confirm"))

    @admin.action(description=_("Reject the selected records"), permissions=["change"])
    def reject(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self._decide(request, queryset, Review.REJECTED, _("Reject"))

    @admin.action(description=_("Set the selected records to “not yet reviewed”"), permissions=["change"])
    def reset(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self._decide(request, queryset, Review.UNREVIEWED, _("Set to “not yet reviewed”"))

    def keys_of(self, queryset: QuerySet[Any]) -> list[int]:
        """The keys of the selected records."""
        return list(queryset.order_by("pk").values_list("pk", flat=True))

    def lead_of(self, keys: list[int]) -> str:
        """How many records are selected."""
        words = ngettext("You selected %(count)s record.", "You selected %(count)s records.", len(keys))
        return words % {"count": len(keys)}

    def _decide(self, request, queryset, review, button):
        keys, title = self.keys_of(queryset), f"{button}: {self.opts.verbose_name_plural}"

        def write(reason: str) -> Change:
            return self.set_review(self.model, keys, review, reason, request.user)

        return self.ask(
            request, ReasonForm(answers(request)), write, title, button=str(button), lead=self.lead_of(keys)
        )
