"""What the registers can be narrowed by, and how they are sorted."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from drf_spectacular.utils import extend_schema_field

from .models import ArticleLink, Block, ConventionArticle, ConventionPart, Entry, Figure, Mention, Report, Section
from .models.captions import said
from .models.kinds import KINDS_BY_TYPE
from .queries import figures
from .queries.entries import initial, matching

LETTERS = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "#"]
ORDERS = {"name": _("name"), "paragraphs": _("number of paragraphs")}
FIGURE_ORDERS = {"paragraph": pgettext_lazy("order", "paragraph"), "value": _("value, the greatest first")}
FIGURE_KINDS = Figure._meta.get_field("kind").choices
STANDING = {"text": _("in the text"), "table": _("in a table")}


class NumberFilter(django_filters.NumberFilter):
    """A whole number from 1, such as that of a paragraph, a reply or an article."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, max_value: int = 100_000, **kwargs: Any) -> None:
        super().__init__(*args, min_value=1, max_value=max_value, **kwargs)
        extend_schema_field({"type": "integer", "minimum": 1, "maximum": max_value})(self)


@extend_schema_field({"type": "string", "pattern": r"^[^\x00]*$"})
class TextFilter(django_filters.CharFilter):
    """Words without the character NUL, which no database keeps."""


@dataclass(frozen=True, slots=True)
class RegisterQuestion:
    """What a reader asks of a register, as far as it makes sense; an empty value asks for nothing."""

    kind: str = ""
    part: ConventionPart | None = None
    article: ConventionArticle | None = None
    letter: str = ""
    text: str = ""
    sort: str = "name"

    @property
    def narrows(self) -> bool:
        """Whether the question leaves anything out."""
        return any((self.kind, self.part, self.article, self.letter, self.text))


class ArticleChoice(django_filters.fields.ModelChoiceField):
    def label_from_instance(self, article):
        return f"{article.number} – {said(article.subject)}"


class PartChoice(django_filters.fields.ModelChoiceField):
    def label_from_instance(self, part):
        return f"{part.roman} – {said(part.title)}"


class ArticleFilter(django_filters.ModelChoiceFilter):
    field_class = ArticleChoice


class PartFilter(django_filters.ModelChoiceFilter):
    field_class = PartChoice


class RegisterFilter(django_filters.FilterSet):
    """Entries of one register by kind, part and article of the Convention, letter and text of any name."""

    text = django_filters.CharFilter(
        label=_("Name or acronym"),
        method="with_text",
        validators=[MaxLengthValidator(200)],
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 200, "autocomplete": "off"}),
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), empty_label=_("All kinds"))
    part = PartFilter(
        label=_("Part of the Convention"),
        queryset=ConventionPart.objects.none(),
        to_field_name="number",
        empty_label=_("All parts"),
        method="under_part",
    )
    article = ArticleFilter(
        label=_("Article of the Convention"),
        queryset=ConventionArticle.objects.none(),
        to_field_name="number",
        empty_label=_("All articles"),
        method="beside_article",
    )
    letter = django_filters.ChoiceFilter(choices=[(letter, letter) for letter in LETTERS], method="under_letter")
    sort = django_filters.ChoiceFilter(
        label=_("Sort by"), choices=list(ORDERS.items()), empty_label=None, method="leave_the_order"
    )

    class Meta:
        model = Entry
        fields = []

    def __init__(self, type: str, report: Report | None, *args, **kwargs):
        self.type, self.report = type, report
        self._found = None  # the text last looked for, and what it found: one look serves list, letters and kinds
        super().__init__(*args, **kwargs)
        self.filters["kind"].extra["choices"] = list(KINDS_BY_TYPE[type].items())
        self.filters["part"].queryset = ConventionPart.objects.filter(
            pk__in=Section.objects.filter(report=report).values("convention_part")
        )
        self.filters["article"].queryset = ConventionArticle.objects.filter(
            pk__in=ArticleLink.objects.shown().filter(paragraph__report=report).values("article")
        )

    @property
    def question(self) -> RegisterQuestion:
        """The request as one frozen object; what makes no sense in it is left out."""
        self.form.is_valid()
        return RegisterQuestion(**{name: value for name, value in self.form.cleaned_data.items() if value})

    def without(self, left_out: str):
        """Queryset of the entries that all filters but one let through."""
        rows = Entry.objects.filter(type=self.type)
        self.form.is_valid()
        for name, value in self.form.cleaned_data.items():
            if name != left_out:
                rows = self.filters[name].filter(rows, value)
        return rows

    def letters(self) -> list[tuple[str, bool]]:
        """Each letter of the register's index, and whether it would show anything."""
        used = {initial(name) for name in self.without("letter").values_list("name", flat=True)}
        return [(letter, letter in used) for letter in LETTERS]

    def kinds(self) -> list[tuple[str, str, int]]:
        """Key, words and number of entries of each kind that would show anything, or that is chosen."""
        counts = Counter(self.without("kind").values_list("kind", flat=True))
        chosen = self.question.kind
        kinds = KINDS_BY_TYPE[self.type].items()
        return [(key, words, counts[key]) for key, words in kinds if counts[key] or key == chosen]

    def with_text(self, rows, name, text):
        if self._found is None or self._found[0] != text:
            self._found = text, matching(self.type, text)
        return rows.filter(pk__in=self._found[1])

    def under_part(self, rows, name, part):
        return self._named_in(rows, block__paragraph__section__convention_part=part)

    def beside_article(self, rows, name, article):
        links = ArticleLink.objects.shown().filter(article=article)
        return self._named_in(rows, block__paragraph__in=links.values("paragraph"))

    def under_letter(self, rows, name, letter):
        names = rows.values_list("pk", "name")
        return rows.filter(pk__in=[key for key, name in names if initial(name) == letter])

    def leave_the_order(self, rows, name, value):
        return rows

    def _named_in(self, rows, **where):
        mentions = Mention.objects.shown().filter(block__paragraph__report=self.report, **where)
        return rows.filter(pk__in=mentions.values("entry"))


@dataclass(frozen=True, slots=True)
class FigureQuestion:
    """What a reader asks of the figures, as far as it makes sense; an empty value asks for nothing."""

    text: str = ""
    kind: str = ""
    year: int | None = None
    standing: str = ""
    paragraph: int | None = None
    sort: str = "paragraph"

    @property
    def narrows(self) -> bool:
        """Whether the question leaves anything out."""
        return any((self.text, self.kind, self.year, self.standing, self.paragraph))

    @property
    def kind_words(self) -> str:
        """The kind asked for, in words."""
        return dict(FIGURE_KINDS).get(self.kind, "")


class FigureFilter(django_filters.FilterSet):
    """Figures of a report by words, kind, year, place in text or table, and paragraph; on its page and in the API."""

    text = TextFilter(
        label=_("What of, unit or number"),
        method="with_text",
        validators=[MaxLengthValidator(200)],
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 200, "autocomplete": "off"}),
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), empty_label=_("All kinds"), choices=FIGURE_KINDS)
    year = NumberFilter(label=_("Year"), method="of_year", max_value=9999, widget=forms.Select)
    standing = django_filters.ChoiceFilter(
        label=_("Stands"), choices=list(STANDING.items()), empty_label=_("Anywhere"), method="standing_in"
    )
    paragraph = NumberFilter("block__paragraph__number", label=_("Paragraph"))
    sort = django_filters.ChoiceFilter(
        label=_("Sort by"), choices=list(FIGURE_ORDERS.items()), empty_label=None, method="in_order"
    )

    class Meta:
        model = Figure
        fields = []

    def __init__(self, report: Report, *args: Any, **kwargs: Any) -> None:
        self.report = report
        super().__init__(*args, **{"queryset": figures.figures(report), **kwargs})

    @property
    def question(self) -> FigureQuestion:
        """The request as one frozen object; what makes no sense in it is left out."""
        self.form.is_valid()
        return FigureQuestion(**{name: value for name, value in self.form.cleaned_data.items() if value})

    def offer_what_is_held(self) -> None:
        """Leaves in the lists of the form only the kinds and years of the report's figures, and those asked for."""
        question, fields = self.question, self.form.fields
        kinds = {*self.queryset.order_by().values_list("kind", flat=True), question.kind, ""}
        fields["kind"].widget.choices = [choice for choice in fields["kind"].widget.choices if choice[0] in kinds]
        years = sorted({*figures.years(self.report), *filter(None, [question.year])}, reverse=True)
        fields["year"].widget.choices = [("", _("All years")), *((year, str(year)) for year in years)]

    def with_text(self, rows: QuerySet, name: str, text: str) -> QuerySet:
        return rows.filter(pk__in=figures.matching(self.report, text))

    def of_year(self, rows: QuerySet, name: str, year: int) -> QuerySet:
        return rows.filter(first_year__lte=year, last_year__gte=year)

    def standing_in(self, rows: QuerySet, name: str, standing: str) -> QuerySet:
        in_table = {"block__kind": Block.Kind.TABLE}
        return rows.filter(**in_table) if standing == "table" else rows.exclude(**in_table)

    def in_order(self, rows: QuerySet, name: str, sort: str) -> QuerySet:
        return figures.in_order(rows, sort)
