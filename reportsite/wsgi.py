"""The WSGI entry point: `gunicorn reportsite.wsgi`."""

import logging
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connections

from .page_cache import PageCache
from .pool import share_connections
from .request_log import RequestLog
from .sqlite.base import DatabaseWrapper

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reportsite.settings")

# A server whose database file is missing says so. An empty file in its place would look like a loss.
DatabaseWrapper.must_exist = True

application = get_wsgi_application()
share_connections()

# Models can be imported only after the application is loaded.
from sections.search import service  # noqa: E402

from .replica import reading_from, source_for_readers, version_for_readers  # noqa: E402
from .unreadable_page import page as refusal_page  # noqa: E402


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

page_cache = None
if settings.PAGE_CACHE_BYTES:
    application = page_cache = PageCache(
        application, version_for_readers, settings.PAGE_CACHE_BYTES, service.times_behind
    )

if settings.METRICS_ADDRESS:  # a process that is not watched need not hold what measures it
    from .metrics import observer

    application = RequestLog(application, settings.MOST_BYTES_READ, observer(page_cache))
else:
    application = RequestLog(application, settings.MOST_BYTES_READ)
application.refusal_page = refusal_page
