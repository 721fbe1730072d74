"""Django's own `loaddata`, after which pages and search show at once what was loaded."""

from django.core.management.commands import loaddata
from django.db import transaction

from sections.models import recording_loads
from sections.models.statistics import update_statistics
from sections.search.service import update

from ._writing import WritingCommand


class Command(WritingCommand, loaddata.Command):
    def handle(self, *fixture_labels: str, **options: object) -> None:
        """Loads the fixtures and brings the search index up to date, in one transaction."""
        with transaction.atomic():
            with recording_loads():
                super().handle(*fixture_labels, **options)
            update_statistics()
            update()
