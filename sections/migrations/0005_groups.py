"""The three groups of people at the desk, and what each may do."""

from django.db import migrations

ENTRIES = [
    "entry",
    "institution",
    "law",
    "programme",
    "name",
    "shortform",
    "relation",
    "synonym",
    "note",
    "articlelink",
]
TEXTS = ["report", "section", "paragraph", "conventionarticle", "conventionpart", "mention", "change"]
REVIEW = [("rights", "review_links", "Can confirm and reject links at the review desk")]
BY_CSV = [("rights", "edit_by_csv", "Can edit many records at once by CSV")]


def _all(app, models, verbs=("add", "change", "delete", "view")):
    return [(app, model, f"{verb}_{model}", f"Can {verb} {model}") for model in models for verb in verbs]


def _own(rights):
    return [("sections", *right) for right in rights]


EDITORS = [
    *_all("sections", ENTRIES),
    *_all("sections", ["mention"], ("add", "change", "delete")),
    *_all("sections", TEXTS, ("view",)),
    *_own(REVIEW),
    *_own(BY_CSV),
]
GROUPS = {
    "editors": EDITORS,
    "reviewers": _own(REVIEW),
    "administrators": [*EDITORS, *_all("auth", ["user"]), *_all("otp_totp", ["totpdevice"], ("view", "delete"))],
}


def make_groups(apps, schema_editor):
    """Makes the groups with their rights; a group that is there already gets what it lacks."""
    alias = schema_editor.connection.alias
    kinds = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    rights = apps.get_model("auth", "Permission").objects.using(alias)
    for name, wanted in GROUPS.items():
        group, _ = apps.get_model("auth", "Group").objects.using(alias).get_or_create(name=name)
        for app, model, codename, words in wanted:
            kind, _ = kinds.get_or_create(app_label=app, model=model)
            right, _ = rights.get_or_create(content_type=kind, codename=codename, defaults={"name": words})
            group.permissions.add(right)


def remove_groups(apps, schema_editor):
    """Removes the groups; their people stay."""
    apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias).filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("sections", "0004_desk"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_groups, remove_groups)]
