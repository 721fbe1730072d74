"""The one app of the site."""

from importlib import import_module

from django.apps import AppConfig


class SectionsConfig(AppConfig):
    name = "sections"
    verbose_name = "Report"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Connects what keeps the search in step with edits; models can't be imported any earlier."""
        import_module("sections.search.signals")
