"""A backup and the way back: the restored site equals the original, whatever happened in between."""

import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from sections.models import ContentVersion, Entry, Mention, Name, Note, Paragraph, SearchSegment, current_version
from sections.ops.restore import differences
from sections.tests.support.world import SYMBOL, make_world

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("migrated"),
]


@pytest.fixture
def backup(tmp_path, settings):
    """The file of a backup of the small world, whose index is made."""
    settings.DATA_DIR = tmp_path
    make_world()
    call_command("rebuild_search", verbosity=0)
    path = tmp_path / "kept" / "world.zip"
    call_command("backup", str(path))
    return path


def pages(client):
    """What readers get, without what differs each time."""
    addresses = [f"/{SYMBOL}/full/", f"/{SYMBOL}/paragraphs/7/", "/institutions/", "/api/v1/search/?q=travellers"]
    return [client.get(address).content for address in addresses]


def test_it_gives_back_the_same_site(client, backup, capsys):
    before = pages(client)
    Entry.objects.filter(slug="open-roads-plan").delete()
    Name.objects.create(entry=Entry.objects.get(slug="travellers-act"), text="The Act of all travellers")
    Note.objects.create(paragraph=Paragraph.objects.get(number=7), text="As printed.")
    Mention.objects.filter(surface="NOT").update(review="rejected")
    assert pages(client) != before
    with pytest.raises(CommandError, match="sections_note: 0 rows in the backup, 1 in the database"):
        call_command("restore", str(backup), "--check")
    call_command("restore", str(backup), "--yes")
    assert pages(client) == before
    assert "The database equals the backup, table by table." in capsys.readouterr().out
    Name.objects.create(entry=Entry.objects.get(slug="travellers-act"), text="It takes new rows")


def test_it_keeps_what_a_restore_replaces(client, backup, tmp_path):
    Entry.objects.create(type="law", slug="late", name="Late Act", kind="act")
    call_command("restore", str(backup), "--yes")
    assert not Entry.objects.filter(slug="late").exists()
    (kept,) = (tmp_path / "backups").glob("before-restore-*.zip")
    call_command("restore", str(kept), "--yes")
    assert Entry.objects.filter(slug="late").exists()


def test_its_content_version_is_higher_than_any_before(backup):
    versions = [current_version().content]
    for _ in range(2):
        Entry.objects.create(type="law", slug=f"late-{versions[-1]}", name="Late Act", kind="act")
        versions.append(current_version().content)
        call_command("restore", str(backup), "--yes")
        version = current_version()
        assert version.content > max(versions)
        assert version.names == version.content
        assert set(SearchSegment.objects.values_list("seq", flat=True)) == {version.content}
        versions.append(version.content)


def test_its_content_version_is_higher_even_where_the_clock_was_set_back(backup):
    ContentVersion.objects.update(content=2**62, names=2**62)
    call_command("restore", str(backup), "--yes")
    assert current_version().content > 2**62


def test_it_brings_a_backup_of_an_older_version_up_to_date(backup, capsys):
    with zipfile.ZipFile(backup) as packed:
        manifest, content = json.loads(packed.read("manifest.json")), packed.read("database")
    manifest["migrations"].remove("sections.0009_search_segments")
    with zipfile.ZipFile(backup, "w") as packed:
        packed.writestr("manifest.json", json.dumps(manifest))
        packed.writestr("database", content)
    call_command("restore", str(backup), "--yes")
    assert "Updating the tables" in capsys.readouterr().out


def test_it_leaves_the_database_alone_without_a_yes(backup, monkeypatch, capsys):
    Entry.objects.create(type="law", slug="late", name="Late Act", kind="act")
    monkeypatch.setattr("builtins.input", lambda question: "no")
    call_command("restore", str(backup))
    assert "Nothing was written." in capsys.readouterr().out
    assert Entry.objects.filter(slug="late").exists()


def test_it_writes_nothing_where_nobody_can_be_asked(backup, monkeypatch):
    Entry.objects.create(type="law", slug="late", name="Late Act", kind="act")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(CommandError, match="Nothing was written. Add --yes"):
        call_command("restore", str(backup))
    assert Entry.objects.filter(slug="late").exists()


def test_it_refuses_a_damaged_file_and_writes_nothing(backup):
    rows = Entry.objects.count()
    whole = backup.read_bytes()
    for harm in (whole[:-200], whole.replace(whole[2000:2040], b"?" * 40), b"not a backup"):
        backup.write_bytes(harm)
        with pytest.raises(CommandError, match="damaged"):
            call_command("restore", str(backup), "--yes")
    with pytest.raises(CommandError, match="There is no file"):
        call_command("restore", str(backup) + "x", "--yes")
    assert Entry.objects.count() == rows


def test_it_refuses_a_backup_of_the_other_database(backup):
    with zipfile.ZipFile(backup) as packed:
        manifest, content = packed.read("manifest.json").decode(), packed.read("database")
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    with zipfile.ZipFile(backup, "w") as packed:
        packed.writestr("manifest.json", manifest.replace(f'"{connection.vendor}"', f'"{other}"'))
        packed.writestr("database", content)
    with pytest.raises(CommandError, match="use move_database"):
        call_command("restore", str(backup), "--yes")


def test_it_writes_over_no_file(backup):
    with pytest.raises(CommandError, match="already exists and was left as it is"):
        call_command("backup", str(backup))


def test_it_says_where_two_databases_differ():
    one = {"a": {"rows": 1, "sha256": "x"}, "b": {"rows": 2, "sha256": "x"}, "c": {"rows": 2, "sha256": "x"}}
    other = {"a": {"rows": 1, "sha256": "y"}, "b": {"rows": 3, "sha256": "x"}, "d": {"rows": 0, "sha256": "x"}}
    assert differences(one, other) == [
        "a: 1 rows in both, but with different content",
        "b: 2 rows in the backup, 3 in the database",
        "c: only in the backup",
        "d: only in the database",
    ]
    assert differences(one, dict(one)) == []
