"""What belongs to a report and to the Convention: subjects of replies, related documents, the text of the treaty."""

import django.core.validators
import django.db.models.deletion
import sections.models.documents
import sections.models.translations
import simple_history.models
from django.conf import settings
from django.db import migrations, models


VERBS = ("add", "change", "delete", "view")
NOUNS = {
    "replysubject": "subject of a reply",
    "relateddocument": "related document",
    "conventiontext": "text of the Convention",
}
GROUPS = ("editors", "administrators")


def let_editors(apps, schema_editor):
    """Lets those who edit entries keep these records too."""
    alias = schema_editor.connection.alias
    kinds = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    groups = apps.get_model("auth", "Group").objects.using(alias).filter(name__in=GROUPS)
    for model, noun in NOUNS.items():
        kind, _ = kinds.get_or_create(app_label="sections", model=model)
        for verb in VERBS:
            right, _ = (
                apps.get_model("auth", "Permission")
                .objects.using(alias)
                .get_or_create(content_type=kind, codename=f"{verb}_{model}", defaults={"name": f"Can {verb} {noun}"})
            )
            for group in groups:
                group.permissions.add(right)


class Migration(migrations.Migration):
    dependencies = [
        ("sections", "0014_accuracy"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Convention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("acronym", models.CharField(max_length=20, unique=True)),
                ("title", models.CharField(max_length=300)),
                (
                    "symbol",
                    models.CharField(
                        help_text="Of the document that holds the official text: A/RES/45/158.", max_length=60
                    ),
                ),
                (
                    "translations",
                    sections.models.translations.TranslationsField(
                        blank=True, default=dict, help_text='By language and field: {"es": {"title": "…"}}.'
                    ),
                ),
            ],
            options={
                "ordering": ["acronym"],
            },
        ),
        migrations.CreateModel(
            name="ConventionText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("ar", "Arabic"),
                            ("en", "English"),
                            ("es", "Spanish"),
                            ("fr", "French"),
                            ("ru", "Russian"),
                            ("zh", "Chinese"),
                        ],
                        max_length=10,
                        unique=True,
                    ),
                ),
                ("source_name", models.CharField(max_length=200)),
                ("source_sha256", models.CharField(max_length=64)),
                ("loaded", models.DateField()),
                (
                    "articles",
                    models.JSONField(
                        default=dict, help_text="Title and provisions of each, see importing.parse.treaty."
                    ),
                ),
            ],
            options={
                "verbose_name": "text of the Convention",
                "verbose_name_plural": "texts of the Convention",
                "ordering": ["language"],
            },
        ),
        migrations.AddField(
            model_name="conventionarticle",
            name="terms",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text='The treaty’s own words, by language: {"en": ["collective expulsion"]}.',
            ),
        ),
        migrations.CreateModel(
            name="HistoricalConventionText",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("ar", "Arabic"),
                            ("en", "English"),
                            ("es", "Spanish"),
                            ("fr", "French"),
                            ("ru", "Russian"),
                            ("zh", "Chinese"),
                        ],
                        db_index=True,
                        max_length=10,
                    ),
                ),
                ("source_name", models.CharField(max_length=200)),
                ("source_sha256", models.CharField(max_length=64)),
                ("loaded", models.DateField()),
                (
                    "articles",
                    models.JSONField(
                        default=dict, help_text="Title and provisions of each, see importing.parse.treaty."
                    ),
                ),
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
                "verbose_name": "historical text of the Convention",
                "verbose_name_plural": "historical texts of the Convention",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRelatedDocument",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("symbol", models.CharField(help_text="As on the document: CMW/C/MEX/QPR/3.", max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("language-version", "The report in its original or another language"),
                            ("list-of-issues-prior", "List of issues prior to reporting"),
                            ("list-of-issues", "List of issues"),
                            ("summary-record", "Summary record"),
                            ("concluding-observations", "Concluding observations"),
                            ("follow-up", "Follow-up to the concluding observations"),
                            ("next-report", "Next report"),
                            ("other", "Other document"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "title",
                    models.CharField(help_text="In English: Summary record of the 366th meeting.", max_length=300),
                ),
                (
                    "date",
                    models.DateField(
                        blank=True, help_text="Of the document, or of the meeting that it records.", null=True
                    ),
                ),
                (
                    "languages",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Codes of those it was issued in: en, es.",
                        validators=[sections.models.documents.check_languages],
                    ),
                ),
                (
                    "address",
                    models.URLField(
                        blank=True,
                        help_text="Only where it is not https://undocs.org/en/ and the symbol.",
                        max_length=500,
                        validators=[django.core.validators.URLValidator(["https", "http"])],
                        verbose_name="official address",
                    ),
                ),
                (
                    "verified",
                    models.BooleanField(default=False, help_text="Somebody has compared the record with a source."),
                ),
                (
                    "evidence",
                    models.CharField(
                        blank=True,
                        help_text="What confirms it, or what is not confirmed, in a sentence for readers.",
                        max_length=300,
                    ),
                ),
                (
                    "translations",
                    sections.models.translations.TranslationsField(
                        blank=True, default=dict, help_text='By language and field: {"es": {"title": "…"}}.'
                    ),
                ),
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
                "verbose_name": "historical related document",
                "verbose_name_plural": "historical related documents",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalReplySubject",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "text",
                    models.CharField(
                        help_text="In English: Unaccompanied children: best interests and detention.",
                        max_length=120,
                        verbose_name="subject",
                    ),
                ),
                (
                    "translations",
                    sections.models.translations.TranslationsField(
                        blank=True, default=dict, help_text='By language and field: {"es": {"title": "…"}}.'
                    ),
                ),
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
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sections.section",
                        verbose_name="reply",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical subject of a reply",
                "verbose_name_plural": "historical subjects of replies",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ReplySubject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "text",
                    models.CharField(
                        help_text="In English: Unaccompanied children: best interests and detention.",
                        max_length=120,
                        verbose_name="subject",
                    ),
                ),
                (
                    "translations",
                    sections.models.translations.TranslationsField(
                        blank=True, default=dict, help_text='By language and field: {"es": {"title": "…"}}.'
                    ),
                ),
                (
                    "section",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reply_subject",
                        to="sections.section",
                        verbose_name="reply",
                    ),
                ),
            ],
            options={
                "verbose_name": "subject of a reply",
                "verbose_name_plural": "subjects of replies",
                "ordering": ["section_id"],
            },
        ),
        migrations.CreateModel(
            name="RelatedDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("symbol", models.CharField(help_text="As on the document: CMW/C/MEX/QPR/3.", max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("language-version", "The report in its original or another language"),
                            ("list-of-issues-prior", "List of issues prior to reporting"),
                            ("list-of-issues", "List of issues"),
                            ("summary-record", "Summary record"),
                            ("concluding-observations", "Concluding observations"),
                            ("follow-up", "Follow-up to the concluding observations"),
                            ("next-report", "Next report"),
                            ("other", "Other document"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "title",
                    models.CharField(help_text="In English: Summary record of the 366th meeting.", max_length=300),
                ),
                (
                    "date",
                    models.DateField(
                        blank=True, help_text="Of the document, or of the meeting that it records.", null=True
                    ),
                ),
                (
                    "languages",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Codes of those it was issued in: en, es.",
                        validators=[sections.models.documents.check_languages],
                    ),
                ),
                (
                    "address",
                    models.URLField(
                        blank=True,
                        help_text="Only where it is not https://undocs.org/en/ and the symbol.",
                        max_length=500,
                        validators=[django.core.validators.URLValidator(["https", "http"])],
                        verbose_name="official address",
                    ),
                ),
                (
                    "verified",
                    models.BooleanField(default=False, help_text="Somebody has compared the record with a source."),
                ),
                (
                    "evidence",
                    models.CharField(
                        blank=True,
                        help_text="What confirms it, or what is not confirmed, in a sentence for readers.",
                        max_length=300,
                    ),
                ),
                (
                    "translations",
                    sections.models.translations.TranslationsField(
                        blank=True, default=dict, help_text='By language and field: {"es": {"title": "…"}}.'
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="related_documents",
                        to="sections.report",
                    ),
                ),
            ],
            options={
                "ordering": ["report_id", "kind", "date", "symbol"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "kind", "symbol"), name="unique_related_document")
                ],
            },
        ),
        migrations.RunPython(let_editors, migrations.RunPython.noop),
    ]
