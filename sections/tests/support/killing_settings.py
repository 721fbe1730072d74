"""The site's own settings for a process that is to be killed, with the database that DATABASE_URL names."""

from reportsite.settings import *  # noqa: F403

ALLOWED_HOSTS = ["testserver"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
