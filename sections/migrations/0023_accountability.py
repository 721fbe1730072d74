"""Names that stay with changes, sessions of reviewers, addresses of merged entries, and what editors watch."""

from collections import Counter
from datetime import timedelta

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

PAUSE, LONGEST = timedelta(hours=1), timedelta(hours=8)


def keep_names(apps, schema_editor):
    """Stores with each change the names of the person who made it."""
    alias = schema_editor.connection.alias
    changes = apps.get_model("sections", "Change").objects.using(alias)
    for user in changes.exclude(user=None).order_by().values_list("user", flat=True).distinct():
        person = apps.get_model("auth", "User").objects.using(alias).get(pk=user)
        full_name = f"{person.first_name} {person.last_name}".strip()
        changes.filter(user=user).update(user_name=person.username, full_name=full_name)


def join_sessions(apps, schema_editor):
    """Puts together the decisions that a reviewer made in one go."""
    changes = apps.get_model("sections", "Change").objects.using(schema_editor.connection.alias)
    last = {}  # by person: the first and the last decision of the session, None after an action of another kind
    rows = changes.exclude(user=None).exclude(kind="revert").order_by("pk")
    for key, user, kind, when in rows.values_list("pk", "user", "kind", "when"):
        first, before = last.get(user) or ((key, when), when)
        if kind != "review":
            last[user] = None
            continue
        if when - before > PAUSE or when - first[1] > LONGEST:
            first = (key, when)
        if first[0] != key:
            changes.filter(pk=key).update(session=first[0])
        last[user] = (first, when)


def call_deletions_deletions(apps, schema_editor):
    """Calls a change that removed an entry, or did nothing but remove, a deletion."""
    alias = schema_editor.connection.alias
    changes = apps.get_model("sections", "Change").objects.using(alias).filter(kind="edit")
    kinds = {}
    for model in apps.get_app_config("sections").get_models():
        if model.__name__.startswith("Historical"):
            rows = model.objects.using(alias).filter(change__in=changes.values("pk")).order_by()
            for key, type in rows.values_list("change", "history_type").distinct():
                kinds.setdefault(key, set()).add((model.__name__, type))
    gone = [
        key
        for key, found in kinds.items()
        if ("HistoricalEntry", "-") in found or {type for _, type in found} == {"-"}
    ]
    for place in range(0, len(gone), 500):
        changes.filter(pk__in=gone[place : place + 500]).update(kind="delete")


def lead_on_from_merged(apps, schema_editor):
    """Lets the addresses of entries that were merged before lead to the entries that stayed."""
    alias = schema_editor.connection.alias

    def rows(name):
        return apps.get_model("sections", name).objects.using(alias)

    merged = rows("HistoricalEntry").filter(history_type="-", change__kind="merge").order_by("history_id")
    into = {}
    for row in merged:
        found = Counter()
        for name in ("HistoricalName", "HistoricalShortForm", "HistoricalMention"):
            given = rows(name).filter(change=row.change_id).exclude(history_type="-").exclude(entry=row.id)
            found.update(given.values_list("entry_id", flat=True))
        if found:
            into[row.id] = (row.type, row.slug, found.most_common(1)[0][0])
    for type, slug, stays in into.values():
        seen = set()
        while stays in into and stays not in seen:
            seen.add(stays)
            stays = into[stays][2]
        if rows("Entry").filter(pk=stays).exists():
            rows("FormerAddress").get_or_create(type=type, slug=slug, defaults={"entry_id": stays})


class Migration(migrations.Migration):
    dependencies = [
        ("sections", "0022_preferences"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="change",
            name="full_name",
            field=models.CharField(blank=True, max_length=301),
        ),
        migrations.AddField(
            model_name="change",
            name="session",
            field=models.ForeignKey(
                blank=True,
                help_text="Of decisions of a reviewer in one go: the first of them.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="in_session",
                to="sections.change",
            ),
        ),
        migrations.AddField(
            model_name="change",
            name="user_name",
            field=models.CharField(blank=True, help_text="Stays when the login is deleted.", max_length=150),
        ),
        migrations.AddField(
            model_name="preferences",
            name="feed_token",
            field=models.CharField(blank=True, help_text="Secret.", max_length=43, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="preferences",
            name="seen",
            field=models.BigIntegerField(default=0, help_text="The last change when the watched records were read."),
        ),
        migrations.AlterField(
            model_name="change",
            name="kind",
            field=models.CharField(
                choices=[
                    ("edit", "edited"),
                    ("delete", "deleted"),
                    ("review", "reviewed"),
                    ("merge", "merged"),
                    ("move", "moved names"),
                    ("revert", "reverted"),
                    ("restore", "restored"),
                    ("link", "links found again"),
                    ("load", "loaded from files"),
                    ("import", "imported"),
                ],
                default="edit",
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="HistoricalFormerAddress",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "type",
                    models.CharField(
                        choices=[("institution", "institution"), ("law", "law"), ("programme", "programme")],
                        max_length=12,
                    ),
                ),
                ("slug", models.SlugField(max_length=80)),
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="sections.change",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sections.entry",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical former address",
                "verbose_name_plural": "historical former addresses",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="FormerAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "type",
                    models.CharField(
                        choices=[("institution", "institution"), ("law", "law"), ("programme", "programme")],
                        max_length=12,
                    ),
                ),
                ("slug", models.SlugField(max_length=80)),
                (
                    "entry",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="former_addresses",
                        to="sections.entry",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "former addresses",
                "constraints": [
                    models.UniqueConstraint(fields=("type", "slug"), name="one_entry_for_a_former_address")
                ],
            },
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("entry", "entry"), ("paragraph", "paragraph")], max_length=10)),
                ("key", models.BigIntegerField()),
                ("since", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="watches", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "watches",
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("user", "kind", "key"), name="watched_once")],
            },
        ),
        migrations.RunPython(keep_names, migrations.RunPython.noop),
        migrations.RunPython(join_sessions, migrations.RunPython.noop),
        migrations.RunPython(call_deletions_deletions, migrations.RunPython.noop),
        migrations.RunPython(lead_on_from_merged, migrations.RunPython.noop),
    ]
