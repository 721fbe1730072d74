"""What the lists of the desk can be narrowed by."""

from django.contrib import admin
from django.db.models import Exists, OuterRef

from sections.models import ArticleLink, ConventionArticle, ConventionPart, Mention, Name, Review
from sections.models.kinds import KINDS_BY_TYPE

COUNTS = {"0": "none", "1": "1", "2-4": "2 to 4", "5-9": "5 to 9", "10": "10 or more"}
RANGES = {"0": (0, 0), "1": (1, 1), "2-4": (2, 4), "5-9": (5, 9), "10": (10, None)}


class KindFilter(admin.SimpleListFilter):
    title, parameter_name = "kind", "kind"

    def lookups(self, request, model_admin):
        return list(KINDS_BY_TYPE[model_admin.model.TYPE].items())

    def queryset(self, request, queryset):
        return queryset.filter(kind=self.value()) if self.value() else queryset


class ReviewFilter(admin.SimpleListFilter):
    title, parameter_name = "review of its links", "review"

    def lookups(self, request, model_admin):
        return [("open", "some not yet reviewed"), ("done", "all reviewed"), ("rejected", "some rejected")]

    def queryset(self, request, queryset):
        links = Mention.objects.filter(entry=OuterRef("pk"))
        is_open = Exists(links.filter(review=Review.UNREVIEWED))
        if self.value() == "open":
            return queryset.filter(is_open)
        if self.value() == "done":
            return queryset.filter(Exists(links), ~is_open)
        if self.value() == "rejected":
            return queryset.filter(Exists(links.filter(review=Review.REJECTED)))
        return queryset


class PartFilter(admin.SimpleListFilter):
    title, parameter_name = "part of the Convention", "part"

    def lookups(self, request, model_admin):
        return [(str(part.number), str(part)) for part in ConventionPart.objects.all()]

    def queryset(self, request, queryset):
        if not (self.value() or "").isdigit():
            return queryset
        part = {"block__paragraph__section__convention_part__number": self.value()}
        return queryset.filter(Exists(Mention.objects.shown().filter(entry=OuterRef("pk"), **part)))


class ParagraphsFilter(admin.SimpleListFilter):
    title, parameter_name = "paragraphs that name it", "paragraphs"

    def lookups(self, request, model_admin):
        return list(COUNTS.items())

    def queryset(self, request, queryset):
        if self.value() not in RANGES:
            return queryset
        least, most = RANGES[self.value()]
        queryset = queryset.filter(paragraph_count__gte=least)
        return queryset if most is None else queryset.filter(paragraph_count__lte=most)


class SpanishFilter(admin.SimpleListFilter):
    title, parameter_name = "Spanish name", "spanish"

    def lookups(self, request, model_admin):
        return [("no", "none"), ("yes", "has one")]

    def queryset(self, request, queryset):
        spanish = Exists(Name.objects.filter(entry=OuterRef("pk"), language=Name.Language.SPANISH))
        if self.value() == "no":
            return queryset.filter(~spanish)
        return queryset.filter(spanish) if self.value() == "yes" else queryset


class LinkPartFilter(PartFilter):
    title = "part of the Convention"

    def queryset(self, request, queryset):
        return queryset.filter(article__part__number=self.value()) if (self.value() or "").isdigit() else queryset


class LinkArticleFilter(admin.SimpleListFilter):
    title, parameter_name = "article", "article"

    def lookups(self, request, model_admin):
        used = ConventionArticle.objects.filter(pk__in=ArticleLink.objects.values("article"))
        return [(str(article.number), f"{article.number} {article.subject}") for article in used]

    def queryset(self, request, queryset):
        return queryset.filter(article__number=self.value()) if (self.value() or "").isdigit() else queryset
