"""Records that other data of a report is made from: the gazetteer, and what words point back to."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sections.models import BackReference, Place, shown_links

from ..base import AuditedAdmin
from ..fields import PhrasesField
from ..number_filters import ParagraphNumberFilter
from ..translated_form import translated_form, translation_fields
from .spans import SpanForm


class PlaceForm(translated_form(Place)):
    """A place with its translations and the forms by which texts name it."""

    names = PhrasesField(
        label=_("Names in texts"),
        help_text=_("One a line, the printed ones first. The next extraction looks for them."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@admin.register(Place)
class PlaceAdmin(AuditedAdmin):
    """The gazetteer: places with their names, and the tile of each federative entity on the map."""

    form = PlaceForm
    list_display = ["name", "kind", "within", "code", "mention_count"]
    list_filter = ["kind"]
    list_select_related = ["within"]
    search_fields = ["name", "slug", "code"]
    search_help_text = _("Name or code of a place")
    ordering = ["name"]
    autocomplete_fields = ["within"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "names", "within"]}),
        (_("On the map"), {"fields": ["code", ("row", "column")]}),
        (_("In other languages"), {"fields": [field for *_names, field in translation_fields(Place)]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Place]:
        count = Count("mentions", distinct=True, filter=shown_links("mentions"))
        return super().get_queryset(request).annotate(mentions_n=count)

    def get_readonly_fields(self, request: HttpRequest, obj: Place | None = None) -> list[str]:
        """The address of an existing place cannot change: people cite it."""
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Place | None = None) -> dict[str, list[str]]:
        return {} if obj else self.prepopulated_fields

    def has_delete_permission(self, request: HttpRequest, obj: Place | None = None) -> bool:
        """Only of a place that no text names and in which no other lies."""
        used = obj is not None and (obj.mentions.exists() or obj.places.exists())
        return super().has_delete_permission(request, obj) and not used

    @admin.display(description=_("times named"), ordering="mentions_n")
    def mention_count(self, place: Place) -> int:
        return place.mentions_n


class BackReferenceForm(SpanForm):
    """Words that point back, and the paragraph that they mean; some words mean several."""

    def check_place(self, row: BackReference) -> None:
        """Refuses what is recorded already: these words with the same meaning."""
        same = BackReference.objects.filter(block=row.block, start=row.start, target=self.cleaned_data.get("target"))
        if same.exclude(pk=row.pk).exists():
            raise ValidationError({"target": gettext("It is recorded already that these words mean this.")})


@admin.register(BackReference)
class BackReferenceAdmin(AuditedAdmin):
    """Words such as "see paragraph 12 above", and what they mean."""

    form = BackReferenceForm
    list_display = ["surface", "paragraph", "target", "reason"]
    list_filter = [ParagraphNumberFilter, ("target", admin.EmptyFieldListFilter)]
    list_select_related = ["block__paragraph__report", "target__report"]
    search_fields = ["surface", "reason"]
    search_help_text = _("Words as printed, or words of the reason")
    autocomplete_fields = ["target"]
    fieldsets = [
        (_("The words in the report"), {"fields": ["paragraph", "surface", "which"]}),
        (_("What they mean"), {"fields": ["target", "reason"]}),
    ]

    @admin.display(description=_("paragraph"), ordering="block__paragraph__number")
    def paragraph(self, row: BackReference) -> int:
        return row.block.paragraph.number
