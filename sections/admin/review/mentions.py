"""Links of words to entries, as a list: found by their words, entry or paragraph, and decided on together."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sections.markup import marked
from sections.models import Mention
from sections.text.snippet import around
from sections.text.whole_numbers import whole_number

from ..base import LookupAdmin, SelectedByNumber
from ..list_filters import MentionEntryFilter, MentionParagraphFilter, MentionTypeFilter
from .actions import ReviewActions


def review_address(key: int) -> str:
    """Where the review desk shows the link of this key."""
    return reverse("review", query={"item": f"m{key}"})


class LinksToReview(ChangeList):
    """A list whose rows lead to the review desk."""

    def url_for_result(self, result: Mention) -> str:
        return review_address(result.pk)


@admin.register(Mention)
class MentionAdmin(ReviewActions, SelectedByNumber, LookupAdmin):
    """Each link with the words around it. One by one they are reviewed at the review desk."""

    list_display = ["place", "words", "entry", "basis", "review"]
    list_filter = ["review", "basis", MentionTypeFilter, MentionEntryFilter, MentionParagraphFilter]
    list_select_related = ["block__paragraph__report", "entry"]
    list_per_page = 50
    ordering = ["block__paragraph__report", "block__paragraph__number", "block__position", "start"]
    search_fields = ["surface", "entry__name", "block__paragraph__number"]
    search_help_text = _("Words of the link, name of the entry, or number of a paragraph")
    actions = ["confirm", "reject", "reset"]

    class Media:
        css = {"all": ["css/admin-desk.css", "css/admin-ask.css"]}

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Mention | None = None) -> bool:
        return request.user.has_perm("sections.change_mention")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return LinksToReview

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Leads to the review desk, where a link is decided on."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        return redirect(review_address(whole_number(object_id) or 0))

    history_view = change_view

    @admin.display(description=_("paragraph"), ordering="block__paragraph__number")
    def place(self, mention: Mention) -> str:
        paragraph = mention.block.paragraph
        return f"{paragraph.number} ({paragraph.report.symbol})"

    @admin.display(description=_("words"), ordering="surface")
    def words(self, mention: Mention) -> str:
        shown = around(mention.block.text, mention.start, mention.end)
        return marked(shown.text, highlights=shown.spans)
