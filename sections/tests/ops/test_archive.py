"""What is not a sound backup of this site is refused in one sentence, before anything is touched."""

import json
import os
import random
import re
import struct
import zipfile
from io import BytesIO

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection

from sections.models import Entry
from sections.ops import archive
from sections.ops.archive import CONTENT, MANIFEST
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def sound(django_db_setup, django_db_blocker, tmp_path_factory):
    """The bytes of a sound backup of a small world, which is gone again."""
    with django_db_blocker.unblock():
        kept = connection.creation.serialize_db_to_string()
        make_world()
        path = tmp_path_factory.mktemp("sound") / "world.zip"
        call_command("backup", str(path))
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
        connection.creation.deserialize_db_from_string(kept)
    return path.read_bytes()


@pytest.fixture
def backup(sound, tmp_path, settings):
    """The file of a sound backup."""
    settings.DATA_DIR = tmp_path
    path = tmp_path / "world.zip"
    path.write_bytes(sound)
    return path


def refusal(path):
    """The sentence with which a restore refuses a file; fails where anything was touched before."""
    before = list(Entry.objects.order_by("pk").values())
    with pytest.raises(CommandError) as refused:
        call_command("restore", str(path), "--yes")
    sentence = str(refused.value)
    assert list(Entry.objects.order_by("pk").values()) == before
    assert not list((path.parent / "backups").glob("*"))
    assert re.fullmatch(r"[^\n]{10,400}\.", sentence)
    return sentence.replace(str(path), "FILE")


def zipped(**members):
    """The bytes of a zip file with these members."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name.replace("__", "."), data)
    return file.getvalue()


def altered(backup, manifest=None, content=None, **fields):
    """Writes the backup anew with another manifest or database, or other fields of the manifest."""
    with zipfile.ZipFile(backup) as packed:
        given, data = json.loads(packed.read(MANIFEST)), packed.read(CONTENT)
    text = json.dumps(given | fields) if manifest is None else manifest
    backup.write_bytes(zipped(manifest__json=text, database=data if content is None else content))
    return backup


NOT_BACKUPS = {
    "nothing": (b"", "FILE is empty."),
    "a letter": (b"Dear colleague, here is the backup.", "FILE is not a backup, or is damaged from its first byte."),
    "an archive without members": (zipped(), "FILE is an empty archive."),
    "another archive": (
        zipped(word__document="x"),
        "FILE is not a backup of this site: it holds no manifest.",
    ),
    "an SQLite file": (
        b"SQLite format 3\0" + bytes(84),
        "FILE is an SQLite database and not a backup made by manage.py backup.",
    ),
    "an encrypted file": (
        b"age-encryption.org/v1\n-> X25519 abc\n",
        "FILE is encrypted: decrypt it first, and restore the result.",
    ),
    "a file for GnuPG": (
        b"-----BEGIN PGP MESSAGE-----\n\nhQEM\n",
        "FILE is encrypted: decrypt it first, and restore the result.",
    ),
    "a manifest alone": (
        zipped(manifest__json="{}"),
        "FILE is not a backup of this site, or is damaged: it must hold a manifest and a database.",
    ),
    "more than a backup holds": (
        zipped(manifest__json="{}", database="", other="x"),
        "FILE is not a backup of this site, or is damaged: it must hold a manifest and a database.",
    ),
    "a gigantic manifest": (
        zipped(manifest__json=" " * (5 << 20), database=""),
        "FILE is not a backup of this site: it holds no manifest.",
    ),
}


@pytest.mark.parametrize("kind", NOT_BACKUPS)
def test_it_says_what_the_file_is_instead(backup, kind):
    data, sentence = NOT_BACKUPS[kind]
    backup.write_bytes(data)
    assert refusal(backup) == sentence


def test_it_refuses_what_is_no_file(backup, tmp_path):
    assert refusal(tmp_path / "none.zip") == "There is no file FILE."
    (tmp_path / "folder.zip").mkdir()
    assert refusal(tmp_path / "folder.zip") == "FILE is not a file."
    os.mkfifo(tmp_path / "pipe.zip")
    assert refusal(tmp_path / "pipe.zip") == "FILE is not a file."


def test_it_refuses_an_archive_with_a_password(backup):
    data = bytearray(backup.read_bytes())
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        for found in re.finditer(re.escape(signature), bytes(data)):
            data[found.start() + offset] |= 1
    backup.write_bytes(bytes(data))
    assert refusal(backup) == "FILE is encrypted: decrypt it first, and restore the result."


@pytest.mark.parametrize(
    "manifest",
    [
        "",
        "[]",
        "null",
        "7",
        '"text"',
        "{}",
        "[" * 100_000,
        '{"format": 2}',
        '{"format": true}',
        '{"format": -1}',
        "\xff",
    ],
    ids=lambda text: text[:15],
)
def test_it_refuses_a_manifest_that_is_none(backup, manifest):
    assert refusal(altered(backup, manifest)).startswith("FILE is ")


@pytest.mark.parametrize(
    "fields",
    [
        {"tables": None},
        {"tables": {"a": {}}},
        {"tables": {"a": {"rows": "1", "sha256": "x"}}},
        {"tables": []},
        {"migrations": None},
        {"migrations": [1]},
        {"database": None},
        {"size": "large"},
        {"more": 1},
    ],
    ids=str,
)
def test_it_refuses_a_manifest_with_other_fields(backup, fields):
    assert refusal(altered(backup, **fields)) == "FILE is damaged and cannot be used: its manifest is incomplete."


def test_it_refuses_a_backup_without_rows(backup):
    tables = {"sections_entry": {"rows": 0, "sha256": "0"}}
    assert refusal(altered(backup, tables=tables)) == "FILE holds no rows, so that nothing would be left of this site."


def test_it_refuses_another_database_than_was_backed_up(backup):
    sentence = "FILE is damaged and cannot be used: its database is not the one that was backed up."
    with zipfile.ZipFile(backup) as packed:
        data = packed.read(CONTENT)
    assert refusal(altered(backup, content=data[:-1] + b"?")) == sentence
    assert refusal(altered(backup, content=data + b"?")) == sentence
    assert refusal(altered(backup, content=b"")) == sentence


def test_it_refuses_rows_that_the_manifest_does_not_name(backup):
    with zipfile.ZipFile(backup) as packed:
        tables = json.loads(packed.read(MANIFEST))["tables"]
    tables["sections_entry"]["rows"] += 1
    if connection.vendor == "sqlite":  # on PostgreSQL the comparison after the restore tells
        assert "it does not hold the rows that the manifest names" in refusal(altered(backup, tables=tables))


def test_it_refuses_a_backup_of_a_newer_version(backup):
    with zipfile.ZipFile(backup) as packed:
        migrations = json.loads(packed.read(MANIFEST))["migrations"]
    newer = [*migrations, "sections.9999_from_the_future"]
    assert refusal(altered(backup, version="9.9", migrations=newer)) == (
        f"FILE was made by version 9.9 of the site, and this is {django_settings.VERSION}, whose code does not know "
        "sections.9999_from_the_future: install that version first."
    )
    assert refusal(altered(backup, format=99)) == (
        "FILE is in a format that this version does not know: install the version that made it."
    )


def test_it_refuses_what_would_fill_the_disk(backup, monkeypatch):
    with zipfile.ZipFile(backup) as packed:
        manifest = packed.read(MANIFEST)
    with zipfile.ZipFile(backup, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        packed.writestr(MANIFEST, manifest)
        with packed.open(CONTENT, "w") as content:
            for _ in range(300):
                content.write(bytes(1 << 20))
    assert refusal(backup) == "FILE would unpack to 300 MB, which no backup of its size does."


def test_it_refuses_what_the_disk_has_no_space_for(backup, monkeypatch):
    monkeypatch.setattr(archive.shutil, "disk_usage", lambda folder: type("Usage", (), {"free": 1000}))
    with pytest.raises(CommandError, match=r"unpacks to \d+ MB, but the disk of .* has 0 MB left"):
        archive.unpack(backup, backup.parent)


@pytest.mark.parametrize("size", [1, 10, 2**31])
def test_it_does_not_believe_the_size_that_the_archive_states(backup, size):
    data = bytearray(backup.read_bytes())
    directory = [found.start() for found in re.finditer(b"PK\1\2", bytes(data))][-1]
    data[directory + 24 : directory + 28] = struct.pack("<I", size)
    backup.write_bytes(bytes(data))
    assert refusal(backup).startswith("FILE ")


def test_it_refuses_a_file_cut_short_anywhere(backup):
    data = backup.read_bytes()
    for cut in sorted(random.Random(1).sample(range(1, len(data)), 25)) + [len(data) - 1]:
        backup.write_bytes(data[:cut])
        assert "FILE is" in refusal(backup)


def test_a_byte_that_changed_is_found_or_does_no_harm(backup, tmp_path):
    data, sound = backup.read_bytes(), archive.unpack(backup, tmp_path).read_bytes()
    places = random.Random(2).sample(range(len(data)), 150)
    found = 0
    for place in [*places, *range(len(data) - 150, len(data))]:
        backup.write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        try:
            assert archive.unpack(backup, tmp_path).read_bytes() == sound  # a date of the archive, for example
        except CommandError:
            found += 1
    assert found > 150


def test_it_records_what_made_it(backup):
    manifest = archive.read(backup)
    assert manifest.version == django_settings.VERSION
    assert manifest.database == connection.vendor
    assert manifest.content_version > 0
    assert "sections.0009_search_segments" in manifest.migrations
    assert len(manifest.sha256) == 64
