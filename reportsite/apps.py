"""The desk of the editors, which is Django's admin with a few ways of its own."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    default_site = "reportsite.admin_site.EditorsSite"
