"""Reads the source text of a report and stores it, or prints what it read."""

import json
import re
from collections import Counter
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import DateField

from sections.editing.printed_names import settle_added, settle_printed
from sections.figures.sync import remember, settle
from sections.importing import ImportFault, as_json, parse_report
from sections.importing.build import build, read_back
from sections.importing.readers.text import contents_for, read_source
from sections.importing.replace import replace
from sections.models import (
    Change,
    ContentLoad,
    ConventionPart,
    Report,
    changed_by_hand,
    changing,
    record_loads,
    recording_report,
)
from sections.models.statistics import update_statistics
from sections.models.translations import translation_problems
from sections.search.service import update

from ._writing import WritingCommand

SYMBOL = re.compile(r"[A-Z0-9._-]+(?:/[A-Z0-9._-]+){2,}")
# Every field of a report but these is a fact of the document, which the contents file or an option states.
NOT_FACTS = {"id", "symbol", "source_name", "source_sha256", "is_default", "translations"}
FACTS = [field.name for field in Report._meta.fields if field.name not in NOT_FACTS]
DATES = [field.name for field in Report._meta.fields if isinstance(field, DateField)]


class Command(WritingCommand, BaseCommand):
    help = (
        "Read a report in reply to a list of issues from text converted from Word, and store it. The published table "
        "of contents, in a JSON file beside the source or given with --contents, helps to recover lost headings."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", type=Path, help="The text file, UTF-8.")
        parser.add_argument("--symbol", required=True, help="The report's symbol, such as CMW/C/MEX/3.")
        parser.add_argument("--contents", type=Path, help="The published table of contents as JSON.")
        parser.add_argument("--json", action="store_true", help="Print what was read as JSON, and store nothing.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would be stored, and store nothing.")
        parser.add_argument("--replace", action="store_true", help="Replace the stored text with a changed one.")
        parser.add_argument("--drop-links", action="store_true", help="With --replace: accept that links are lost.")
        for fact in FACTS:
            parser.add_argument(f"--{fact.replace('_', '-')}", help="A fact of the document; else from the contents.")

    def handle(self, *, source: Path, symbol: str, contents: Path | None, dry_run: bool, **options: Any) -> None:
        symbol = symbol.strip().upper()
        try:
            contents = contents_for(source, symbol, settings.BASE_DIR / "fixtures" / "source", contents)
            text = parse_report(read_source(source), contents)
            if options["json"]:
                self.stdout.write(json.dumps(as_json(text), ensure_ascii=False, indent=2))
                return
            facts = _facts(contents, options) | {"source_name": source.name}
            with changing(Change.Kind.IMPORT, source.name), recording_report(symbol):
                is_new = not Report.objects.filter(symbol=symbol).exists()
                self._store(symbol, text, facts, options["replace"], options["drop_links"])
                if dry_run:
                    transaction.set_rollback(True)
                else:
                    update_statistics(added=len(text.paragraphs))
                    update(Report.objects.filter(symbol=symbol).values_list("pk", flat=True))
                    settle_added(Report.objects.get(symbol=symbol)) if is_new else settle_printed()
        except ImportFault as fault:
            raise CommandError(str(fault)) from fault
        for warning in text.warnings:
            self.stdout.write(f"line {warning.line}: {warning.message}")
        if dry_run:
            self.stdout.write("Nothing was written.")

    def _store(self, symbol, text, facts, over, drop_links):
        if not SYMBOL.fullmatch(symbol) or len(symbol) > 60:
            raise CommandError(f"{symbol} is not a symbol: write it as on the document, such as CMW/C/MEX/3.")
        report = Report.objects.filter(symbol=symbol).first()
        if report is None:
            facts = {"title": f"Report {symbol}", **facts}
            first = not Report.objects.exists()
            report = Report(symbol=symbol, source_sha256=text.source_sha256, is_default=first, **facts)
            instances = build(report, text)
            instances.save()
            record_loads([report], ContentLoad.Way.IMPORT)
            self.stdout.write(f"{symbol}: {_counts(instances)} to add.")
            if any(record.convention_part for record in text.sections) and not ConventionPart.objects.exists():
                self.stdout.write(
                    "The database has no Convention, so the headings that name its parts were not linked to them. "
                    "Load it first: manage.py loaddata convention."
                )
            return
        differences = _differences(read_back(report), text)
        if not differences:
            self.stdout.write(f"{symbol}: unchanged, {_counts(build(report, text))}.")
            return
        self.stdout.write(f"{symbol} is stored already and differs: {', '.join(differences)}.")
        if not over:
            raise CommandError("The stored text was not changed. Import with --replace to store the new one.")
        kept = changed_by_hand(report)
        for name, value in facts.items():
            if name not in kept:
                setattr(report, name, value)
            elif value != getattr(report, name):
                self.stdout.write(f"Kept as an editor changed it: {name}.")
        report.source_sha256 = text.source_sha256
        spans = remember(report)
        outcome = replace(report, build(report, text))
        outcome.lost += settle(report, spans)
        record_loads([report], ContentLoad.Way.IMPORT)
        self._report_links(outcome, drop_links)

    def _report_links(self, outcome, drop_links):
        self.stdout.write(f"Mentions: {outcome.kept} stayed, {outcome.moved} moved, {outcome.gone} gone.")
        for lost in outcome.lost:
            self.stdout.write(f"Lost: {lost}.")
        if outcome.lost and not drop_links:
            raise CommandError(
                f"{_counted(len(outcome.lost), 'link')} that people decided on would be lost, so nothing was written. "
                "Correct the text, or accept the loss with --drop-links."
            )


def _facts(contents, options):
    facts = {name: value for name, value in (contents.facts if contents else {}).items() if name in FACTS}
    facts |= {name: options[name] for name in FACTS if options[name]}
    try:
        facts |= {name: date.fromisoformat(str(facts[name])) for name in DATES if facts.get(name)}
        facts |= {name: int(facts[name]) for name in ("due_year",) if facts.get(name)}
    except ValueError as error:
        raise CommandError(f"A fact of the document is invalid: {error}. Write dates as 2017-05-19.") from error
    return facts | {"translations": _translations(contents, options)}


def _translations(contents, options):
    """The facts in other languages, but those of facts that an option states anew."""
    translations = contents.facts.get("translations", {}) if contents else {}
    for problem in translation_problems(Report, translations):
        raise CommandError(f"The translations of the facts in the contents file are invalid. {problem}")
    remaining = {
        language: {name: text for name, text in texts.items() if not options.get(name.removeprefix("short_"))}
        for language, texts in translations.items()
    }
    return {language: texts for language, texts in remaining.items() if texts}


def _counts(instances):
    nouns = ("section", "paragraph", "block", "table", "footnote", "reference")
    counts = {noun: len(getattr(instances, f"{noun}s")) for noun in nouns}
    counts["abbreviation line"] = len(instances.abbreviations)
    return ", ".join(_counted(count, noun) for noun, count in counts.items())


def _counted(count, name):
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def _differences(stored, read):
    """What a new text adds to, removes from and changes in the stored one, in words; nothing when they are equal."""
    outcome = Counter()
    for name, key, fields in (
        ("section", "key", ("position", "level", "label", "title", "parent", "recovered", "evidence", "source_text")),
        ("paragraph", "number", ("position", "section", "source_text", "blocks", "footnotes")),
        ("abbreviation", "position", ("acronym", "name", "source_text")),
    ):
        key_of, values_of = attrgetter(key), attrgetter(*fields)
        before = {key_of(record): values_of(record) for record in getattr(stored, f"{name}s")}
        after = {key_of(record): values_of(record) for record in getattr(read, f"{name}s")}
        outcome[name, "to add"] = len(after.keys() - before.keys())
        outcome[name, "to remove"] = len(before.keys() - after.keys())
        outcome[name, "to change"] = sum(before[same] != after[same] for same in before.keys() & after.keys())
    return [f"{_counted(count, name)} {what}" for (name, what), count in outcome.items() if count]
