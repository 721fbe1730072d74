"""The search index in segments, made anew by `rebuild_search`, and the content version."""

import django.db.models.deletion
from django.db import migrations, models


def create_version(apps, schema_editor):
    apps.get_model("sections", "ContentVersion").objects.using(schema_editor.connection.alias).create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("sections", "0008_subjects")]

    operations = [
        migrations.DeleteModel("SearchState"),
        migrations.DeleteModel("SearchPosting"),
        migrations.DeleteModel("SearchTerm"),
        migrations.CreateModel(
            name="ContentVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "content",
                    models.BigIntegerField(default=0, help_text="The number of the last change that readers can see."),
                ),
                (
                    "names",
                    models.BigIntegerField(
                        default=0, help_text="The number of the last change of names and thesaurus."
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SearchSegment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.BigIntegerField(help_text="Content version at which its documents last changed.")),
                ("layout", models.PositiveSmallIntegerField(help_text="Which form of the index the rows have.")),
                (
                    "columns",
                    models.BinaryField(
                        help_text="A number of 64 bits for each column and document, see search.indexer."
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                ("paragraph", models.BigIntegerField(primary_key=True, serialize=False)),
                ("report", models.BigIntegerField(db_index=True)),
                ("number", models.PositiveIntegerField(help_text="Of the document in its segment.")),
                ("keys", models.TextField(help_text="The keys of its links and subjects, with spaces between them.")),
                ("text_digest", models.CharField(help_text="Of its text and its place in the outline.", max_length=16)),
                ("links_digest", models.CharField(help_text="Of its links and subjects.", max_length=16)),
                (
                    "segment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="sections.searchsegment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SearchPosting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=110)),
                ("data", models.BinaryField()),
                ("seq", models.BigIntegerField(db_index=True, help_text="Content version at which it last changed.")),
                (
                    "segment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="postings",
                        to="sections.searchsegment",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("segment", "key"), name="unique_search_posting")],
            },
        ),
        migrations.CreateModel(
            name="SearchTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("term", models.CharField(max_length=100)),
                ("stem", models.CharField(max_length=100)),
                ("documents", models.PositiveIntegerField()),
                (
                    "segment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="terms",
                        to="sections.searchsegment",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["segment", "stem"], name="search_term_by_stem")],
                "constraints": [models.UniqueConstraint(fields=("segment", "term"), name="unique_search_term")],
            },
        ),
        migrations.AlterModelOptions(
            name="abbreviation",
            options={"ordering": ["report_id", "position"]},
        ),
        migrations.AlterModelOptions(
            name="articlelink",
            options={"ordering": ["paragraph_id", "article_id"]},
        ),
        migrations.AlterModelOptions(
            name="backreference",
            options={"ordering": ["block_id", "start", "target_id"]},
        ),
        migrations.AlterModelOptions(
            name="block",
            options={"ordering": ["paragraph_id", "position"]},
        ),
        migrations.AlterModelOptions(
            name="checkedsum",
            options={"ordering": ["paragraph_id", "position"]},
        ),
        migrations.AlterModelOptions(
            name="datedevent",
            options={"ordering": ["block_id", "start"]},
        ),
        migrations.AlterModelOptions(
            name="figure",
            options={"ordering": ["block_id", "start"]},
        ),
        migrations.AlterModelOptions(
            name="footnote",
            options={"ordering": ["report_id", "number"]},
        ),
        migrations.AlterModelOptions(
            name="mention",
            options={"ordering": ["block_id", "start"]},
        ),
        migrations.AlterModelOptions(
            name="name",
            options={"ordering": ["entry_id", "language", "form", "text"]},
        ),
        migrations.AlterModelOptions(
            name="note",
            options={"ordering": ["paragraph_id", "position"]},
        ),
        migrations.AlterModelOptions(
            name="paragraph",
            options={"ordering": ["report_id", "number"]},
        ),
        migrations.AlterModelOptions(
            name="placemention",
            options={"ordering": ["block_id", "start"]},
        ),
        migrations.AlterModelOptions(
            name="reference",
            options={"ordering": ["block_id", "start", "target"]},
        ),
        migrations.AlterModelOptions(
            name="relation",
            options={"ordering": ["source_id", "kind", "target_id"]},
        ),
        migrations.AlterModelOptions(
            name="section",
            options={"ordering": ["report_id", "position"]},
        ),
        migrations.AlterModelOptions(
            name="shortform",
            options={"ordering": ["report_id", "text", "entry_id"]},
        ),
        migrations.AlterModelOptions(
            name="subjects",
            options={"ordering": ["paragraph_id"], "verbose_name": "subjects", "verbose_name_plural": "subjects"},
        ),
        migrations.AlterModelOptions(
            name="table",
            options={"ordering": ["report_id", "number"]},
        ),
        migrations.RunPython(create_version, migrations.RunPython.noop),
    ]
