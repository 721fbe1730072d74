"""Which changes a reader asks for: of an entry, an article or a paragraph, in a month, or since a day."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from sections.models import Change, ConventionArticle, Entry, Paragraph, Report
from sections.queries.changes import changes, touching

MONTH = re.compile(r"(\d{4})-(\d{2})")
MOST_NUMBER = 100_000
FIRST_YEAR = 2000


class MonthField(forms.CharField):
    """A month, such as 2026-11."""

    def clean(self, value: Any) -> date | None:
        value = super().clean(value)
        if not value:
            return None
        try:
            year, month = MONTH.fullmatch(value).groups()
            return date(int(year), int(month), 1)
        except (AttributeError, ValueError) as error:
            raise ValidationError(gettext("Write a month as year and number, for example 2026-11.")) from error


class ChangeFilter(forms.Form):
    """The filters of the record of changes. One that makes no sense is left out, and says why."""

    entry = forms.CharField(label=gettext_lazy("Institution, law or programme"), required=False, max_length=200)
    article = forms.IntegerField(
        label=gettext_lazy("Article of the Convention"), required=False, min_value=1, max_value=MOST_NUMBER
    )
    paragraph = forms.IntegerField(label=gettext_lazy("Paragraph"), required=False, min_value=1, max_value=MOST_NUMBER)
    month = MonthField(
        label=gettext_lazy("Month"),
        required=False,
        widget=forms.TextInput(attrs={"type": "month", "placeholder": "2026-11", "pattern": r"\d{4}-\d{2}"}),
    )
    since = forms.DateField(required=False, input_formats=["%Y-%m-%d"], widget=forms.HiddenInput)

    def __init__(self, data: Any, report: Report | None) -> None:
        super().__init__(data)
        self.report = report
        self.fields["entry"].widget.attrs.pop("maxlength", None)
        if self.is_valid() and (
            entry := self.cleaned_data["entry"]
        ):  # links name it by its address, people by its name
            self.data = self.data.copy()
            self.data["entry"] = entry.name

    def clean_entry(self) -> Entry | None:
        """The entry with that name, acronym or other name, or of that slug, with or without its type."""
        words = self.cleaned_data["entry"]
        if not words:
            return None
        type, _, slug = words.partition("/")
        named = Q(name__iexact=words) | Q(names__text__iexact=words)
        for condition in (Q(type=type, slug=slug), Q(slug=words), named):
            if entry := Entry.objects.filter(condition).order_by("type", "pk").first():
                return entry
        raise ValidationError(gettext("No entry has this name."))

    def clean_article(self) -> ConventionArticle | None:
        number = self.cleaned_data["article"]
        if number is None:
            return None
        if article := ConventionArticle.objects.filter(number=number).first():
            return article
        raise ValidationError(gettext("The Convention has no article with this number."))

    def clean_paragraph(self) -> Paragraph | None:
        number = self.cleaned_data["paragraph"]
        if number is None:
            return None
        if paragraph := Paragraph.objects.filter(report=self.report, number=number).select_related("report").first():
            return paragraph
        raise ValidationError(gettext("The report has no paragraph with this number."))

    def clean_since(self) -> date | None:
        """A day of this century: before it there is no change."""
        day = self.cleaned_data["since"]
        return max(day, date(FIRST_YEAR, 1, 1)) if day else None

    @property
    def narrows(self) -> bool:
        """Whether any filter is in use."""
        return any(self.cleaned_data.values())

    def chosen(self) -> QuerySet[Change]:
        """The changes that all filters let through, the newest first."""
        given = self.cleaned_data
        rows = changes()
        for name in ("entry", "article", "paragraph"):
            if record := given.get(name):
                rows = rows.filter(touching(record))
        begin, end = self.period()
        if begin:
            rows = rows.filter(when__gte=begin)
        return rows.filter(when__lt=end) if end else rows

    def period(self) -> tuple[datetime | None, datetime | None]:
        """From when and until when changes are asked for, each None where that is open."""
        month, since = self.cleaned_data.get("month"), self.cleaned_data.get("since")
        begins = [day for day in (month, since) if day]
        end = midnight((month + timedelta(days=31)).replace(day=1)) if month and month.year < 9999 else None
        return midnight(max(begins)) if begins else None, end

    def in_words(self) -> Iterator[tuple[str, str, str]]:
        """Name, label and value of each filter in use."""
        given = self.cleaned_data
        if entry := given.get("entry"):
            yield "entry", gettext("Entry"), entry.name
        if article := given.get("article"):
            yield "article", gettext("Article"), str(article.number)
        if paragraph := given.get("paragraph"):
            symbol = "" if self.report.is_default else f"{self.report.symbol}, "
            yield "paragraph", gettext("Paragraph"), f"{symbol}{paragraph.number}"
        if month := given.get("month"):
            yield "month", gettext("Month"), date_format(month, "F Y")
        if since := given.get("since"):
            yield "since", gettext("Since"), date_format(since, gettext("j F Y"))


def midnight(day: date) -> datetime:
    """The first moment of a day, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def first_of_last_month() -> date:
    """The first day of the month before this one."""
    this = timezone.now().date().replace(day=1)
    return (this - timedelta(days=1)).replace(day=1)
