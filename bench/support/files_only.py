"""Whitenoise and nothing else, serving the folder that FILES names: what a page can cost at least."""

import os

from whitenoise import WhiteNoise


def application(environ, start_response):
    start_response("404 Not Found", [("Content-Type", "text/plain")])
    return [b"There is no such file."]


application = WhiteNoise(application, root=os.environ["FILES"])
