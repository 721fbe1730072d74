"""The desk of the editors, which is Django's admin with a few ways of its own."""

from importlib import import_module

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    default_site = "reportsite.admin_site.EditorsSite"

    def ready(self) -> None:
        """Registers the system checks too, which can be imported only when the settings are read."""
        super().ready()
        import_module("reportsite.checks")
