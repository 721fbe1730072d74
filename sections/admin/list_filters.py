"""List filters of the desk."""

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sections.models import ArticleLink, ConventionArticle, ConventionPart, Entry, Mention, Name, Paragraph, Review
from sections.models.kinds import KINDS_BY_TYPE
from sections.text.whole_numbers import MOST, whole_number

LINKS = Mention.objects.filter(entry=OuterRef("pk"))
UNREVIEWED = Exists(LINKS.filter(review=Review.UNREVIEWED))
SPANISH = Exists(Name.objects.filter(entry=OuterRef("pk"), language=Name.Language.SPANISH))

Options = dict[str, tuple[str, Q | Exists]]


class OfferedFilter(admin.SimpleListFilter):
    """A list filter that ignores every value that it does not offer.

    `options` holds for each value its words and the condition on the rows.
    """

    options: Options

    def get_options(self, model_admin: ModelAdmin) -> Options:
        """The values offered in this list."""
        return self.options

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        self.options = self.get_options(model_admin)
        return [(value, words) for value, (words, _) in self.options.items()]

    def value(self) -> str | None:
        value = super().value()
        return value if value in self.options else None

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset if self.value() is None else queryset.filter(self.options[self.value()][1])


class KindFilter(OfferedFilter):
    title, parameter_name = _("kind"), "kind"

    def get_options(self, model_admin: ModelAdmin) -> Options:
        return {kind: (words, Q(kind=kind)) for kind, words in KINDS_BY_TYPE[model_admin.model.TYPE].items()}


class ReviewFilter(OfferedFilter):
    title, parameter_name = _("review of its links"), "review"
    options = {
        "open": (_("some not yet reviewed"), UNREVIEWED),
        "done": (_("all reviewed"), Exists(LINKS) & ~UNREVIEWED),
        "rejected": (_("some rejected"), Exists(LINKS.filter(review=Review.REJECTED))),
    }


class PartFilter(OfferedFilter):
    """The part of the Convention under which the report names an entry."""

    title, parameter_name = _("part of the Convention"), "part"

    def get_options(self, model_admin: ModelAdmin) -> Options:
        shown = Mention.objects.shown().filter(entry=OuterRef("pk"))
        return {
            str(part.number): (str(part), Exists(shown.filter(block__paragraph__section__convention_part=part)))
            for part in ConventionPart.objects.all()
        }


class ParagraphsFilter(OfferedFilter):
    title, parameter_name = _("paragraphs that name it"), "paragraphs"
    options = {
        "0": (_("none"), Q(paragraph_count=0)),
        "1": ("1", Q(paragraph_count=1)),
        "2-4": (_("2 to 4"), Q(paragraph_count__range=(2, 4))),
        "5-9": (_("5 to 9"), Q(paragraph_count__range=(5, 9))),
        "10": (_("10 or more"), Q(paragraph_count__gte=10)),
    }


class SpanishFilter(OfferedFilter):
    title, parameter_name = _("Spanish name"), "spanish"
    options = {"no": (_("none"), ~SPANISH), "yes": (_("has one"), SPANISH)}


class LinkPartFilter(OfferedFilter):
    """The part of the Convention to which a link leads."""

    title, parameter_name = _("part of the Convention"), "part"

    def get_options(self, model_admin: ModelAdmin) -> Options:
        return {str(part.number): (str(part), Q(article__part=part)) for part in ConventionPart.objects.all()}


class LinkArticleFilter(OfferedFilter):
    title, parameter_name = _("article"), "article"

    def get_options(self, model_admin: ModelAdmin) -> Options:
        linked = ConventionArticle.objects.filter(pk__in=ArticleLink.objects.values("article"))
        return {str(row.number): (f"{row.number} {row.translated('subject')}", Q(article=row)) for row in linked}


class ChosenFilter(admin.SimpleListFilter):
    """A list filter by one record, to which other pages lead; it offers none itself, so that it stays short."""

    path: str  # from a row of the list to the record
    record_model: type[Model]

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        key = whole_number(request.GET.get(self.parameter_name, ""), MOST)
        return [(str(row.pk), str(row)) for row in self.record_model.objects.filter(pk=key or 0)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        key = whole_number(self.value() or "", MOST)
        return queryset if key is None else queryset.filter(**{self.path: key})


class ParagraphFilter(ChosenFilter):
    title, parameter_name, path, record_model = _("paragraph"), "paragraph", "paragraph", Paragraph


class MentionParagraphFilter(ParagraphFilter):
    path = "block__paragraph"


class MentionEntryFilter(ChosenFilter):
    title, parameter_name, path, record_model = _("entry"), "entry", "entry", Entry


class MentionTypeFilter(OfferedFilter):
    title, parameter_name = _("register"), "type"

    def get_options(self, model_admin: ModelAdmin) -> Options:
        return {type: (words, Q(entry__type=type)) for type, words in Entry.Type.choices}
