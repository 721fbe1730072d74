"""The rows on the page of an entry: its other names, its short forms, its relations."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Field
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.text import capfirst

from sections.models import Name, Paragraph, Relation, Report, ShortForm
from sections.models.entries import same_name
from sections.text.fold import fold

from .fields import LookupFields, NumbersField
from .refusals import CheckedRows


class LabelledFormSet(BaseInlineFormSet):
    """Rows whose fields are named for screen readers, and which are validated only if they were changed."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """Adds the key and the box that deletes the row, and names every field by its column."""
        super().add_fields(form, index)
        form.empty_permitted = True
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if not widget.is_hidden:
                label = "Delete this row" if name == "DELETE" else field.label or name.replace("_", " ")
                widget.attrs.setdefault("aria-label", capfirst(label))

    def clean(self) -> None:
        """Refuses duplicate rows; a row that was not changed counts with the values it has."""
        for form in self.initial_forms:
            if not form.has_changed():
                form.cleaned_data = dict(form.initial)
        super().clean()


class Rows(CheckedRows, LookupFields):
    """Mixin of an inline with labelled rows."""

    formset = LabelledFormSet


class NameForm(forms.ModelForm):
    class Meta:
        help_texts = {
            "text": "The report is searched for it as soon as it is saved.",
            "in_report": "Clear this for a name from another source, such as an official Spanish name.",
        }


class ShortFormForm(forms.ModelForm):
    """A short form, with the paragraphs in which it means the entry."""

    paragraphs = NumbersField(
        help_text="Numbers of the paragraphs where it means this entry: 12, 14–16.",
        widget=forms.TextInput(attrs={"size": 24}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuses numbers of paragraphs that the report does not have."""
        cleaned = super().clean()
        report, numbers = cleaned.get("report"), cleaned.get("paragraphs")
        if report and numbers:
            known = Paragraph.objects.filter(report=report, number__in=numbers).values_list("number", flat=True)
            if missing := sorted(set(numbers) - set(known)):
                self.add_error("paragraphs", f"{report.symbol} has no paragraph {', '.join(map(str, missing))}.")
        return cleaned


class NameFormSet(LabelledFormSet):
    """Refuses names that differ from one another only in what `fold` ignores."""

    def clean(self) -> None:
        super().clean()
        texts: dict[tuple[str, str], str] = {}
        for form in self.forms:
            row = form.cleaned_data if form.is_valid() else {}
            if not row.get("text") or row.get("DELETE"):
                continue
            other = texts.setdefault((row["language"], fold(row["text"])), row["text"])
            if other is not row["text"]:
                form.add_error("text", same_name(row["text"], other))


class NameInline(Rows, admin.TabularInline):
    model = Name
    form = NameForm
    formset = NameFormSet
    fields = ["text", "language", "form", "in_report"]
    extra = 1
    verbose_name = "other name"
    verbose_name_plural = "Other names: each means this entry wherever the report uses it"


class ShortFormInline(Rows, admin.TabularInline):
    model = ShortForm
    form = ShortFormForm
    fields = ["report", "text", "paragraphs", "rule"]
    extra = 1
    verbose_name_plural = "Short forms: each means this entry in certain paragraphs only"

    def formfield_for_foreignkey(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        """The field; a new row is about the default report."""
        if db_field.name == "report":
            kwargs["initial"] = Report.objects.default()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class RelationInline(Rows, admin.TabularInline):
    model = Relation
    fk_name = "source"
    fields = ["kind", "target", "paragraph"]
    ordering = ["kind", "target__name"]
    autocomplete_fields = ["target", "paragraph"]
    extra = 1
    verbose_name_plural = "Relations of this entry to others"


class InverseRelationInline(RelationInline):
    fk_name = "target"
    fields = ["source", "kind", "paragraph"]
    ordering = ["source__name", "kind"]
    autocomplete_fields = ["source", "paragraph"]
    extra = 0
    verbose_name = "relation from another entry"
    verbose_name_plural = "Relations of other entries to this one"
