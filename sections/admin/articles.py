"""Article links: which paragraph bears on which article of the Convention, on what basis, and why."""

from django.contrib import admin

from sections.editing.review import set_review
from sections.models import ArticleLink, ConventionArticle, Review

from .base import CarefulAdmin
from .history import RowHistory
from .list_filters import LinkArticleFilter, LinkPartFilter


@admin.register(ArticleLink)
class ArticleLinkAdmin(RowHistory, CarefulAdmin):
    """Links of paragraphs to articles."""

    list_display = ["__str__", "subject", "basis", "confidence", "review", "reason"]
    list_filter = ["review", "basis", "confidence", LinkPartFilter, LinkArticleFilter]
    list_select_related = ["paragraph__report", "article__part"]
    search_fields = ["paragraph__number", "article__subject", "reason"]
    search_help_text = "Number of a paragraph, subject of an article, or words of the reason"
    autocomplete_fields = ["paragraph", "article"]
    fieldsets = [(None, {"fields": ["paragraph", "article", "basis", "confidence", "reason", "review"]})]
    actions = ["confirm", "reject"]

    def view_on_site(self, link):
        """The paragraph, where the link stands in the margin."""
        return link.paragraph.get_absolute_url()

    @admin.display(description="subject", ordering="article__number")
    def subject(self, link):
        return link.article.subject

    @admin.action(description="Confirm the chosen links", permissions=["change"])
    def confirm(self, request, queryset):
        self._decide(request, queryset, Review.CONFIRMED, "confirmed")

    @admin.action(description="Reject the chosen links", permissions=["change"])
    def reject(self, request, queryset):
        self._decide(request, queryset, Review.REJECTED, "rejected")

    def _decide(self, request, queryset, review, words):
        count = set_review(ArticleLink, queryset.values_list("pk", flat=True), review, user=request.user)
        self.say(request, f"{count} link{'' if count == 1 else 's'} {words}.")


@admin.register(ConventionArticle)
class ConventionArticleAdmin(admin.ModelAdmin):
    """Where the fields that look for an article find it; the Convention is not edited here."""

    search_fields = ["number", "subject"]
    ordering = ["number"]

    def get_search_results(self, request, queryset, search_term):
        """The article of a number first of all; else those whose subject holds the words."""
        if search_term.strip().isdigit():
            return queryset.filter(number=int(search_term.strip()[:6])), False
        return super().get_search_results(request, queryset, search_term)

    def has_module_permission(self, request):
        return False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
