"""Finds the figures, dates and places of a report."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sections.figures.sync.find import add_figures
from sections.models import Report


class Command(BaseCommand):
    help = (
        "Find the numbers that count something, the dates and the places in a report's text, and add those that are "
        "missing, with a first guess at what they mean. Nothing that is there is changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("symbol", nargs="?", help="Of the report, such as CMW/C/MEX/3; every report if left out.")

    def handle(self, *, symbol: str | None, **options: Any) -> None:
        reports = Report.objects.filter(symbol__iexact=symbol) if symbol else Report.objects.all()
        if not reports:
            raise CommandError(f"No report {symbol or ''} is held here. Import it first with import_report.")
        for report in reports:
            found = add_figures(report)
            self.stdout.write(
                f"{report.symbol}: added {found.figures} figures, {found.dates} dates and {found.places} places."
            )
