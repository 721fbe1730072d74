"""The one app of the site."""

from importlib import import_module

from django.apps import AppConfig


class SectionsConfig(AppConfig):
    name = "sections"
    verbose_name = "Report"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connects what counts changes and follows them; models cannot be imported any earlier."""
        import_module("sections.models.content_version").connect_signals()
        import_module("sections.models.people").connect_signals()
        import_module("sections.search.indexer")
