"""The files of deploy/ are compared with the code, and tried with the programs that read them where those are here."""

import re
import shutil
import subprocess

import pytest
import yaml
from django.conf import settings

from reportsite import gunicorn, start
from sections.tests.project.test_docs import SETTING
from sections.tests.support import nginx
from sections.tests.support.house import ROOT

DEPLOY = ROOT / "deploy"
CODE = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "reportsite").glob("*.py")))
SETTINGS = {name for pair in SETTING.findall(CODE) for name in pair if name}
PORT = "8000"
IMMUTABLE = re.compile(r"^/static/.+\.[0-9a-f]{12}\.")


def read(name):
    return (DEPLOY / name).read_text(encoding="utf-8")


def unit(name):
    """The settings of a systemd unit: by name, all values in their order."""
    found = {}
    for line in read(name).splitlines():
        if "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


def instructions():
    """The instructions of the Dockerfile, each in one line."""
    text = re.sub(r"^#.*\n", "", read("Dockerfile"), flags=re.MULTILINE).replace("\\\n", " ")
    return [tuple(line.split(None, 1)) for line in text.splitlines() if line.strip()]


def compose():
    return yaml.safe_load(read("compose.yaml"))


def in_bytes(size):
    number, letter = re.fullmatch(r"(\d+)(\w)B?", size).groups()
    return int(number) << {"k": 10, "m": 20}[letter.lower()]


# What all of them say of the site


def test_they_name_only_settings_that_the_code_reads():
    given = {
        line.partition("=")[0]
        for name in ("reports.service", "reports-backup.service")
        for line in unit(name)["Environment"]
    }
    given |= set(compose()["services"]["site"]["environment"])
    (environment,) = [words for word, words in instructions() if word == "ENV"]
    image = set(re.findall(r"(\w+)=", environment)) - {"PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
    assert given | image
    assert (given | image) - SETTINGS == set()


def test_they_agree_on_the_port():
    assert f'env.integer("PORT", {PORT},' in CODE
    assert f"server 127.0.0.1:{PORT};" in read("nginx.conf")
    assert f"reverse_proxy 127.0.0.1:{PORT} " in read("Caddyfile")
    assert ("EXPOSE", PORT) in instructions()
    assert compose()["services"]["site"]["ports"] == [f"127.0.0.1:{PORT}:{PORT}"]


def test_the_proxies_let_the_site_itself_refuse_what_is_too_large():
    for size in (
        re.search(r"client_max_body_size (\S+);", read("nginx.conf"))[1],
        re.search(r"max_size (\S+)", read("Caddyfile"))[1],
    ):
        assert settings.MOST_BYTES < in_bytes(size) <= 2 * settings.MOST_BYTES
    number, size = re.search(r"large_client_header_buffers (\d+) (\w+);", read("nginx.conf")).groups()
    assert in_bytes(size) > gunicorn.limit_request_line
    assert int(number) * in_bytes(size) >= settings.MOST_CHARACTERS_OF_HEADERS


def test_they_give_the_site_time_to_end():
    assert gunicorn.graceful_timeout < int(unit("reports.service")["TimeoutStopSec"][0])
    assert gunicorn.graceful_timeout < int(compose()["services"]["site"]["stop_grace_period"].removesuffix("s"))


def test_they_keep_no_address_and_no_query_of_a_reader():
    (log_format,) = re.findall(r"log_format[^;]+;", read("nginx.conf"))
    assert not re.search(r"\$(remote|args|query|request_uri|request\"|http_|realip|proxy_add)", log_format)
    for field in ("remote_ip", "headers"):
        assert f"request>{field} delete" in read("Caddyfile")
    assert r'request>uri regexp \?.* ""' in read("Caddyfile")


def test_nginx_keeps_for_ever_what_is_named_by_its_hash():
    assert f'location ~ "{IMMUTABLE.pattern}"' in read("nginx.conf")
    assert IMMUTABLE.match("/static/css/reading.0123456789ab.css")
    assert not IMMUTABLE.match("/static/css/reading.css")


# systemd


def test_the_unit_starts_and_reloads_what_there_is():
    service = unit("reports.service")
    folder = service["WorkingDirectory"][0]
    assert service["ExecStart"] == [f"{folder}/.venv/bin/python -m reportsite.start"]
    assert service["ExecReload"][0] == f"{folder}/.venv/bin/python -m reportsite.start {start.SET_UP_ONLY}"
    assert unit("reports-backup.service")["ExecStart"][0] == f"{folder}/.venv/bin/python manage.py backup"
    data = f"/var/lib/{service['StateDirectory'][0]}"
    assert service["Environment"] == [f"DATA_DIR={data}"] == unit("reports-backup.service")["Environment"]


@pytest.mark.parametrize("name", ["reports.service", "reports-backup.service", "reports-backup.timer"])
def test_systemd_understands(name, tmp_path):
    """With paths that this machine has: those of this folder."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not installed")
    for each in DEPLOY.glob("reports*"):
        text = each.read_text().replace("/opt/reports/.venv/bin/python", "/bin/true").replace("/opt/reports", str(ROOT))
        (tmp_path / each.name).write_text(re.sub(r"^(User|Group)=.*", r"\1=root", text, flags=re.MULTILINE))
    ran = subprocess.run(["systemd-analyze", "verify", tmp_path / name], capture_output=True, text=True)
    complaints = [line for line in ran.stderr.splitlines() if name in line or "reports" in line]
    assert (ran.returncode, complaints) == (0, [])


def test_systemd_finds_the_service_confined():
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not installed")
    rated = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--threshold=20", DEPLOY / "reports.service"],
        capture_output=True,
        text=True,
    )
    if "Unknown option" in rated.stderr or "unrecognized option" in rated.stderr:
        pytest.skip("this systemd cannot rate a unit that is not installed")
    assert rated.returncode == 0, rated.stdout[-300:] + rated.stderr  # an exposure of 2.0 of 10 at most


# nginx and Caddy


def test_nginx_accepts_its_configuration(tmp_path):
    ran = subprocess.run([nginx.program(), "-t", "-c", nginx.configuration(tmp_path)], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert "[warn]" not in ran.stderr


def test_caddy_accepts_its_configuration(tmp_path):
    if shutil.which("caddy") is None:
        pytest.skip("Caddy is not installed")
    (tmp_path / "Caddyfile").write_text(read("Caddyfile").replace("/var/log/caddy", str(tmp_path)))
    command = ["caddy", "validate", "--adapter", "caddyfile", "--config", tmp_path / "Caddyfile"]
    home = {
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
        "PATH": "/usr/bin:/bin",
    }
    ran = subprocess.run(command, capture_output=True, text=True, env=home)
    assert ran.returncode == 0, ran.stderr
    assert "Valid configuration" in ran.stdout + ran.stderr


# Containers


def test_the_image_copies_what_there_is_and_all_that_the_site_needs():
    copied = [words.split()[0] for word, words in instructions() if word == "COPY" and not words.startswith("--from")]
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert {"manage.py", "reportsite", "sections", "templates", "static", "fixtures", "requirements.txt"} == set(copied)
    sent = {line[1:] for line in read("Dockerfile.dockerignore").splitlines() if line.startswith("!")}
    assert sent == set(copied)


def test_the_image_is_built_with_care():
    words = [word for word, _ in instructions()]
    bases = [argument.split()[0] for word, argument in instructions() if word == "FROM"]
    assert all(re.fullmatch(r"[\w./-]+:[\w.-]*\d[\w.-]*", base) and "latest" not in base for base in bases)
    assert "ADD" not in words
    assert "HEALTHCHECK" in words
    last_user = [argument for word, argument in instructions() if word == "USER"][-1]
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", last_user)  # by number, so that it is seen not to be root
    runs = " ".join(argument for word, argument in instructions() if word == "RUN")
    assert "--require-hashes" in runs
    assert "--no-install-recommends" in runs
    assert "rm -rf /var/lib/apt/lists/*" in runs
    assert "sudo" not in runs
    (command,) = [argument for word, argument in instructions() if word == "CMD"]
    assert command == '["python", "-m", "reportsite.start"]'
    assert not re.search(r"PASSWORD|SECRET|TOKEN", read("Dockerfile"))


def test_the_containers_may_do_no_more_than_they_must():
    services = compose()["services"]
    assert set(services) == {"site", "database"}
    for service in services.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in service["security_opt"]
        assert str(service["user"]).partition(":")[0] not in {"", "0", "root"}
        assert not service.keys() & {"privileged", "cap_add", "network_mode", "pid", "devices"}
        assert any(mount.startswith("/tmp") for mount in service["tmpfs"])
    assert "ports" not in services["database"]


def test_the_containers_keep_their_data_and_are_watched():
    whole = compose()
    site, database = whole["services"]["site"], whole["services"]["database"]
    (environment,) = [words for word, words in instructions() if word == "ENV"]
    assert f"DATA_DIR={site['volumes'][0].partition(':')[2]}" in environment
    assert {mount.partition(":")[0] for each in (site, database) for mount in each["volumes"]} == set(whole["volumes"])
    assert database["healthcheck"]["test"][1] == "pg_isready"
    assert site["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert (ROOT / "deploy" / site["build"]["context"] / site["build"]["dockerfile"]).exists()
    user = [argument for word, argument in instructions() if word == "USER"][-1]
    assert site["user"] == user


def test_docker_compose_understands():
    if (
        shutil.which("docker") is None
        or subprocess.run(["docker", "compose", "version"], capture_output=True).returncode
    ):
        pytest.skip("docker compose is not here: compose.yaml was read as YAML only, and no image was built")
    command = ["docker", "compose", "--file", DEPLOY / "compose.yaml", "config", "--quiet"]
    ran = subprocess.run(
        command, capture_output=True, text=True, env={"POSTGRES_PASSWORD": "x", "PATH": "/usr/local/bin:/usr/bin:/bin"}
    )
    assert ran.returncode == 0, ran.stderr
