"""The readers of the environment."""

import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from reportsite import env


def refused(read, *arguments, **options):
    """The message with which a reader refuses what it finds."""
    with pytest.raises(ImproperlyConfigured) as caught:
        read("NAME", *arguments, **options)
    return str(caught.value)


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("Yes", True), (" on ", True), ("0", False), ("FALSE", False), ("", False)]
)
def test_it_reads_yes_and_no(monkeypatch, value, expected):
    monkeypatch.setenv("NAME", value)
    assert env.boolean("NAME") is expected


def test_it_refuses_what_is_neither_yes_nor_no(monkeypatch):
    monkeypatch.setenv("NAME", "maybe")
    assert refused(env.boolean) == (
        "NAME is set to 'maybe'. Allowed: 1 (also true, yes, on) or 0 (also false, no, off)."
    )


@pytest.mark.parametrize(("value", "expected"), [("8001", 8001), (" 1 ", 1), ("", 8000), ("65535", 65535)])
def test_it_reads_whole_numbers(monkeypatch, value, expected):
    monkeypatch.setenv("NAME", value)
    assert env.integer("NAME", 8000, 1, 65535) == expected


@pytest.mark.parametrize("value", ["0", "65536", "-1", "8000.5", "http", "１２", "9" * 5000])
def test_it_refuses_numbers_out_of_bounds(monkeypatch, value):
    monkeypatch.setenv("NAME", value)
    assert refused(env.integer, 8000, 1, 65535) == (
        f"NAME is set to {value!r}. Allowed: a whole number from 1 to 65535."
    )


def test_it_reads_host_names(monkeypatch):
    monkeypatch.setenv("NAME", "reports.example.org, .example.net,,[::1]")
    assert env.hosts("NAME") == ["reports.example.org", ".example.net", "[::1]"]


@pytest.mark.parametrize("value", ["https://example.org", "example.org:8000", "example.org/path", "two words"])
def test_it_refuses_what_is_no_host_name(monkeypatch, value):
    monkeypatch.setenv("NAME", f"good.example, {value}")
    assert refused(env.hosts) == (
        f"NAME is set to {value!r}. "
        "Allowed: a host name without https:// and without a port, such as reports.example.org."
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", ""),
        ("https://reports.example.org/", "https://reports.example.org"),
        ("http://localhost:8000", "http://localhost:8000"),
    ],
)
def test_it_reads_the_address_of_a_site(monkeypatch, value, expected):
    monkeypatch.setenv("NAME", value)
    assert env.web_address("NAME") == expected


@pytest.mark.parametrize(
    "value", ["example.org", "ftp://example.org", "https://example.org/a", "https://", "https://a:b", "http://[::1"]
)
def test_it_refuses_what_is_no_address_of_a_site(monkeypatch, value):
    monkeypatch.setenv("NAME", value)
    assert refused(env.web_address) == (
        f"NAME is set to {value!r}. Allowed: an address such as https://reports.example.org, without a path."
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [("", None), ("127.0.0.1:9100", ("127.0.0.1", 9100)), (" [::1]:80 ", ("::1", 80)), ("db.local:1", ("db.local", 1))],
)
def test_it_reads_an_address_at_which_to_listen(monkeypatch, value, expected):
    monkeypatch.setenv("NAME", value)
    assert env.listening_address("NAME") == expected


@pytest.mark.parametrize(
    "value", ["9100", ":9100", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:70000", "::1:80", "http://localhost:80", "a:²"]
)
def test_it_refuses_what_is_no_address_at_which_to_listen(monkeypatch, value):
    monkeypatch.setenv("NAME", value)
    assert refused(env.listening_address) == (
        f"NAME is set to {value!r}. Allowed: an address and a port of this machine, such as 127.0.0.1:9100."
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", ""),
        ("security@example.org", "mailto:security@example.org"),
        ("mailto:security@example.org", "mailto:security@example.org"),
        ("https://example.org/security", "https://example.org/security"),
    ],
)
def test_it_reads_a_contact(monkeypatch, value, expected):
    monkeypatch.setenv("NAME", value)
    assert env.contact("NAME") == expected


@pytest.mark.parametrize("value", ["security", "http://example.org", "a@b", "two words@example.org", "a@b.c\nX: y"])
def test_it_refuses_what_is_no_contact(monkeypatch, value):
    monkeypatch.setenv("NAME", value)
    assert refused(env.contact) == (
        f"NAME is set to {value!r}. Allowed: an e-mail address, or the address of a web page that begins with https://."
    )


def test_it_refuses_a_file_as_a_folder(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("NAME", str(tmp_path / "file"))
    assert refused(env.folder, tmp_path) == (
        f"NAME is set to '{tmp_path}/file'. Allowed: a folder, or a path where one can be created."
    )


def test_it_reads_one_of_some_words(monkeypatch):
    monkeypatch.setenv("NAME", "LOUD")
    assert refused(env.choice, "INFO", ("INFO", "ERROR")) == "NAME is set to 'LOUD'. Allowed: one of INFO, ERROR."
    monkeypatch.setenv("NAME", "")
    assert env.choice("NAME", "INFO", ("INFO", "ERROR")) == "INFO"


def test_it_makes_a_private_secret_once(monkeypatch, tmp_path):
    monkeypatch.delenv("NAME", raising=False)
    first = env.secret_key("NAME", tmp_path / "data")
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "data" / "secret_key").stat().st_mode) == 0o600
    assert env.secret_key("NAME", tmp_path / "data") == first


def test_it_takes_the_secret_of_the_environment_and_makes_none(monkeypatch, tmp_path):
    monkeypatch.setenv("NAME", "a" * 32)
    assert env.secret_key("NAME", tmp_path) == "a" * 32
    assert list(tmp_path.iterdir()) == []


def test_it_refuses_a_short_secret_without_repeating_it(monkeypatch, tmp_path):
    monkeypatch.setenv("NAME", "hush")
    assert refused(env.secret_key, tmp_path) == "NAME has 4 characters. A secret must have at least 32."


def test_it_reads_the_secrets_of_before(monkeypatch):
    monkeypatch.setenv("NAME", f" {'a' * 32}, {'b' * 40},")
    assert env.secrets_of_before("NAME") == ["a" * 32, "b" * 40]
    monkeypatch.setenv("NAME", "")
    assert env.secrets_of_before("NAME") == []


def test_it_refuses_a_short_secret_of_before_without_repeating_it(monkeypatch):
    monkeypatch.setenv("NAME", f"{'a' * 32},hush")
    assert refused(env.secrets_of_before) == (
        "NAME contains a secret of 4 characters. Each must have at least 32. Separate several by commas."
    )


def test_it_reads_an_sqlite_file_and_makes_its_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("NAME", raising=False)
    found = env.database("NAME", tmp_path / "new folder" / "report.sqlite3")
    assert found == {
        "ENGINE": "reportsite.sqlite",
        "NAME": str(tmp_path / "new folder" / "report.sqlite3"),
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }
    assert (tmp_path / "new folder").is_dir()


def test_it_reads_a_postgresql_address(monkeypatch):
    monkeypatch.setenv("NAME", "postgres://ana:s%40fe@db.example:5433/reports")
    found = env.database("NAME", "unused.sqlite3")
    keys = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "CONN_MAX_AGE", "CONN_HEALTH_CHECKS")
    assert [found[key] for key in keys] == [
        "reportsite.postgresql",
        "reports",
        "ana",
        "s@fe",
        "db.example",
        5433,
        600,
        True,
    ]


def test_a_dead_server_is_an_error_within_seconds_unless_the_address_says_otherwise(monkeypatch):
    monkeypatch.setenv("NAME", "postgres://ana@db.example/reports?connect_timeout=9&sslmode=require")
    options = env.database("NAME", "unused.sqlite3")["OPTIONS"]
    assert options == env.NOTICE_DEAD_SERVERS | {"connect_timeout": 9, "sslmode": "require"}


def test_it_reads_the_address_of_a_replica_which_is_only_read(monkeypatch):
    primary = {"ENGINE": env.POSTGRESQL}
    monkeypatch.delenv("NAME", raising=False)
    assert env.replica("NAME", primary) is None
    monkeypatch.setenv("NAME", "postgres://ana@other.example/reports?options=-c%20search_path=site")
    found = env.replica("NAME", primary)
    assert (found["HOST"], found["OPTIONS"]["connect_timeout"], found["TEST"]) == (
        "other.example",
        2,
        {"MIRROR": "default"},
    )
    assert found["OPTIONS"]["options"] == "-c search_path=site -c default_transaction_read_only=on"


def test_it_reads_an_address_with_several_servers(monkeypatch):
    monkeypatch.setenv("NAME", "postgres://ana@/reports?host=a,b&port=5432,5433&target_session_attrs=read-write")
    found = env.database("NAME", "unused.sqlite3")
    assert (found["HOST"], found["OPTIONS"]["host"], found["OPTIONS"]["port"]) == ("", "a,b", "5432,5433")


def test_it_refuses_a_replica_that_cannot_be_one_without_repeating_its_password(monkeypatch):
    monkeypatch.setenv("NAME", "sqlite:///copy.sqlite3")
    assert refused(env.replica, {"ENGINE": env.POSTGRESQL}) == (
        "NAME is set to 'sqlite:///copy.sqlite3'. Allowed: postgres://user:password@host:5432/name."
    )
    monkeypatch.setenv("NAME", "postgres://ana:secret@db.example/reports")
    assert refused(env.replica, {"ENGINE": "django.db.backends.sqlite3"}) == (
        "NAME is set, but the database is SQLite, which has no replicas. Unset NAME."
    )
    monkeypatch.setenv("NAME", "postgres://ana:secret@db.example")
    assert "secret" not in refused(env.replica, {"ENGINE": env.POSTGRESQL})


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("reports", "reports"),
        ("postgres://db.example", "postgres://db.example"),
        ("mysql://ana:secret@db.example/reports", "mysql://…@db.example/reports"),
        ("postgres://ana:secret@db.example:port/reports", "postgres://…@db.example:port/reports"),
    ],
)
def test_it_refuses_another_database_without_repeating_its_password(monkeypatch, value, shown):
    monkeypatch.setenv("NAME", value)
    assert refused(env.database, "unused.sqlite3") == (
        f"NAME is set to {shown!r}. Allowed: sqlite:///folder/file.sqlite3 or postgres://user:password@host:5432/name."
    )
