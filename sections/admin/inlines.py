"""The rows on the page of an entry: its other names, its short forms, its relations."""

from django import forms
from django.contrib import admin

from sections.models import Name, Paragraph, Relation, Report, ShortForm
from sections.models.entries import same_name
from sections.text.fold import fold

from .aria import LabelledRows
from .base import without_buttons
from .fields import NumbersField

HELP = {
    "text": "The report's text is searched for it as soon as it is saved.",
    "in_report": "Take the tick away for a name that you add from elsewhere, such as an official Spanish name.",
}


class Plain(LabelledRows):
    """Rows whose related records are chosen by typing, without the buttons that open them in a window of its own."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return without_buttons(super().formfield_for_dbfield(db_field, request, **kwargs))


class NameForm(forms.ModelForm):
    class Meta:
        model = Name
        fields = ["text", "language", "form", "in_report"]
        help_texts = HELP


class ShortFormForm(forms.ModelForm):
    """A short form, with the paragraphs in which it means the entry."""

    paragraphs = NumbersField(
        help_text="Numbers of the paragraphs where it means this entry: 12, 14–16.",
        widget=forms.TextInput(attrs={"size": 24}),
    )

    class Meta:
        model = ShortForm
        fields = ["report", "text", "paragraphs", "rule"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.fields["report"].initial = Report.objects.default()

    def clean(self):
        cleaned = super().clean()
        report, numbers = cleaned.get("report"), cleaned.get("paragraphs")
        if report and numbers:
            known = set(Paragraph.objects.filter(report=report, number__in=numbers).values_list("number", flat=True))
            missing = [str(number) for number in numbers if number not in known]
            if missing:
                self.add_error("paragraphs", f"{report.symbol} has no paragraph {', '.join(missing)}.")
        return cleaned


class NameFormSet(forms.BaseInlineFormSet):
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


class Names(Plain, admin.TabularInline):
    model = Name
    form = NameForm
    formset = NameFormSet
    extra = 1
    verbose_name = "other name"
    verbose_name_plural = "Other names: wherever one stands in the report, it means this entry"


class ShortForms(Plain, admin.TabularInline):
    model = ShortForm
    form = ShortFormForm
    extra = 1
    verbose_name_plural = "Short forms: what means this entry in certain paragraphs only"


class Relations(Plain, admin.TabularInline):
    model = Relation
    fk_name = "source"
    fields = ["kind", "target", "paragraph"]
    ordering = ["kind", "target__name"]
    autocomplete_fields = ["target", "paragraph"]
    extra = 1
    verbose_name_plural = "Relations: this entry …"


class InverseRelations(Plain, admin.TabularInline):
    model = Relation
    fk_name = "target"
    fields = ["source", "kind", "paragraph"]
    ordering = ["source__name", "kind"]
    autocomplete_fields = ["source", "paragraph"]
    extra = 0
    verbose_name = "relation from another entry"
    verbose_name_plural = "Relations: another entry … this one"
