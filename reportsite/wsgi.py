"""The way in for a WSGI server: `gunicorn reportsite.wsgi`."""

import gc
import logging
import os

from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connections

from . import cores

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reportsite.settings")

application = get_wsgi_application()

from sections.search import service  # noqa: E402  (there are no models before the application)


def warm():
    """Reads the search's index before the first request; a database that is not ready yet is no reason not to start."""
    try:
        service.warm()
    except DatabaseError as fault:
        logging.getLogger("sections").warning("The search was not read beforehand: %s", fault)
    finally:
        connections.close_all()


warm()
cores.keep_to_one()

# A process keeps hundreds of thousands of objects for good: the code, the index, the texts. Looking through them for
# garbage as often as Python does by itself takes a tenth of the time of a results page.
gc.freeze()
gc.set_threshold(200_000, 20, 100)
