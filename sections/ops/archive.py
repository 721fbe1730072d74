"""The file of a backup: a zip of two members, the manifest and the database. Reading it trusts nothing in it."""

import json
import os
import shutil
import stat
import struct
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from .digests import Digests

FORMAT = 2
OLDEST_FORMAT = 1  # without versions and digest of the database's file
MANIFEST, CONTENT = "manifest.json", "database"
MOST_MANIFEST = 4 << 20  # bytes
# Databases shrink to a fifth; what grows more than this on unpacking, to more than that, was made to fill a disk.
MOST_GROWTH, HARMLESS_SIZE = 200, 256 << 20
PIECE = 1 << 20
ENCRYPTED = (
    b"age-encryption.org/",
    b"-----BEGIN PGP MESSAGE",
    b"Salted__",
    b"\x85\x02",
    b"\x8c\x0d",
    b"-----BEGIN AGE",
)


class BackupError(CommandError):
    """Why a backup cannot be made or used, in words; a command ends with them."""


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    database: str  # the kind: sqlite or postgresql
    made: str
    tables: Digests
    version: str = ""  # of the code
    migrations: list[str] = field(default_factory=list)  # those that the database had: app.name
    content_version: int = 0
    size: int = 0  # of the database's file, in bytes
    sha256: str = ""  # of the same
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """How many rows all tables hold."""
        return sum(table["rows"] for table in self.tables.values())


def pack(path: Path, content: Path, manifest: dict[str, Any]) -> None:
    """Writes the file of a backup; size and digest of the database's file are added to the manifest."""
    with open(content, "rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    complete = Manifest(**manifest, size=content.stat().st_size, sha256=digest)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(MANIFEST, json.dumps(asdict(complete), indent=1))
        packed.write(content, CONTENT)
    path.chmod(0o600)  # it holds the logins
    with open(path, "rb") as file:
        os.fsync(file.fileno())


def read(path: Path) -> Manifest:
    """The manifest, without unpacking the database; BackupError for what is no backup at all."""
    with _opened(path) as packed:
        return _manifest(path, packed)


def unpack(path: Path, folder: Path) -> Path:
    """Writes the database's file into the folder, and returns its path; BackupError where it is not sound."""
    with _opened(path) as packed:
        manifest = _manifest(path, packed)
        size, free = packed.getinfo(CONTENT).file_size, shutil.disk_usage(folder).free
        if size > 0.9 * free:
            raise BackupError(f"{path} unpacks to {_shown(size)}, but the disk of {folder} has {_shown(free)} left.")
        target = folder / CONTENT
        with packed.open(CONTENT) as content, open(target, "wb") as file:
            _copy(path, content, file, manifest)
    return target


@contextmanager
def _opened(path):
    """The zip file at the path; whatever is wrong with it is a BackupError."""
    _refuse_other_files(path)
    try:
        with zipfile.ZipFile(path) as packed:
            yield packed
    except (NotImplementedError, RuntimeError) as error:
        raise BackupError(f"{path} is damaged, or packed in a way that no backup of this site is.") from error
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error, struct.error) as error:
        raise BackupError(f"{path} is damaged and cannot be used: {_words(error)}.") from error


def _refuse_other_files(path):
    """Says in one sentence what the file is instead of a backup, as far as its beginning tells."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for
            raise BackupError(f"{path} is not a file.")
        with open(path, "rb") as file:
            start = file.read(64)
    except FileNotFoundError as error:
        raise BackupError(f"There is no file {path}.") from error
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror}.") from error
    if not start:
        raise BackupError(f"{path} is empty.")
    if start.startswith(ENCRYPTED):
        raise BackupError(f"{path} is encrypted: decrypt it first, and restore the result.")
    if start.startswith(b"SQLite format 3\0"):
        raise BackupError(f"{path} is an SQLite database and not a backup made by manage.py backup.")
    if not start.startswith(b"PK"):
        raise BackupError(f"{path} is not a backup, or is damaged from its first byte.")


def _manifest(path, packed):
    members = {member.filename: member for member in packed.infolist()}
    if not members:
        raise BackupError(f"{path} is an empty archive.")
    if any(member.flag_bits & 1 for member in members.values()):
        raise BackupError(f"{path} is encrypted: decrypt it first, and restore the result.")
    if MANIFEST not in members or members[MANIFEST].file_size > MOST_MANIFEST:
        raise BackupError(f"{path} is not a backup of this site: it holds no manifest.")
    if set(members) != {MANIFEST, CONTENT} or len(packed.infolist()) != 2:
        raise BackupError(
            f"{path} is not a backup of this site, or is damaged: it must hold a manifest and a database."
        )
    size = members[CONTENT].file_size
    if size > HARMLESS_SIZE and size > MOST_GROWTH * path.stat().st_size:
        raise BackupError(f"{path} would unpack to {_shown(size)}, which no backup of its size does.")
    return _read_manifest(path, packed.read(MANIFEST))


def _read_manifest(path, data):
    try:
        given = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BackupError(f"{path} is damaged and cannot be used: its manifest is not readable.") from error
    number = given.get("format") if isinstance(given, dict) else None
    if not isinstance(number, int) or number < OLDEST_FORMAT:
        raise BackupError(f"{path} is not a backup of this site, or is damaged: its manifest names no format.")
    if number > FORMAT:
        raise BackupError(f"{path} is in a format that this version does not know: install the version that made it.")
    try:
        manifest = Manifest(**given)
        kinds = {"database": str, "made": str, "version": str, "content_version": int, "size": int, "sha256": str}
        sound = all(isinstance(getattr(manifest, name), kind) for name, kind in kinds.items())
        sound = sound and all(isinstance(name, str) for name in manifest.migrations)
        sound = sound and all(isinstance(table["rows"], int) and table["sha256"] for table in manifest.tables.values())
    except (TypeError, KeyError, AttributeError):
        sound = False
    if not sound:
        raise BackupError(f"{path} is damaged and cannot be used: its manifest is incomplete.")
    if not manifest.rows:
        raise BackupError(f"{path} holds no rows, so that nothing would be left of this site.")
    return manifest


def _copy(path, content, file, manifest):
    """Copies the database's file piece by piece, and compares it with the manifest."""
    digest, size = sha256(), 0
    while piece := content.read(PIECE):
        digest.update(piece)
        size += len(piece)
        file.write(piece)
    if manifest.format > OLDEST_FORMAT and (size, digest.hexdigest()) != (manifest.size, manifest.sha256):
        raise BackupError(f"{path} is damaged and cannot be used: its database is not the one that was backed up.")


def _words(error):
    words = str(getattr(error, "strerror", None) or error or type(error).__name__)
    return " ".join(words.split()).strip("'\".")


def _shown(size):
    return f"{size / (1 << 30):,.1f} GB" if size >= 1 << 30 else f"{size >> 20} MB"
