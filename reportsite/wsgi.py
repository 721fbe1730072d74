"""The WSGI entry point: `gunicorn reportsite.wsgi`."""

import logging
import os

from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connections

from reportsite.sqlite.base import DatabaseWrapper

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reportsite.settings")

# A server whose database file is missing says so. An empty file in its place would look like a loss.
DatabaseWrapper.must_exist = True

application = get_wsgi_application()

from sections.search import service  # noqa: E402  (models can be imported only after the application is loaded)


def warm() -> None:
    """Reads the search index before the first request; the process starts even where the database is not ready."""
    try:
        service.warm()
    except DatabaseError as error:
        logging.getLogger("sections").warning("Could not read the search index at start: %s", error)
    finally:
        connections.close_all()


warm()
