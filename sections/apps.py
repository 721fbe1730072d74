"""The one app of the site."""

from django.apps import AppConfig


class SectionsConfig(AppConfig):
    name = "sections"
    verbose_name = "Report"
    default_auto_field = "django.db.models.BigAutoField"
