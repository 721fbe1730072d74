"""Forms: HTML with names in braces, rendered by the template engine once in each language, and filled for each page.

Through the engine, twenty hits and five facets would take longer than finding them.
"""

from functools import cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language


def form(name: str, **context) -> str:
    """The template of that name in templates/sections/search/, in the language of the reader."""
    read = _rendered.__wrapped__ if settings.DEBUG else _rendered
    return read(name, get_language(), **context)


@cache
def _rendered(name, language, **context):
    return render_to_string(f"search/{name}.html", context)
