"""The way in for a WSGI server: `gunicorn reportsite.wsgi`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reportsite.settings")

application = get_wsgi_application()

# A process keeps hundreds of thousands of objects for good: the code, the index, the texts. Looking through them for
# garbage as often as Python does by itself takes a tenth of the time of a results page.
gc.freeze()
gc.set_threshold(50_000, 20, 100)
