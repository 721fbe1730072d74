"""Decisions on several links of a list at once; each asks first."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sections.editing.review import decided
from sections.models import ArticleLink, Change, Mention, Review

from .bulk import AskingActions, answers
from .fields import ReasonForm

Links = QuerySet[Mention] | QuerySet[ArticleLink]


class ReviewActions(AskingActions):
    """Mixin of a ModelAdmin for links: confirm, reject, set to not yet reviewed."""

    @admin.action(description=_("Confirm the selected links"), permissions=["change"])
    def confirm(self, request: HttpRequest, queryset: Links) -> HttpResponse | None:
        return self._decide(request, queryset, Review.CONFIRMED, _("Confirm links"))

    @admin.action(description=_("Reject the selected links"), permissions=["change"])
    def reject(self, request: HttpRequest, queryset: Links) -> HttpResponse | None:
        return self._decide(request, queryset, Review.REJECTED, _("Reject links"))

    @admin.action(description=_("Set the selected links to “not yet reviewed”"), permissions=["change"])
    def reset(self, request: HttpRequest, queryset: Links) -> HttpResponse | None:
        return self._decide(request, queryset, Review.UNREVIEWED, _("Set to “not yet reviewed”"))

    def keys_of(self, queryset: Links) -> list[int]:
        """The keys of the selected links."""
        return list(queryset.order_by("pk").values_list("pk", flat=True))

    def lead_of(self, keys: list[int]) -> str:
        """How many links are selected."""
        return ngettext("You selected %(count)s link.", "You selected %(count)s links.", len(keys)) % {
            "count": len(keys)
        }

    def _decide(self, request, queryset, review, title):
        keys = self.keys_of(queryset)

        def write(reason: str) -> Change:
            return decided(self.model, keys, review, reason, request.user)

        return self.ask(request, ReasonForm(answers(request)), write, title, lead=self.lead_of(keys))
