"""Typed readers of the environment. An invalid value is refused in words, never guessed at."""

import os
import re
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from sections.text.whole_numbers import whole_number

from .licence import Licence, licence_of

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}
SHORTEST_SECRET = 32
SQLITE, POSTGRESQL = "reportsite.sqlite", "reportsite.postgresql"
POSTGRESQL_URL = "postgres://user:password@host:5432/name"
NOTICE_DEAD_SERVERS = {
    "connect_timeout": 3,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,  # milliseconds
    "application_name": "reports",
}


def invalid(name: str, value: str, allowed: str) -> ImproperlyConfigured:
    """The error that names the variable, its value and the values that are allowed."""
    return ImproperlyConfigured(f"{name} is set to {value!r}. Allowed: {allowed}.")


def boolean(name: str) -> bool:
    """True or False; an unset or empty variable gives False."""
    value = os.environ.get(name, "").strip().lower()
    if value not in YES | NO:
        raise invalid(name, os.environ[name], "1 (also true, yes, on) or 0 (also false, no, off)")
    return value in YES


def integer(name: str, default: int, least: int = 0, most: int = 2**31 - 1) -> int:
    """A whole number between `least` and `most`; an unset or empty variable gives the default."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    number = whole_number(value, most)
    if number is None or number < least:
        raise invalid(name, value, f"a whole number from {least} to {most}")
    return number


def hosts(name: str) -> list[str]:
    """The host names between commas, each without scheme, path or port."""
    names = [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]
    for host in names:
        if "/" in host or " " in host or (":" in host and not host.startswith("[")):
            raise invalid(name, host, "a host name without https:// and without a port, such as reports.example.org")
    return names


def web_address(name: str) -> str:
    """The URL of a site without a trailing slash; "" when the variable is unset."""
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
        raise invalid(name, value, "an address such as https://reports.example.org, without a path")
    return f"{parts.scheme}://{parts.netloc}"


def listening_address(name: str) -> tuple[str, int] | None:
    """The host and the port at which to listen, such as 127.0.0.1:9100; None when the variable is unset."""
    value = os.environ.get(name, "").strip()
    if not value:
        return None
    host, _, digits = value.rpartition(":")
    port = whole_number(digits, 65535)
    bracketed = host.startswith("[") and host.endswith("]")
    if not host or not port or "/" in host or (":" in host and not bracketed):
        raise invalid(name, value, "an address and a port of this machine, such as 127.0.0.1:9100")
    return host.strip("[]"), port


def contact(name: str) -> str:
    """An e-mail or web address as a URI, `mailto:…` or `https://…`; "" when the variable is unset."""
    value = os.environ.get(name, "").strip()
    if not value:
        return ""
    address = value.removeprefix("mailto:")
    if re.fullmatch(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+", address):
        return f"mailto:{address}"
    if not re.fullmatch(r"https://[^\s/@<>]+\.[^\s/@<>]+(/[^\s<>]*)?", value):
        raise invalid(name, value, "an e-mail address, or the address of a web page that begins with https://")
    return value


def words(name: str, most: int = 200) -> str:
    """A text of one line, such as a name; "" when the variable is unset."""
    value = os.environ.get(name, "").strip()
    if len(value) > most or not value.isprintable():
        raise invalid(name, value, f"a text of one line with at most {most} characters")
    return value


def licence(name: str) -> Licence | None:
    """The licence that the variable names; None when it is unset."""
    value = os.environ.get(name, "").strip()
    if not value:
        return None
    if (found := licence_of(value)) is None:
        allowed = "an SPDX identifier such as CC-BY-4.0, or the name of a licence and the address of its text"
        raise invalid(name, value, allowed)
    return found


def folder(name: str, default: str | Path) -> Path:
    """The absolute path of a folder, which need not exist yet but must not be a file."""
    path = Path(os.environ.get(name, "").strip() or default).expanduser().absolute()
    if path.exists() and not path.is_dir():
        raise invalid(name, str(path), "a folder, or a path where one can be created")
    return path


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """One of the allowed words; an unset or empty variable gives the default."""
    value = os.environ.get(name, "").strip() or default
    if value not in allowed:
        raise invalid(name, value, "one of " + ", ".join(allowed))
    return value


def secret_key(name: str, data_dir: Path) -> str:
    """The secret from the environment, or the one stored in the data folder, which is created when missing."""
    value = os.environ.get(name, "").strip()
    if value:
        if len(value) < SHORTEST_SECRET:
            message = f"{name} has {len(value)} characters. A secret must have at least {SHORTEST_SECRET}."
            raise ImproperlyConfigured(message)
        return value
    make_folder(data_dir)
    path = data_dir / "secret_key"
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    except OSError as error:
        raise ImproperlyConfigured(f"The secret cannot be written to {path}: {error.strerror}.") from error
    secret = path.read_text(encoding="utf-8").strip()
    if len(secret) < SHORTEST_SECRET:
        raise ImproperlyConfigured(f"The secret in {path} is too short. Delete the file to have a new one created.")
    return secret


def secrets_of_before(name: str) -> list[str]:
    """The secrets between commas, which still verify what they signed; each as long as a secret must be."""
    values = [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]
    for value in values:
        if len(value) < SHORTEST_SECRET:
            message = f"{name} contains a secret of {len(value)} characters. Each must have at least {SHORTEST_SECRET}."
            raise ImproperlyConfigured(f"{message} Separate several by commas.")
    return values


def make_folder(path: Path) -> None:
    """Creates a folder and its parents where they are missing; ImproperlyConfigured where that is not possible."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"The folder {path} cannot be created: {error.strerror}.") from error


def database(name: str, default: str | Path) -> dict[str, Any]:
    """Django's settings for the database that a URL names, or for the SQLite file `default`."""
    value = os.environ.get(name, "").strip()
    if not value:
        return sqlite(default)
    refusal = invalid(name, _without_password(value), f"sqlite:///folder/file.sqlite3 or {POSTGRESQL_URL}")
    parsed = _parsed(value, refusal)
    if parsed["ENGINE"] == "django.db.backends.sqlite3":
        return sqlite(parsed["NAME"])
    if parsed["ENGINE"] == "django.db.backends.postgresql":
        return _postgresql(parsed)
    raise refusal


def replica(name: str, primary: dict[str, Any]) -> dict[str, Any] | None:
    """Django's settings for the streaming replica that a URL names; None when the variable is unset."""
    value = os.environ.get(name, "").strip()
    if not value:
        return None
    refusal = invalid(name, _without_password(value), POSTGRESQL_URL)
    parsed = _parsed(value, refusal)
    if parsed["ENGINE"] != "django.db.backends.postgresql":
        raise refusal
    if primary["ENGINE"] != POSTGRESQL:
        raise ImproperlyConfigured(f"{name} is set, but the database is SQLite, which has no replicas. Unset {name}.")
    settings = _postgresql(parsed)
    given = settings["OPTIONS"].get("options", "")
    settings["OPTIONS"] = settings["OPTIONS"] | {"connect_timeout": 2} | parsed.get("OPTIONS", {})
    settings["OPTIONS"]["options"] = f"{given} -c default_transaction_read_only=on".strip()
    return settings | {"TEST": {"MIRROR": "default"}}


def _without_password(url):
    scheme, _, rest = url.partition("://")
    return f"{scheme}://…@{rest.rpartition('@')[2]}" if "@" in rest else url


def _parsed(url, refusal):
    """The URL of a database in Django's form; the refusal where it is none or names no database."""
    try:
        parsed = dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True)
    except Exception as error:  # the parser's own errors and those of urllib, some of them plain ValueErrors
        raise refusal from error
    if not parsed.get("NAME"):
        raise refusal
    return parsed


def _postgresql(parsed):
    """Settings by which a dead server is an error within seconds; what the URL itself says takes precedence."""
    return parsed | {"ENGINE": POSTGRESQL, "OPTIONS": NOTICE_DEAD_SERVERS | parsed.get("OPTIONS", {})}


def sqlite(path: str | Path) -> dict[str, Any]:
    """Django's settings for an SQLite file. Readers never wait for a writer; a second writer waits its turn."""
    if str(path) != ":memory:":
        make_folder(Path(path).absolute().parent)
    return {
        "ENGINE": SQLITE,
        "NAME": str(path),
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }
