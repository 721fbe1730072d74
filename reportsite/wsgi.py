"""The WSGI entry point: `gunicorn reportsite.wsgi`."""

import logging
import os

from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connections

from .pool import share_connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reportsite.settings")

application = get_wsgi_application()
share_connections()

# Models can be imported only after the application is loaded.
from sections.search import service  # noqa: E402

from .replica import reading_from, source_for_readers  # noqa: E402


def warm() -> None:
    """Reads the search index before the first request; the process starts even where the database is not ready."""
    try:
        with reading_from(source_for_readers()):
            service.warm()
    except DatabaseError as error:
        logging.getLogger("sections").warning("Could not read the search index at start: %s", error)
    finally:
        connections.close_all()


warm()
