"""Typed readers of the environment, which refuse a bad value in words instead of guessing what it meant."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}


def refuse(name, value, allowed):
    """The error that names the variable, the value it has and the values it may have."""
    return ImproperlyConfigured(f"{name} is set to {value!r}. Allowed is {allowed}.")


def boolean(name, default=False):
    """True or False; an unset or empty variable gives the default."""
    value = os.environ.get(name, "").strip().lower()
    if value in YES:
        return True
    if value in NO:
        return default if value == "" else False
    raise refuse(name, os.environ[name], "1 (also true, yes, on) or 0 (also false, no, off)")


def integer(name, default, least=0, most=2**31 - 1):
    """A whole number between `least` and `most`; an unset or empty variable gives the default."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not (value.isascii() and value.isdigit() and len(value) <= 10 and least <= int(value) <= most):
        raise refuse(name, value, f"a whole number from {least} to {most}")
    return int(value)


def words(name, default=()):
    """A list of the words that commas separate, spaces and empty words left out."""
    value = os.environ.get(name, "")
    return [word.strip() for word in value.split(",") if word.strip()] or list(default)


def hosts(name, default=()):
    """Host names that commas separate, each without scheme, path or port."""
    found = words(name, default)
    for host in found:
        if "/" in host or " " in host or (":" in host and not host.startswith("[")):
            raise refuse(name, host, "a host name without https:// and without a port, such as reports.example.org")
    return found


def web_address(name):
    """The address of a site without a slash at its end, or "" when the variable is unset."""
    value = os.environ.get(name, "").strip()
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.path in {"", "/"}
        usable = usable and not (parts.query or parts.fragment or parts.username) and (parts.port or True)
    except ValueError:
        usable = False
    if not usable:
        raise refuse(name, value, "an address such as https://reports.example.org, without a path")
    return f"{parts.scheme}://{parts.netloc}"


def folder(name, default):
    """The absolute path of a folder, which need not exist yet but must not be a file."""
    path = Path(os.environ.get(name, "").strip() or default).expanduser().absolute()
    if path.exists() and not path.is_dir():
        raise refuse(name, str(path), "a folder, or a path where one can be made")
    return path


def choice(name, default, allowed):
    """One of the allowed words; an unset or empty variable gives the default."""
    value = os.environ.get(name, "").strip() or default
    if value not in allowed:
        raise refuse(name, value, "one of " + ", ".join(allowed))
    return value


def secret_key(name, data_dir):
    """The secret from the environment, or the one kept in the data folder, which is made at first need."""
    value = os.environ.get(name, "").strip()
    if value:
        if len(value) < 32:
            raise ImproperlyConfigured(f"{name} has {len(value)} characters. Allowed is a secret of 32 or more.")
        return value
    make_folder(data_dir)
    path = data_dir / "secret_key"
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    except OSError as fault:
        raise ImproperlyConfigured(f"The secret can't be written to {path}: {fault.strerror}.") from fault
    kept = path.read_text(encoding="utf-8").strip()
    if len(kept) < 32:
        raise ImproperlyConfigured(f"The secret in {path} is too short. Delete the file, and a new one is made.")
    return kept


def make_folder(path):
    """Makes a folder and those above it, or says in words why that can't be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise ImproperlyConfigured(f"The folder {path} can't be made: {fault.strerror}.") from fault


def database(name, default):
    """Django's description of the database that a URL names, or of the SQLite file that is the default."""
    value = os.environ.get(name, "").strip()
    if not value:
        return sqlite(default)
    try:
        found = dj_database_url.parse(value, conn_max_age=600, conn_health_checks=True)
    except Exception as fault:  # the parser's own errors and those of urllib, some of them plain ValueErrors
        raise refuse_database(name, value) from fault
    if not found.get("NAME"):
        raise refuse_database(name, value)
    if found["ENGINE"] == "django.db.backends.sqlite3":
        return sqlite(found["NAME"])
    if found["ENGINE"] == "django.db.backends.postgresql":
        return found
    raise refuse_database(name, value)


def refuse_database(name, value):
    """The error for a database that can't be used; a password in the address is not repeated."""
    scheme, _, rest = value.partition("://")
    shown = f"{scheme}://…@{rest.rpartition('@')[2]}" if "@" in rest else value
    return refuse(name, shown, "sqlite:///folder/file.sqlite3 or postgres://user:password@host:5432/name")


def sqlite(path):
    """The SQLite file at a path: readers beside a writer, and a second writer that waits its turn."""
    if str(path) != ":memory:":
        make_folder(Path(path).absolute().parent)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }
