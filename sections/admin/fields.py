"""Form fields of the desk: the reason of a change, numbers of paragraphs, phrases, and fields that look up a record."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db.models import Field, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sections.text.ranges import LONGEST, NotRanges, format_ranges, parse_ranges
from sections.text.whole_numbers import whole_number

from .choosers import with_words, words_of

REASON_HELP = gettext_lazy("One sentence on what supports the change. Readers see it on the page of changes.")
LARGEST = 999_999  # number of a paragraph
MOST_TYPED = 20_000  # characters of a list
TYPED_VALIDATORS = (ProhibitNullCharactersValidator(), MaxLengthValidator(MOST_TYPED))


class ReasonForm(forms.Form):
    """Asks for the reason of a change."""

    reason = forms.CharField(label=gettext_lazy("Why"), max_length=500, required=False, help_text=REASON_HELP)


class ListField(forms.CharField):
    """A list that is typed as text; `write` and `parse` turn one into the other."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Those of the widget; the browser takes no text that is too long."""
        return super().widget_attrs(widget) | {"maxlength": str(MOST_TYPED)}

    def prepare_value(self, value: list | str | None) -> str | None:
        return self.write(value) if isinstance(value, list) else value

    def to_python(self, value: str | None) -> list:
        """The list, in order and each item once."""
        text = super().to_python(value)
        for validator in TYPED_VALIDATORS:  # here, because the field's own validators are given the list
            validator(text.replace("\r\n", "\n"))
        return self.parse(text)

    def has_changed(self, initial: list | None, data: str | None) -> bool:
        return super().has_changed(initial or [], data)


class NumbersField(ListField):
    """A sorted list of paragraph numbers, written as "12, 14–16"."""

    write = staticmethod(format_ranges)

    def parse(self, text: str) -> list[int]:
        try:
            return parse_ranges(text, LARGEST)
        except NotRanges as error:
            words = _(
                "“%(part)s” is not a number or a range of at most %(most)s numbers. Write the smaller number first, "
                "like this: 12, 14–16."
            )
            raise ValidationError(words % {"part": error.part[:60], "most": LONGEST}) from error


class PhrasesField(ListField):
    """A list of phrases, one a line; empty lines and duplicates are left out."""

    widget = forms.Textarea(attrs={"rows": 8})
    write = staticmethod("\n".join)

    def parse(self, text: str) -> list[str]:
        lines = (" ".join(line.split()) for line in text.splitlines())
        return list(dict.fromkeys(filter(None, lines)))


class RecordsField(forms.ModelMultipleChoiceField):
    """Several records by their keys; refuses keys that are not whole numbers."""

    def clean(self, value: list[str] | None) -> QuerySet:
        if any(whole_number(str(key)) is None for key in value or ()):
            raise ValidationError(_("Choose from the list."))
        return super().clean(value)


class LookupSelect(AutocompleteSelect):
    """A field that searches for a record; shows nothing for a posted value that is not the key of one."""

    def optgroups(self, name: str, value: list[str], attr: dict[str, Any] | None = None) -> list:
        return super().optgroups(name, [key for key in value if whole_number(str(key)) is not None], attr)


class LookupFields:
    """Mixin of a ModelAdmin or an inline: fields of related records without buttons that open other windows."""

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            for button in ("add", "change", "delete", "view"):
                setattr(field.widget, f"can_{button}_related", False)
        return field

    def formfield_for_foreignkey(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = LookupSelect(db_field, self.admin_site)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None:
            field.queryset = with_words(field.queryset)
            field.label_from_instance = words_of
        return field
