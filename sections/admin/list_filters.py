"""List filters of the desk."""

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from sections.models import ArticleLink, ConventionArticle, ConventionPart, Mention, Name, Review
from sections.models.kinds import KINDS_BY_TYPE

COUNTS = {
    "0": ("none", 0, 0),
    "1": ("1", 1, 1),
    "2-4": ("2 to 4", 2, 4),
    "5-9": ("5 to 9", 5, 9),
    "10": ("10 or more", 10, None),
}

Lookups = list[tuple[str, str]]


class OfferedFilter(admin.SimpleListFilter):
    """A list filter that ignores every value that it does not offer."""

    def value(self) -> str | None:
        value = super().value()
        return value if value in dict(self.lookup_choices) else None

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset if self.value() is None else self.narrowed(queryset, self.value())

    def narrowed(self, queryset: QuerySet, value: str) -> QuerySet:
        """The rows that have the value."""
        raise NotImplementedError


class KindFilter(OfferedFilter):
    title, parameter_name = "kind", "kind"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Lookups:
        return list(KINDS_BY_TYPE[model_admin.model.TYPE].items())

    def narrowed(self, queryset: QuerySet, value: str) -> QuerySet:
        return queryset.filter(kind=value)


class ReviewFilter(OfferedFilter):
    title, parameter_name = "review of its links", "review"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Lookups:
        return [("open", "some not yet reviewed"), ("done", "all reviewed"), ("rejected", "some rejected")]

    def narrowed(self, queryset: QuerySet, value: str) -> QuerySet:
        links = Mention.objects.filter(entry=OuterRef("pk"))
        is_open = Exists(links.filter(review=Review.UNREVIEWED))
        if value == "open":
            return queryset.filter(is_open)
        if value == "done":
            return queryset.filter(Exists(links), ~is_open)
        return queryset.filter(Exists(links.filter(review=Review.REJECTED)))


class PartFilter(OfferedFilter):
    title, parameter_name = "part of the Convention", "part"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Lookups:
        return [(str(part.number), str(part)) for part in ConventionPart.objects.all()]

    def narrowed(self, queryset: QuerySet, value: str) -> QuerySet:
        part = {"block__paragraph__section__convention_part__number": value}
        return queryset.filter(Exists(Mention.objects.shown().filter(entry=OuterRef("pk"), **part)))


class ParagraphsFilter(OfferedFilter):
    title, parameter_name = "paragraphs that name it", "paragraphs"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Lookups:
        return [(key, words) for key, (words, _, _) in COUNTS.items()]

    def narrowed(self, queryset: QuerySet, value: str) -> QuerySet:
        _, least, most = COUNTS[value]
        queryset = queryset.filter(paragraph_count__gte=least)
        return queryset if most is None else queryset.filter(paragraph_count__lte=most)


class SpanishFilter(OfferedFilter):
    title, parameter_name = "Spanish name", "spanish"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Lookups:
        return [("no", "none"), ("yes", "has one")]

    def narrowed(self, queryset: QuerySet, value: str) -> QuerySet:
        spanish = Exists(Name.objects.filter(entry=OuterRef("pk"), language=Name.Language.SPANISH))
        return queryset.filter(spanish if value == "yes" else ~spanish)


class LinkPartFilter(PartFilter):
    def narrowed(self, queryset: QuerySet, value: str) -> QuerySet:
        return queryset.filter(article__part__number=value)


class LinkArticleFilter(OfferedFilter):
    title, parameter_name = "article", "article"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Lookups:
        linked = ConventionArticle.objects.filter(pk__in=ArticleLink.objects.values("article"))
        return [(str(article.number), f"{article.number} {article.subject}") for article in linked]

    def narrowed(self, queryset: QuerySet, value: str) -> QuerySet:
        return queryset.filter(article__number=value)
