"""The rows on the page of an entry: its other names, its short forms, its relations."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Field
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sections.models import Name, Paragraph, Relation, Report, ShortForm
from sections.models.entries import is_same_name, same_name
from sections.queries.collation import sort_key

from .fields import LookupFields, NumbersField
from .saving.refusals import CheckedRows

SENTENCES = ("reason", "rule")


class LabelledFormSet(BaseInlineFormSet):
    """Rows whose fields are named for screen readers, and which are validated only if they were changed.

    `refused` says by text why the last attempt to save a row was refused; the inline sets it.
    """

    refused: dict[str, str] = {}
    default_error_messages = {
        "missing_management_form": _("The page was damaged in transit. Reload it, then enter these rows again."),
    }

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
        for form in self.forms if self.refused else ():
            if form.is_valid() and (words := self.refused.get(form.cleaned_data.get("text", ""))):
                form.add_error("text", words)


class Rows(CheckedRows, LookupFields):
    """Mixin of an inline with labelled rows."""

    formset = LabelledFormSet

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        """The field; a sentence such as a reason has room for what it holds."""
        if db_field.name in SENTENCES:
            kwargs["widget"] = forms.Textarea(attrs={"rows": 3, "cols": 44})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_formset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[BaseInlineFormSet]:
        """The rows of this request; they say why the last attempt to save one was refused."""
        formset = super().get_formset(request, *args, **kwargs)
        formset.refused = getattr(request, "refused_names", {})
        return formset


class NameForm(forms.ModelForm):
    class Meta:
        labels = {"text": _("Text"), "language": _("Language"), "form": _("Form")}
        help_texts = {"text": _("The reports are searched for it as soon as it is saved.")}


class ShortFormForm(forms.ModelForm):
    """A short form, with the paragraphs in which it means the entry."""

    paragraphs = NumbersField(
        label=_("Paragraphs"),
        help_text=_("Numbers of the paragraphs where it means this entry: 12, 14–16."),
        widget=forms.TextInput(attrs={"size": 24}),
    )

    class Meta:
        labels = {"report": _("Report"), "text": _("Text"), "rule": _("Rule")}
        help_texts = {
            "text": _("As printed: the Institute."),
            "rule": _("Why it means this entry there, in words."),
        }

    def clean(self) -> dict[str, Any]:
        """Refuses numbers of paragraphs that the report does not have."""
        cleaned = super().clean()
        report, numbers = cleaned.get("report"), cleaned.get("paragraphs")
        if report and numbers:
            known = Paragraph.objects.filter(report=report, number__in=numbers).values_list("number", flat=True)
            if missing := sorted(set(numbers) - set(known)):
                message = gettext("%(report)s has no paragraph %(numbers)s.")
                details = {"report": report.symbol, "numbers": ", ".join(map(str, missing))}
                self.add_error("paragraphs", message % details)
        return cleaned


class NameFormSet(LabelledFormSet):
    """Refuses names that differ from one another, or from the entry’s own, only in what a reader would not notice."""

    def clean(self) -> None:
        super().clean()
        own = (self.instance.name, Name.Language.ENGLISH)
        others: list[tuple[str, str]] = []
        for form in self.forms:
            row = form.cleaned_data if form.is_valid() else {}
            if not row.get("text") or row.get("DELETE"):
                continue
            name = (row["text"], row["language"])
            known = [*others, own] if form.has_changed() else others
            if other := next((other for other in known if is_same_name(*name, *other)), None):
                form.add_error("text", same_name(row["text"], other[0]))
            others.append(name)


class NameInline(Rows, admin.TabularInline):
    model = Name
    form = NameForm
    formset = NameFormSet
    fields = ["text", "language", "form", "printed"]
    readonly_fields = ["printed"]
    extra = 1
    verbose_name = _("other name")
    verbose_name_plural = _("Other names: each means this entry wherever a report uses it")

    @admin.display(description=_("in a report"))
    def printed(self, name: Name) -> str:
        """Whether a report prints the name, which the desk finds out; nothing yet of a new one."""
        if name.pk is None:
            return ""
        return gettext("yes") if name.in_report else gettext("no, added by the editors")


class ShortFormInline(Rows, admin.TabularInline):
    model = ShortForm
    form = ShortFormForm
    fields = ["report", "text", "paragraphs", "rule"]
    extra = 1
    verbose_name = _("short form")
    verbose_name_plural = _("Short forms: each means this entry in certain paragraphs only")

    def formfield_for_foreignkey(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        """The field; a new row is about the default report."""
        if db_field.name == "report":
            if not hasattr(request, "default_report"):  # the rows are made several times for one request
                request.default_report = Report.objects.default()
            kwargs["initial"] = request.default_report
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class RelationFormSet(LabelledFormSet):
    """Relations in the order of the registers."""

    def get_queryset(self) -> list[Relation]:
        """The rows; read once."""
        if not hasattr(self, "_queryset"):
            rows = super().get_queryset().select_related("source", "target")
            self._queryset = sorted(rows, key=_names_and_kind)
        return self._queryset


def _names_and_kind(relation):
    return sort_key(relation.source.name), relation.kind, sort_key(relation.target.name)


class RelationInline(Rows, admin.TabularInline):
    model = Relation
    formset = RelationFormSet
    fk_name = "source"
    fields = ["kind", "target", "paragraph"]
    autocomplete_fields = ["target", "paragraph"]
    extra = 1
    verbose_name = _("relation")
    verbose_name_plural = _("Relations of this entry to others")


class InverseRelationInline(RelationInline):
    fk_name = "target"
    fields = ["source", "kind", "paragraph"]
    autocomplete_fields = ["source", "paragraph"]
    extra = 0
    verbose_name = _("relation from another entry")
    verbose_name_plural = _("Relations of other entries to this one")
