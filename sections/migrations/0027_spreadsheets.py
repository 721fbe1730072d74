"""Lists of any kind can wait to be confirmed, and all slugs are in small letters."""

from django.db import migrations, models


def lower_slugs(apps, schema_editor):
    """Gives entries whose slug has capitals the same in small letters, with a number where another entry has that."""
    entries = apps.get_model("sections", "Entry").objects.using(schema_editor.connection.alias)
    taken = set(entries.values_list("type", "slug"))
    for entry in entries.order_by("pk"):
        if entry.slug == entry.slug.lower():
            continue
        slug, number = entry.slug.lower(), 2
        while (entry.type, slug) in taken:
            slug, number = f"{entry.slug.lower()[:75]}-{number}", number + 1
        taken.add((entry.type, slug))
        entries.filter(pk=entry.pk).update(slug=slug)


class Migration(migrations.Migration):
    dependencies = [("sections", "0026_queue_and_descriptions")]

    operations = [
        migrations.AlterField(
            "upload",
            "sheet",
            models.CharField(help_text="The key of the list, see editing.spreadsheets.register.", max_length=40),
        ),
        migrations.AlterField(
            "upload", "text", models.TextField(help_text="The rows of the file, see editing.spreadsheets.cells.")
        ),
        migrations.RunPython(lower_slugs, migrations.RunPython.noop),
    ]
