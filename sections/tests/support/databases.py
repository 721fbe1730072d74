"""Databases besides that of the tests, under an alias of their own."""

from contextlib import contextmanager

import dj_database_url
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.utils import load_backend


@contextmanager
def opened(url, alias):
    """The connection to the database of that URL, which within is one of Django's databases."""
    settings = connections.configure_settings({DEFAULT_DB_ALIAS: {}, alias: dj_database_url.parse(url)})[alias]
    connections[alias] = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, alias)
    try:
        yield connections[alias]
    finally:
        connections[alias].close()
        del connections[alias]
