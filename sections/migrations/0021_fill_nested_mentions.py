"""Gives an existing database the names within longer names that the fixtures hold.

Each is added only where the longer name is linked as in the fixtures, and nothing else is linked at its place. What the
fixtures do not hold, `link_report` finds. An empty database is left to `load_report`.
"""

import json
from pathlib import Path

from django.conf import settings
from django.db import migrations


def fill(apps, schema_editor):
    alias, folder = schema_editor.connection.alias, Path(settings.FIXTURE_DIRS[0])

    def rows(model):
        return apps.get_model("sections", model).objects.using(alias)

    if not rows("Mention").exists():
        return
    entries = {(entry.type, entry.slug): entry.pk for entry in rows("Entry").only("type", "slug")}
    for path in sorted(folder.glob("mentions-*.json")):
        by_block = {}
        for record in json.loads(path.read_text(encoding="utf-8")):
            by_block.setdefault(tuple(record["fields"]["block"]), []).append(record["fields"])
        for (symbol, number, position), mentions in by_block.items():
            nested = [fields for fields in mentions if any(_holds(longer, fields) for longer in mentions)]
            block = {"paragraph__report__symbol": symbol, "paragraph__number": number, "position": position}
            block = rows("Block").filter(**block).first() if nested else None
            if block is not None:
                _add(rows("Mention"), block, nested, mentions, entries)


def _add(table, block, nested, mentions, entries):
    stored = list(table.filter(block=block).values("start", "end", "entry", "review"))
    for fields in nested:
        entry = entries.get(tuple(fields["entry"]))
        start, end = fields["start"], fields["end"]
        longer = [row for row in mentions if _holds(row, fields)]
        places = {(row["start"], row["end"], entries.get(tuple(row["entry"]))) for row in longer}
        around = [row for row in stored if row["start"] < end and start < row["end"]]
        fits = all(_holds(row, fields) and row["entry"] != entry for row in around)
        linked = {(row["start"], row["end"], row["entry"]) for row in around}
        if entry and fits and linked & places and block.text[start:end] == fields["surface"]:
            what = {name: fields[name] for name in ("start", "end", "surface", "basis", "rule")}
            table.create(block=block, entry_id=entry, **what)


def _holds(longer, fields):
    return longer["start"] <= fields["start"] and fields["end"] <= longer["end"] and (
        (longer["start"], longer["end"]) != (fields["start"], fields["end"])
    )


class Migration(migrations.Migration):
    dependencies = [("sections", "0020_nested_mentions")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
