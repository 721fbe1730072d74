"""What is known of reports and articles, samples that people check, and what the text was compared with."""

import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


VERBS = ("add", "change", "delete", "view")
EDITING = ("editors", "administrators")


def let_editors_record_silence(apps, schema_editor):
    """Gives the groups that edit links the same rights on the articles that people found silent."""
    alias = schema_editor.connection.alias
    kind, _ = (
        apps.get_model("contenttypes", "ContentType")
        .objects.using(alias)
        .get_or_create(app_label="sections", model="silence")
    )
    rights = apps.get_model("auth", "Permission").objects.using(alias)
    for verb in VERBS:
        words = {"name": f"Can {verb} article found silent"}
        right, _ = rights.get_or_create(content_type=kind, codename=f"{verb}_silence", defaults=words)
        for group in apps.get_model("auth", "Group").objects.using(alias).filter(name__in=EDITING):
            group.permissions.add(right)


class Migration(migrations.Migration):
    dependencies = [
        ("sections", "0013_search_all_reports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="source_compared",
            field=models.CharField(
                blank=True, help_text="Who compared the text with the official document, and when.", max_length=300
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="source_conversion",
            field=models.CharField(blank=True, help_text="How it became text, and by whom.", max_length=500),
        ),
        migrations.AddField(
            model_name="report",
            name="source_document",
            field=models.CharField(
                blank=True,
                help_text="The official document that the file was made from: version, GE number.",
                max_length=300,
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="source_limits",
            field=models.TextField(
                blank=True,
                help_text="What else the text lacks than the site finds; one sentence a line.",
                max_length=2000,
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="source_obtained",
            field=models.CharField(blank=True, help_text="Where, when and by whom it was obtained.", max_length=300),
        ),
        migrations.AlterField(
            model_name="datedevent",
            name="sense",
            field=models.CharField(
                choices=[
                    ("on", "then"),
                    ("period", "from, to"),
                    ("since", "since then"),
                    ("until", "up to then"),
                    ("before", "before then"),
                    ("name", "in a name or a title, such as “Plan 2008”: nothing is said to have happened then"),
                ],
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="HistoricalSilence",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "read_by",
                    models.CharField(
                        help_text="The name of the person who read the report. Readers see it.", max_length=150
                    ),
                ),
                (
                    "read_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, help_text="The day on which the reading was finished."
                    ),
                ),
                (
                    "note",
                    models.CharField(blank=True, help_text="One sentence, if there is more to say.", max_length=300),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sections.conventionarticle",
                    ),
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
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sections.report",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical article found silent",
                "verbose_name_plural": "historical articles found silent",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Sample",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(help_text="Among the samples of the report, from 1.")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "text of paragraphs"),
                            ("structure", "headings and their places"),
                            ("articles", "links to articles"),
                            ("names", "links to institutions, laws and programmes"),
                        ],
                        max_length=10,
                    ),
                ),
                ("population", models.PositiveIntegerField(help_text="Number of items from which it was drawn.")),
                ("drawn_on", models.DateField(default=django.utils.timezone.localdate)),
                (
                    "checked_by",
                    models.CharField(help_text="The name of the person who checks it. Readers see it.", max_length=150),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="samples", to="sections.report"
                    ),
                ),
            ],
            options={
                "ordering": ["report_id", "number"],
            },
        ),
        migrations.CreateModel(
            name="SampleItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(help_text="Within the sample, from 1.")),
                (
                    "paragraph",
                    models.PositiveIntegerField(help_text="Number of the paragraph that shows it.", null=True),
                ),
                ("item", models.CharField(help_text="What is checked, in words.", max_length=1000)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("", "not yet checked"), ("right", "right"), ("wrong", "wrong"), ("unsure", "unsure")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("checked_on", models.DateField(null=True)),
                (
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="sections.sample"
                    ),
                ),
            ],
            options={
                "ordering": ["sample_id", "position"],
            },
        ),
        migrations.CreateModel(
            name="Silence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "read_by",
                    models.CharField(
                        help_text="The name of the person who read the report. Readers see it.", max_length=150
                    ),
                ),
                (
                    "read_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, help_text="The day on which the reading was finished."
                    ),
                ),
                (
                    "note",
                    models.CharField(blank=True, help_text="One sentence, if there is more to say.", max_length=300),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="silences",
                        to="sections.conventionarticle",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="silences", to="sections.report"
                    ),
                ),
            ],
            options={
                "verbose_name": "article found silent",
                "verbose_name_plural": "articles found silent",
                "ordering": ["report_id", "article_id"],
            },
        ),
        migrations.AddConstraint(
            model_name="sample",
            constraint=models.UniqueConstraint(fields=("report", "number"), name="unique_sample_number"),
        ),
        migrations.AddConstraint(
            model_name="sample",
            constraint=models.CheckConstraint(
                condition=models.Q(("checked_by", ""), _negated=True), name="sample_has_a_checker"
            ),
        ),
        migrations.AddConstraint(
            model_name="sampleitem",
            constraint=models.UniqueConstraint(fields=("sample", "position"), name="unique_sample_item"),
        ),
        migrations.AddConstraint(
            model_name="sampleitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("position__gt", 0), models.Q(("item", ""), _negated=True)),
                name="sample_item_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="silence",
            constraint=models.UniqueConstraint(fields=("report", "article"), name="unique_silence"),
        ),
        migrations.AddConstraint(
            model_name="silence",
            constraint=models.CheckConstraint(
                condition=models.Q(("read_by", ""), _negated=True), name="silence_has_a_reader"
            ),
        ),
        migrations.RunPython(let_editors_record_silence, migrations.RunPython.noop),
    ]
