"""Django's own `loaddata`, after which pages and search show at once what was loaded."""

from django.core.management.commands import loaddata
from django.db import transaction

from sections.editing.printed_names import settle_printed
from sections.models import recording_loads
from sections.models.content import knowing_natural_keys
from sections.models.statistics import update_statistics
from sections.search.service import update

from ._writing import WritingCommand


class Command(WritingCommand, loaddata.Command):
    def handle(self, *fixture_labels: str, **options: object) -> None:
        """Loads the fixtures, brings the search index up to date, and finds which names are printed; all or nothing."""
        with transaction.atomic():
            with recording_loads(), knowing_natural_keys():
                super().handle(*fixture_labels, **options)
            update_statistics()
            update()
            settle_printed()
