"""The thesaurus: what people type, and what the report says instead."""

from django.contrib import admin

from sections.models import Synonym

from .base import AuditedAdmin


@admin.register(Synonym)
class SynonymAdmin(AuditedAdmin):
    """Lines of the thesaurus; a search uses them at once."""

    list_display = ["term", "says", "both_ways", "note"]
    list_filter = ["both_ways"]
    search_fields = ["term", "says", "note"]
    fieldsets = [(None, {"fields": ["term", "says", "both_ways", "note"]})]
