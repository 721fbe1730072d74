"""Finds the mentions of a report anew and brings the stored ones in line."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sections.editing.relink import apply_plans
from sections.linking.sync import plan_links
from sections.models import Block, Entry, Report

from ._writing import WritingCommand


class Command(WritingCommand, BaseCommand):
    help = "Find every mention of an entry by its names. What a person has decided stays as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("symbol", nargs="?", help="The report's symbol; the default report if left out.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would change, and write nothing.")
        parser.add_argument("--unresolved", action="store_true", help="List the short forms that stay open.")

    def handle(self, *, symbol: str | None, dry_run: bool, unresolved: bool, **options: Any) -> None:
        plan = plan_links(self._report(symbol))
        if unresolved:
            self._list_open(plan)
            return
        if dry_run:
            self._list_changes(plan)
        self.stdout.write(", ".join(f"{count} {what}" for what, count in plan.counts().items()))
        if dry_run:
            self.stdout.write("Nothing was written.")
        elif not plan.is_empty:
            apply_plans([plan])

    def _report(self, symbol):
        report = Report.objects.filter(symbol=symbol).first() if symbol else Report.objects.default()
        if report is None:
            known = ", ".join(Report.objects.values_list("symbol", flat=True)) or "none yet; run load_report"
            raise CommandError(f"There is no report {symbol or ''}. Reports here: {known}.")
        return report

    def _list_changes(self, plan):
        entries = Entry.objects.in_bulk()
        numbers = dict(Block.objects.filter(paragraph__report=plan.report).values_list("pk", "paragraph__number"))
        for sign, mentions in (("+", plan.add), ("~", plan.change), ("-", plan.remove)):
            for mention in mentions:
                place = f"para. {numbers[mention.block_id]}"
                longer = plan.longer_names.get((mention.block_id, *mention.span), "")
                within = f", within “{longer}”" if longer else ""
                self.stdout.write(f"{sign} {place}: “{mention.surface}” → {entries[mention.entry_id]}{within}")

    def _list_open(self, plan):
        entries = Entry.objects.in_bulk()
        for open_ in plan.findings.unresolved:
            self.stdout.write(f"para. {open_.block.paragraph}: “{open_.surface}”")
        for open_ in plan.findings.ambiguous:
            claims = " or ".join(sorted(str(entries[pk]) for pk in open_.claims))
            self.stdout.write(f"para. {open_.block.paragraph}: “{open_.surface}” is claimed by {claims}")
        open_count = len(plan.findings.unresolved) + len(plan.findings.ambiguous)
        self.stdout.write(f"{open_count} left open for an editor.")
