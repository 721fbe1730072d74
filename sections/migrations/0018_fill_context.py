"""Gives an existing database the captions, terms, subjects and related documents that the fixtures hold.

Captions are replaced only where all of them are still those that the fixtures held before. An empty database is left to
`load_report`.
"""

import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.db import migrations

FORMER_CAPTIONS = "e6c04a85bf010af73198138e344c3c7c757da51328c209ca5af49ee33147316c"  # SHA-256


def fill(apps, schema_editor):
    alias, folder = schema_editor.connection.alias, Path(settings.FIXTURE_DIRS[0])

    def rows(model):
        return apps.get_model("sections", model).objects.using(alias)

    def records(name, model):
        path = folder / f"{name}.json"
        read = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
        return [record["fields"] for record in read if record["model"] == f"sections.{model}"]

    reports = {report.symbol: report for report in rows("Report").all()}
    if not reports:
        return
    for fields in records("convention", "convention"):
        rows("Convention").get_or_create(acronym=fields["acronym"], defaults=fields)
    captions = rows("ConventionArticle").order_by("number").values_list("subject", flat=True)
    is_former = hashlib.sha256("\n".join(captions).encode()).hexdigest() == FORMER_CAPTIONS
    names = ("terms", "subject", "translations") if is_former else ("terms",)
    for fields in records("convention", "conventionarticle"):
        words = {name: fields[name] for name in names if name in fields}
        if words:
            rows("ConventionArticle").filter(number=fields["number"]).update(**words)
    for fields in records("replies", "replysubject"):
        symbol, key = fields.pop("section")
        section = rows("Section").filter(report__symbol=symbol, key=key).first()
        if section is not None:
            rows("ReplySubject").get_or_create(section=section, defaults=fields)
    for fields in records("documents", "relateddocument"):
        report = reports.get(fields.pop("report")[0])
        if report is not None:
            identity = {"report": report, "kind": fields.pop("kind"), "symbol": fields.pop("symbol")}
            rows("RelatedDocument").get_or_create(**identity, defaults=fields)


class Migration(migrations.Migration):
    dependencies = [("sections", "0016_error_reports_and_loads")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
