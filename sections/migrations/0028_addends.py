"""Sums are reviewed, their addends have a history, and an undo no longer stores its reason in English."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

REVIEWS = [
    ("unreviewed", "not yet reviewed"),
    ("confirmed", "confirmed by an editor"),
    ("rejected", "rejected by an editor"),
]
EDITING = ("editors", "administrators")


def let_people_keep_addends(apps, schema_editor):
    """Lets those who edit sums edit their addends."""
    alias = schema_editor.connection.alias
    kind, _ = (
        apps.get_model("contenttypes", "ContentType")
        .objects.using(alias)
        .get_or_create(app_label="sections", model="addend")
    )
    rights = apps.get_model("auth", "Permission").objects.using(alias)
    for verb in ("add", "change", "delete", "view"):
        words = {"name": f"Can {verb} addend"}
        right, _ = rights.get_or_create(content_type=kind, codename=f"{verb}_addend", defaults=words)
        for group in apps.get_model("auth", "Group").objects.using(alias).filter(name__in=EDITING):
            group.permissions.add(right)


def empty_generated_reasons(apps, schema_editor):
    """Takes the reason away from each undo that the software gave one: it follows from the change that was undone."""
    _replace_reasons(apps, schema_editor, lambda change: (_generated(change), ""))


def store_generated_reasons(apps, schema_editor):
    """Gives each undo without a reason the one that the software gave it before."""
    _replace_reasons(apps, schema_editor, lambda change: ("", _generated(change)))


def _replace_reasons(apps, schema_editor, replacement):
    undos = apps.get_model("sections", "Change").objects.using(schema_editor.connection.alias)
    for change in undos.filter(undoes__isnull=False).select_related("undoes__undoes__undoes"):
        old, new = replacement(change)
        if change.reason == old:
            undos.filter(pk=change.pk).update(reason=new)


def _generated(change):
    undone = change.undoes
    depth = 0
    while undone.undoes_id is not None:
        undone, depth = undone.undoes, depth + 1
    what = "Undoes the undoing" if depth % 2 else "Undoes the change"
    return f"{what} of {change.undoes.when:%d %B %Y, %H:%M}"


class Migration(migrations.Migration):
    dependencies = [
        ("sections", "0027_spreadsheets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "checkedsum", "review", models.CharField(choices=REVIEWS, default="unreviewed", max_length=12)
        ),
        migrations.AddField(
            "historicalcheckedsum", "review", models.CharField(choices=REVIEWS, default="unreviewed", max_length=12)
        ),
        # The table of the addends is there already, with all that it holds: it becomes one of a model.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    "Addend",
                    fields=[
                        ("id", models.BigAutoField("ID", auto_created=True, primary_key=True, serialize=False)),
                        (
                            "checkedsum",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="sections.checkedsum"),
                        ),
                        (
                            "figure",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="sections.figure"),
                        ),
                    ],
                    options={
                        "db_table": "sections_checkedsum_addends",
                        "unique_together": {("checkedsum", "figure")},
                    },
                ),
                migrations.AlterField(
                    "checkedsum",
                    "addends",
                    models.ManyToManyField(
                        blank=True,
                        related_name="added_in",
                        through="sections.Addend",
                        to="sections.figure",
                        verbose_name="figures",
                    ),
                ),
            ]
        ),
        migrations.AlterModelTable("addend", None),
        migrations.AlterUniqueTogether("addend", set()),
        migrations.RenameField("addend", "checkedsum", "checked_sum"),
        migrations.AddConstraint(
            "addend", models.UniqueConstraint(fields=("checked_sum", "figure"), name="unique_addend")
        ),
        migrations.CreateModel(
            "HistoricalAddend",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "change",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+",
                        to="sections.change",
                    ),
                ),
                (
                    "checked_sum",
                    models.ForeignKey(
                        blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+", to="sections.checkedsum",
                    ),
                ),
                (
                    "figure",
                    models.ForeignKey(
                        blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+", to="sections.figure",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical addend",
                "verbose_name_plural": "historical addends",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.RunPython(let_people_keep_addends, migrations.RunPython.noop),
        migrations.RunPython(empty_generated_reasons, store_generated_reasons),
    ]  # fmt: skip
