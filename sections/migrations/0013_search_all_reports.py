"""The search index as a search in all reports needs it; `rebuild_search` makes it anew."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sections", "0012_read_only")]

    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("term", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("stem", models.CharField(max_length=100)),
                (
                    "family",
                    models.CharField(
                        help_text="What the stem shares with its derivatives: racism, racist.", max_length=100
                    ),
                ),
                ("documents", models.PositiveIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["stem"], name="search_word_by_stem"),
                    models.Index(fields=["family"], name="search_word_by_family"),
                ],
            },
        ),
        # The rows that exist are of a former layout, which is never read.
        migrations.AddField(
            model_name="searchsegment",
            name="report",
            field=models.BigIntegerField(db_index=True, default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="searchsegment",
            name="links",
            field=models.BinaryField(
                default=b"", help_text="The entries, articles and parts of each document, see search.engine.links."
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="searchsegment",
            name="links_seq",
            field=models.BigIntegerField(
                db_index=True, default=0, help_text="Content version at which `links` last changed."
            ),
            preserve_default=False,
        ),
        migrations.RemoveConstraint("searchposting", "unique_search_posting"),
        migrations.AlterField(
            model_name="searchposting",
            name="segment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="postings", to="sections.searchsegment"
            ),
        ),
        migrations.AddConstraint(
            model_name="searchposting",
            constraint=models.UniqueConstraint(fields=("key", "segment"), name="unique_posting_of_segment"),
        ),
    ]
