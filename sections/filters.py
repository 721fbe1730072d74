"""Requests for part of a list: how registers, figures and the matrix, and the lists of the API, can be narrowed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from string import ascii_uppercase
from typing import Any

import django_filters
from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field

from .models import ArticleLink, Block, ConventionArticle, ConventionPart, Entry, Mention, Paragraph, Report, Section
from .models.kinds import FIGURE_KINDS, KINDS_BY_TYPE
from .presenters.registers import REGISTERS
from .queries import figures
from .queries.collation import OTHER, initial
from .queries.cooccurrence import MatrixRequest
from .queries.entries import matching
from .queries.entry_names import shown_name
from .text.whole_numbers import whole_number

LETTERS = [*ascii_uppercase, OTHER]
ORDERS = [("name", _("name")), ("paragraphs", _("number of paragraphs")), ("kind", pgettext_lazy("order", "kind"))]
FIGURE_ORDERS = [("paragraph", pgettext_lazy("order", "paragraph")), ("value", _("value, the greatest first"))]
FIGURE_PLACES = [("text", _("in the text")), ("table", _("in a table"))]


class NumberFilter(django_filters.NumberFilter):
    """A whole number from 1, such as that of a paragraph, a reply or an article."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, max_value: int = 100_000, **kwargs: Any) -> None:
        super().__init__(*args, min_value=1, max_value=max_value, **kwargs)
        described(self, {"type": "integer", "minimum": 1, "maximum": max_value})


class TextFilter(django_filters.CharFilter):
    """Words without the character NUL, which no database keeps."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        described(self, {"type": "string", "pattern": r"^[^\x00]*$"})


class ChoiceFilter(django_filters.ChoiceFilter):
    """A choice, whose values the schema of the API lists; an empty value, as forms send it, chooses nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        described(self, {"type": "string", "enum": ["", *(key for key, _ in kwargs.get("choices", ()))]})


def described(filter: django_filters.Filter, schema: dict[str, Any]) -> None:
    """Says in the schema of the API which values a filter takes, and what it is for."""
    words = {"description": filter.extra["help_text"]} if "help_text" in filter.extra else {}
    extend_schema_field(schema | words)(filter)


class ConventionChoiceField(django_filters.fields.ModelChoiceField):
    """A choice among parts or articles of the Convention, shown by number and title."""

    def label_from_instance(self, row: ConventionPart | ConventionArticle) -> str:
        if isinstance(row, ConventionPart):
            return f"{row.roman} – {row.translated('title')}"
        return f"{row.number} – {row.translated('subject')}"


class ConventionFilter(django_filters.ModelChoiceFilter):
    """A choice among those parts or articles of the Convention that the set of filters offers."""

    field_class = ConventionChoiceField

    def __init__(self, model: type[ConventionPart | ConventionArticle], **kwargs: Any) -> None:
        super().__init__(queryset=model.objects.none(), to_field_name="number", **kwargs)


def text_filter(label: str, **more: Any) -> TextFilter:
    """A search field of at most 200 characters; the method `_with_text` applies it."""
    return TextFilter(
        **more,
        label=label,
        method="_with_text",
        validators=[MaxLengthValidator(200)],
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 200, "autocomplete": "off"}),
    )


class KnownFilter(django_filters.FilterSet):
    """Filters whose values must name something that exists: one that does not is an error of the form."""

    @property
    def form(self) -> forms.Form:
        """The form, with what `unknown` says of its values among its errors."""
        is_new, form = not hasattr(self, "_form"), super().form
        if is_new and form.is_bound:
            form.full_clean()
            asked = {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
            for name, sentence in list(self.unknown(asked)):
                form.add_error(name, sentence)
        return form

    def unknown(self, asked: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """Name and a sentence for each of the values that names nothing."""
        return ()


class ListFilter(KnownFilter):
    """A list that readers filter and sort."""

    @property
    def asked(self) -> dict[str, Any]:
        """What the request asks, by the names of the filters, and whether that `narrows` the list.

        An empty value asks for nothing, as does a value that makes no sense.
        """
        self.form.is_valid()
        asked = {name: self.form.cleaned_data.get(name) or "" for name in self.filters}
        sort = asked.pop("sort") or self.form.fields["sort"].choices[0][0]
        return {**asked, "sort": sort, "narrows": any(asked.values())}

    def in_words(self) -> list[tuple[str, str]]:
        """Label and value of each filter that is in use, and of the order, as readers see them."""
        self.form.is_valid()
        rows = []
        for name, value in self.form.cleaned_data.items():
            field = self.form.fields[name]
            if value and isinstance(field, forms.ChoiceField) and isinstance(value, str):
                value = dict(field.choices)[value]
            if value:
                rows.append((str(field.label), str(value)))
        return rows


class RegisterFilter(ListFilter):
    """Entries of one register by kind, part and article of the Convention, letter and text of any name."""

    text = text_filter(_("Name or acronym"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), empty_label=_("All kinds"))
    part = ConventionFilter(
        ConventionPart, label=_("Under a heading for"), empty_label=_("All parts"), method="_under_part"
    )
    article = ConventionFilter(
        ConventionArticle, label=_("Article of the Convention"), empty_label=_("All articles"), method="_on_article"
    )
    letter = django_filters.ChoiceFilter(
        label=_("Letter"), choices=[(letter, letter) for letter in LETTERS], method="_under_letter"
    )
    sort = django_filters.ChoiceFilter(
        label=_("Order"), choices=ORDERS, empty_label=None, method=lambda rows, name, value: rows
    )

    def __init__(self, type: str, report: Report | None, data: QueryDict, queryset: QuerySet[Entry]) -> None:
        self.type, self.report = type, report
        super().__init__(data, queryset=queryset)
        self.filters["kind"].extra["choices"] = list(KINDS_BY_TYPE[type].items())
        self.filters["part"].queryset = ConventionPart.objects.filter(
            pk__in=Section.objects.filter(report=report).values("convention_part")
        )
        self.filters["article"].queryset = ConventionArticle.objects.filter(
            pk__in=ArticleLink.objects.shown().filter(paragraph__report=report).values("article")
        )

    def without(self, left_out: str) -> QuerySet[Entry]:
        """The entries that all filters but one let through."""
        rows = Entry.objects.filter(type=self.type)
        self.form.is_valid()
        for name, value in self.form.cleaned_data.items():
            if name != left_out:
                rows = self.filters[name].filter(rows, value)
        return rows

    def letters(self) -> list[tuple[str, bool]]:
        """Each letter of the register's index, and whether any entry would be listed under it."""
        used = {initial(shown_name(self.report, entry).text) for entry in self.without("letter")}
        return [(letter, letter in used) for letter in LETTERS]

    def kinds(self) -> list[tuple[str, str, int]]:
        """Key, words and number of entries of each kind that has any, and of the chosen kind."""
        counts = Counter(self.without("kind").values_list("kind", flat=True))
        chosen = self.asked["kind"]
        kinds = KINDS_BY_TYPE[self.type].items()
        return [(key, words, counts[key]) for key, words in kinds if counts[key] or key == chosen]

    @cached_property
    def _matching(self):
        """Keys of the entries with a name that contains the words; list, letters and kinds share them."""
        return matching(self.type, self.form.cleaned_data["text"])

    def _with_text(self, rows, name, text):
        return rows.filter(pk__in=self._matching)

    def _under_part(self, rows, name, part):
        return self._named_in(rows, block__paragraph__section__convention_part=part)

    def _on_article(self, rows, name, article):
        links = ArticleLink.objects.shown().filter(article=article)
        return self._named_in(rows, block__paragraph__in=links.values("paragraph"))

    def _under_letter(self, rows, name, letter):
        entries = rows.prefetch_related(None)  # their other names are not needed
        under = [entry.pk for entry in entries if initial(shown_name(self.report, entry).text) == letter]
        return rows.filter(pk__in=under)

    def _named_in(self, rows, **where):
        mentions = Mention.objects.shown().filter(block__paragraph__report=self.report, **where)
        return rows.filter(pk__in=mentions.values("entry"))


class FigureFilter(ListFilter):
    """Figures of a report by words, kind, year, place in text or table, and paragraph; on its page and in the API."""

    text = text_filter(_("Search figures"), help_text="Only figures with these words or this number.")
    kind = ChoiceFilter(
        label=_("Kind"),
        empty_label=_("All kinds"),
        choices=list(FIGURE_KINDS.items()),
        help_text="Only figures of this kind.",
    )
    year = NumberFilter(
        label=_("Year"),
        method="_of_year",
        max_value=9999,
        widget=forms.Select,
        help_text="Only figures of this year, or of a period that includes it.",
    )
    standing = ChoiceFilter(
        label=_("Where"),
        choices=FIGURE_PLACES,
        empty_label=_("Anywhere"),
        method="_in_place",
        help_text="Only figures in the text, or only those in tables.",
    )
    paragraph = NumberFilter(
        "block__paragraph__number", label=_("Paragraph"), help_text="Only figures of this paragraph."
    )
    sort = ChoiceFilter(
        label=_("Order"),
        choices=FIGURE_ORDERS,
        empty_label=None,
        method="_in_order",
        help_text="In reading order, or the greatest value first.",
    )

    def unknown(self, asked: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """A paragraph that the report does not have."""
        number, reports = asked.get("paragraph"), self.queryset.order_by().values("block__paragraph__report")
        paragraphs = Paragraph.objects.filter(number=number)
        if reports.exists():  # a report without figures cannot be told by them
            paragraphs = paragraphs.filter(report__in=reports)
        if number and not paragraphs.exists():
            yield "paragraph", gettext("The report has no paragraph %(number)s.") % {"number": number}

    def offer_held_choices(self) -> None:
        """Leaves in the lists of the form only the kinds and years of the report's figures, and those asked for."""
        asked, fields = self.asked, self.form.fields
        kinds = {*self.queryset.order_by().values_list("kind", flat=True), asked["kind"], ""}
        fields["kind"].widget.choices = [choice for choice in fields["kind"].widget.choices if choice[0] in kinds]
        years = sorted({*figures.years(self.queryset), *filter(None, [asked["year"]])}, reverse=True)
        fields["year"].widget.choices = [("", _("All years")), *((year, str(year)) for year in years)]

    def _with_text(self, rows, name, text):
        return rows.filter(pk__in=figures.matching(self.queryset, text))

    def _of_year(self, rows, name, year):
        return rows.filter(first_year__lte=year, last_year__gte=year)

    def _in_place(self, rows, name, place):
        in_table = {"block__kind": Block.Kind.TABLE}
        return rows.filter(**in_table) if place == "table" else rows.exclude(**in_table)

    def _in_order(self, rows, name, sort):
        """The greatest value first if that is asked; else as they come, in reading order."""
        place = ("block__paragraph__number", "block__position", "start")
        return rows.order_by("-value", *place) if sort == "value" else rows


def matrix_request(data: QueryDict, parts: Iterable[ConventionPart]) -> MatrixRequest:
    """What the query string asks of the matrix; values that make no sense are left out."""
    types = {register.page: register.type for register in REGISTERS.values()}
    type = types.get(data.get("with"), "institution")
    kind = data.get("kind", "")
    part = whole_number(data.get("part", ""))
    return MatrixRequest(
        type=type,
        kind=kind if kind in KINDS_BY_TYPE[type] else "",
        part=part if part in {row.number for row in parts} else None,
        first=whole_number(data.get("first", "")) or 0,
    )
