"""Article links: which paragraph bears on which article of the Convention, on what basis, and why."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import pluralize

from sections.editing.review import set_review
from sections.models import ArticleLink, Review

from .base import AuditedAdmin
from .list_filters import LinkArticleFilter, LinkPartFilter


@admin.register(ArticleLink)
class ArticleLinkAdmin(AuditedAdmin):
    """Links of paragraphs to articles."""

    list_display = ["__str__", "subject", "basis", "confidence", "review", "reason"]
    list_filter = ["review", "basis", "confidence", LinkPartFilter, LinkArticleFilter]
    list_select_related = ["paragraph__report", "article__part"]
    search_fields = ["paragraph__number", "article__subject", "reason"]
    search_help_text = "Number of a paragraph, subject of an article, or words of the reason"
    autocomplete_fields = ["paragraph", "article"]
    fieldsets = [(None, {"fields": ["paragraph", "article", "basis", "confidence", "reason", "review"]})]
    actions = ["confirm", "reject"]

    def view_on_site(self, link: ArticleLink) -> str:
        """The address of the paragraph, whose margin shows the link."""
        return link.paragraph.get_absolute_url()

    @admin.display(description="subject", ordering="article__number")
    def subject(self, link: ArticleLink) -> str:
        return link.article.subject

    @admin.action(description="Confirm the selected links", permissions=["change"])
    def confirm(self, request: HttpRequest, queryset: QuerySet[ArticleLink]) -> None:
        self._decide(request, queryset, Review.CONFIRMED)

    @admin.action(description="Reject the selected links", permissions=["change"])
    def reject(self, request: HttpRequest, queryset: QuerySet[ArticleLink]) -> None:
        self._decide(request, queryset, Review.REJECTED)

    def _decide(self, request, queryset, review):
        count = set_review(ArticleLink, queryset.values_list("pk", flat=True), review, user=request.user)
        messages.success(request, f"{count} link{pluralize(count)} {review}.")
