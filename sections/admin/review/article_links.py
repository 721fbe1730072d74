"""Article links: which paragraph bears on which article of the Convention, on what basis, and why."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from sections.editing.article_links import edit_links, remove_links
from sections.models import ArticleLink, Basis, Change, Confidence

from ..base import AuditedAdmin
from ..bulk import answers
from ..fields import ReasonForm
from ..list_filters import LinkArticleFilter, LinkPartFilter, ParagraphFilter
from .actions import ReviewActions

AS_IT_IS = ("", _("leave as it is"))


class EditLinksForm(ReasonForm):
    """What several links get; a field that is left empty stays as it is in each."""

    confidence = forms.ChoiceField(label=_("Confidence"), choices=[AS_IT_IS, *Confidence.choices], required=False)
    basis = forms.ChoiceField(label=_("Basis"), choices=[AS_IT_IS, *Basis.choices], required=False)
    link_reason = forms.CharField(
        label=_("Why the paragraphs bear on the article"),
        max_length=300,
        required=False,
        help_text=_("One sentence that readers see at each of the links. Leave it empty to keep what each says."),
    )
    field_order = ["confidence", "basis", "link_reason", "reason"]
    needs_choice = True

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not self.errors and not (given["confidence"] or given["basis"] or given["link_reason"]):
            raise ValidationError(_("Choose what to change: the confidence, the basis or the reason."))
        return given


@admin.register(ArticleLink)
class ArticleLinkAdmin(ReviewActions, AuditedAdmin):
    """Links of paragraphs to articles."""

    list_display = ["__str__", "subject", "basis", "confidence", "review", "reason"]
    list_filter = ["review", "basis", "confidence", LinkPartFilter, LinkArticleFilter, ParagraphFilter]
    list_select_related = ["paragraph__report", "article__part"]
    search_fields = ["paragraph__number", "article__subject", "reason"]
    search_help_text = _("Number of a paragraph, caption of an article, or words of the reason")
    autocomplete_fields = ["paragraph", "article"]
    fieldsets = [(None, {"fields": ["paragraph", "article", "basis", "confidence", "reason", "review"]})]
    actions = ["confirm", "reject", "reset", "edit_selected", "remove_selected"]

    def view_on_site(self, link: ArticleLink) -> str:
        """The address of the paragraph, whose margin shows the link."""
        return link.paragraph.get_absolute_url()

    @admin.display(description=_("caption"), ordering="article__number")
    def subject(self, link: ArticleLink) -> str:
        return link.article.translated("subject")

    @admin.action(description=_("Change confidence, basis or reason of the selected links"), permissions=["change"])
    def edit_selected(self, request: HttpRequest, queryset: QuerySet[ArticleLink]) -> HttpResponse | None:
        keys = self.keys_of(queryset)

        def write(confidence: str, basis: str, link_reason: str, reason: str) -> Change:
            values = {"confidence": confidence, "basis": basis, "reason": link_reason}
            return edit_links(keys, values, reason, request.user)

        return self.ask(request, EditLinksForm(answers(request)), write, _("Change links"), lead=self.lead_of(keys))

    @admin.action(description=_("Remove the selected links"), permissions=["delete"])
    def remove_selected(self, request: HttpRequest, queryset: QuerySet[ArticleLink]) -> HttpResponse | None:
        keys = self.keys_of(queryset)

        def write(reason: str) -> Change:
            return remove_links(keys, reason, request.user)

        return self.ask(request, ReasonForm(answers(request)), write, _("Remove links"), lead=self.lead_of(keys))
