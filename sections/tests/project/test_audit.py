"""The audit of the locked requirements. What it asks of others `make audit` asks; here is how it reads the answers."""

from importlib.metadata import version
from types import SimpleNamespace

import pytest

from sections.tests.support import audit


def test_it_names_what_is_not_installed_as_locked():
    releases = f"django=={version('django')}", "gunicorn==0.1", "no-such-package==1.0"
    lock = "".join(f"{release} \\\n    --hash=sha256:0\n" for release in releases)
    assert audit.not_installed(lock) == [
        f"gunicorn is locked at 0.1, but {version('gunicorn')} is installed",
        "no-such-package is locked at 1.0, but no version is installed",
    ]


@pytest.fixture
def answering(monkeypatch):
    """A function after which pip and pip-audit answer as it is told."""

    def answer(stdout="", stderr="", returncode=0):
        result = SimpleNamespace(stdout=stdout, stderr=stderr, returncode=returncode)
        monkeypatch.setattr(audit.subprocess, "run", lambda *arguments, **options: result)

    return answer


def test_it_names_what_was_withdrawn(answering):
    answering(
        '{"install": [{"is_yanked": true, "metadata": {"name": "a", "version": "1"}},'
        ' {"is_yanked": false, "metadata": {"name": "b", "version": "2"}}]}'
    )
    assert audit.withdrawn("lock") == (["a 1 was withdrawn by its authors"], "")


def test_it_names_files_that_changed(answering):
    answering(stderr="ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", returncode=1)
    (fault,), missing = audit.withdrawn("lock")
    assert fault.startswith("files differ from their hashes")
    assert missing == ""


def test_it_says_when_the_index_cannot_be_asked(answering):
    answering(stderr="WARNING: retrying\nERROR: No matching distribution found for a", returncode=1)
    assert audit.withdrawn("lock") == ([], "the index was not asked: ERROR: No matching distribution found for a")


def test_it_names_known_weaknesses_and_what_could_not_be_asked(answering):
    answering(
        '{"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2", "3"]}]},'
        ' {"name": "b", "version": "1", "vulns": [{"id": "PYSEC-2", "fix_versions": []}]},'
        ' {"name": "c", "version": "1", "vulns": []}, {"name": "d", "skip_reason": "not found"}]}',
        returncode=1,
    )
    assert audit.weaknesses("lock") == (
        ["a 1 has PYSEC-1, mended in 2, 3", "b 1 has PYSEC-2, mended in no version yet"],
        "no advisory service knows 1 of 4 releases",
    )


def test_it_says_when_there_is_no_advisory_service(answering):
    answering(stderr="Traceback …\nConnectionError: no network", returncode=1)
    assert audit.weaknesses("lock") == ([], "no advisory service was asked: ConnectionError: no network")
