"""Finds the figures, dates and places of a report."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sections.figures.sync import add_figures
from sections.models import Report

from ._writing import WritingCommand


class Command(WritingCommand, BaseCommand):
    help = (
        "Find the numbers that count something, the dates and the places in a report's text, and add those that are "
        "missing, with a first guess at what they mean. Stored rows are not changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("symbol", nargs="?", help="Of the report, such as CMW/C/MEX/3; every report if left out.")

    def handle(self, *, symbol: str | None, **options: Any) -> None:
        reports = Report.objects.filter(symbol__iexact=symbol) if symbol else Report.objects.all()
        if not reports:
            raise CommandError(f"There is no report {symbol or ''} here. Import it first with import_report.")
        for report in reports:
            figures, dates, places = add_figures(report)
            self.stdout.write(f"{report.symbol}: added {figures} figures, {dates} dates and {places} places.")
