"""What all tests share: the say on what may be left out, a running site, a browser."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.utils.translation import activate
from hypothesis import HealthCheck, settings

from .support import site

REQUIRE_ALL = os.environ.get("REQUIRE_ALL", "") not in {"", "0"}

# A busy machine is slow, not wrong: no test of made-up input is judged by the clock. CI tries the same input each time,
# so that whether a change lands is no matter of chance; everywhere else each run tries new input.
settings.register_profile("house", deadline=None, derandomize=REQUIRE_ALL, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

# Files whose tests use the database of the run without asking for it, in processes of their own.
OF_PROCESSES = {"test_killing.py", "test_processes.py"}
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup"}
TRANSACTIONS = {"transactional_db", "live_server"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def leave_out(reason):
    """Skips the test for a reason, or fails it where nothing may be left out."""
    if REQUIRE_ALL:
        pytest.fail(f"left out, and REQUIRE_ALL allows nothing to be left out: {reason}", pytrace=False)
    pytest.skip(reason)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """The longest tests begin first, so that no process is left alone with one of them at the end.

    A test that asks no database need not run again for another one. One with real transactions empties the tables when
    it ends, so it must put back what the migrations wrote, for whatever test follows it in any order.
    """
    for item in items:
        marker = item.get_closest_marker("django_db")
        commits = (marker and marker.kwargs.get("transaction")) or TRANSACTIONS & set(item.fixturenames)
        if commits and not (marker and marker.kwargs.get("serialized_rollback") and "migrated" in item.fixturenames):
            raise pytest.UsageError(f"{item.nodeid}: needs serialized_rollback=True and the fixture migrated.")
        asks = marker or DATABASE_FIXTURES & set(item.fixturenames)
        if not asks and item.path.name not in OF_PROCESSES:
            item.add_marker("apart")
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_runtest_setup(item):
    missing = os.environ.get("TEST_DATABASE_MISSING")
    if missing:
        leave_out(f"no PostgreSQL: {missing}")


def pytest_terminal_summary(terminalreporter):
    """Says at the end what was left out, in this run and in those before it that LEFT_OUT keeps."""
    if "PYTEST_XDIST_WORKER" in os.environ:  # the process that shares the tests out says it for all
        return
    reasons = [_reason(report) for report in terminalreporter.stats.get("skipped", [])]
    lines = [f"{_database()}: {reasons.count(reason)} tests, {reason}" for reason in dict.fromkeys(reasons)]
    kept = os.environ.get("LEFT_OUT")
    if kept:
        path = Path(kept)
        earlier = path.read_text().splitlines() if path.exists() else []
        lines = earlier + lines
        path.write_text("".join(f"{line}\n" for line in lines))
    if lines:
        terminalreporter.section("left out")
        for line in lines:
            terminalreporter.write_line(line)


def _reason(report):
    return report.longrepr[2].removeprefix("Skipped: ") if isinstance(report.longrepr, tuple) else str(report.longrepr)


def _database():
    named = os.environ.get("TEST_DATABASE_URL") or os.environ.get("TEST_DATABASE_MISSING")
    return "PostgreSQL" if named else "SQLite"


@pytest.fixture(autouse=True)
def english():
    """A request leaves its language behind in the thread; every test begins in English."""
    activate(django_settings.LANGUAGE_CODE)


@pytest.fixture(scope="module")
def migrated(django_db_setup, django_db_blocker):
    """Puts back what the migrations wrote, such as the roles: tests with real transactions empty the tables, and others
    may follow."""
    with django_db_blocker.unblock():
        kept = connection.creation.serialize_db_to_string()
    yield
    with django_db_blocker.unblock():
        connection.creation.deserialize_db_from_string(kept)


@pytest.fixture(scope="session")
def running_site(tmp_path_factory):
    """The address of the whole site, set up and served as `make run` does it, with the report in it."""
    with site.running(tmp_path_factory.mktemp("site")) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    """A real browser, as Playwright drives it; the test is left out where there is none."""
    executable = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        leave_out("no Chromium is installed")
    if find_spec("playwright") is None:
        leave_out("the package playwright is not installed")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, headless=True, args=list(BROWSER_FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def page(browser, running_site):
    """An empty page of the browser, at 1280 by 800, for which `/` means the running site."""
    context = browser.new_context(base_url=running_site, viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()
