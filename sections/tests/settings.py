"""The site's settings for its tests: nothing of the machine's environment, plain static files, a database of their own.

SQLite in memory, or the database that TEST_DATABASE_URL names: `python -m sections.tests.support.postgres pytest`
starts one.
"""

import os

for _name in (
    "DEBUG",
    "READ_ONLY",
    "SECURE",
    "HSTS_SECONDS",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "LOG_LEVEL",
    "TWO_FACTOR",
    "LOCK_MINUTES",
    "SESSION_HOURS",
    "SECRET_KEY_FALLBACKS",
    "TRUSTED_PROXIES",
    "SITE_OWNER",
    "SITE_CONTACT",
    "SITE_LICENCE",
    "SECURITY_CONTACT",
    "DATABASE_REPLICA_URL",
    "DATABASE_POOL_MIN",
    "DATABASE_POOL_MAX",
    "APPLICATION_SERVERS",
    "PAGE_CACHE_MB",
):
    os.environ.pop(_name, None)
# Tests send more requests than people do; those of the limits switch them on.
os.environ["REQUESTS_PER_SECOND"] = os.environ["SEARCHES_PER_SECOND"] = os.environ["ERROR_REPORTS_PER_HOUR"] = "0"
os.environ["SECRET_KEY"] = "a secret that guards nothing but tests"
# Playwright's loop runs in the thread of the tests, and Django would take their queries for asynchronous ones.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or "sqlite://:memory:"

from reportsite.settings import *  # noqa: E402, F403

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGGING["loggers"]["django.request"] = {"level": "ERROR"}  # noqa: F405
if DATABASES["default"]["NAME"] == ":memory:":  # noqa: F405
    # pytest-django otherwise takes the site's own SQLite backend for one whose test database needs a file.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405
