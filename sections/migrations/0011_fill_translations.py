"""Gives records of an existing database the translations that used to be in the code and are now in the fixtures.

A field gets a translation only if its text is still that of the fixtures. An empty database is left to `load_report`.
"""

import json
from pathlib import Path

from django.conf import settings
from django.db import migrations

IDENTITY = {
    "conventionarticle": ("number",),
    "conventionpart": ("number",),
    "place": ("slug",),
    "report": ("symbol",),
}


def fill(apps, schema_editor):
    alias = schema_editor.connection.alias
    if not apps.get_model("sections", "Report").objects.using(alias).exists():
        return
    for path in sorted(Path(settings.FIXTURE_DIRS[0]).glob("*.json")):
        for record in json.loads(path.read_text(encoding="utf-8")):
            name = record["model"].removeprefix("sections.")
            if name in IDENTITY and record["fields"].get("translations"):
                rows = apps.get_model("sections", name).objects.using(alias)
                _fill_record(rows, IDENTITY[name], record["fields"])


def _fill_record(rows, identity, fields):
    row = rows.filter(**{name: fields[name] for name in identity}).first()
    if row is None or row.translations:
        return
    row.translations = {
        language: same
        for language, texts in fields["translations"].items()
        if (same := {name: text for name, text in texts.items() if getattr(row, name) == fields[name]})
    }
    row.save(update_fields=["translations"])


class Migration(migrations.Migration):
    dependencies = [("sections", "0010_translations")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
