"""Proves, paragraph by paragraph, that the stored reports are their sources."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sections.importing.verify import SOURCES, proof_of
from sections.models import Report


class Command(BaseCommand):
    help = (
        "Compare every stored slice with its source by hash, and its parse with a fresh one. Exits with 1 on failure."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("symbol", nargs="?", help="The report, such as CMW/C/MEX/3; all of them when left out.")
        parser.add_argument("--sources", type=Path, default=SOURCES, help="The folder that holds the source files.")

    def handle(self, *, symbol: str | None, sources: Path, **options: Any) -> None:
        reports = Report.objects.filter(symbol=symbol.upper()) if symbol else Report.objects.all()
        if not reports:
            held = ", ".join(Report.objects.values_list("symbol", flat=True)) or "none"
            raise CommandError(f"There is no report {symbol or ''} in the database. It holds: {held}.")
        proofs = [self._verify(report, sources) for report in reports]
        if not all(proofs):
            raise CommandError("The proof fails.")

    def _verify(self, report, sources):
        proof = proof_of(report, sources)
        for failure in proof.failures:
            self.stdout.write(f"{report.symbol}, {failure.name}: {failure.reason}")
            if failure.difference:
                self.stdout.write(f"    {failure.difference}")
        against = "the source file" if proof.with_file else "the stored slices alone (the source file is not here)"
        failed = f"{len(proof.failures)} failures" if proof.failures else "every one is as in the source"
        counts = f"{proof.sections} headings, {proof.paragraphs} paragraphs, {proof.abbreviations} abbreviation lines"
        self.stdout.write(f"{report.symbol}: {counts}, compared with {against}: {failed}.")
        return proof.holds
