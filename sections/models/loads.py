"""When content came into the database: of which report, from where, and by which version of the software."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import models
from django.db.models.signals import post_save
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .report import Report


class ContentLoad(models.Model):
    """One loading of one report, by a command."""

    class Way(models.TextChoices):
        FIXTURES = "fixtures", _("from the files of this project")
        IMPORT = "import", _("from the converted document")

    when = models.DateTimeField(default=timezone.now, db_index=True)
    symbol = models.CharField(max_length=60, help_text="Of the report; it stays when the report is deleted.")
    way = models.CharField(max_length=10, choices=Way)
    source_name = models.CharField(max_length=200, blank=True, help_text="The file that holds the text.")
    source_sha256 = models.CharField(max_length=64, blank=True)
    version = models.CharField(max_length=40, help_text="Of the software.")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.symbol}, {self.when:%Y-%m-%d %H:%M}"

    @property
    def report(self) -> Report:
        """The report with its symbol only, for its address."""
        return Report(symbol=self.symbol)


def record_loads(reports: list[Report], way: str) -> None:
    """Records that these reports were loaded now; called in the transaction that loads them."""
    when = timezone.now()
    ContentLoad.objects.bulk_create(
        ContentLoad(
            when=when,
            symbol=report.symbol,
            way=way,
            source_name=report.source_name[:200],
            source_sha256=report.source_sha256,
            version=settings.VERSION,
        )
        for report in reports
    )


@contextmanager
def recording_loads() -> Iterator[None]:
    """Within, fixtures may be loaded; afterwards it is recorded which reports they held."""
    loaded: dict[str, Report] = {}

    def note(instance: Report, raw: bool = False, **kwargs: object) -> None:
        if raw:
            loaded[instance.symbol] = instance

    post_save.connect(note, sender=Report)
    try:
        yield
    finally:
        post_save.disconnect(note, sender=Report)
    record_loads(list(loaded.values()), ContentLoad.Way.FIXTURES)
