"""Whole addresses, with the name of the site, and addresses of words within a page."""

from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest

BEFORE, AFTER = 3, 3  # words around those that an address is of


def whole_address(request: HttpRequest, path: str) -> str:
    """The whole address of a path, at the site's own name where it has one, else at the host that was asked."""
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)


def words_address(path: str, text: str, start: int, end: int) -> str:
    """The path with a text fragment for the words from `start` to `end` of the text, told apart by those around.

    Browsers that do not understand text fragments go to the page itself.
    """
    before = " ".join(text[:start].rsplit("\n", 1)[-1].split(" ")[-BEFORE - 1 :]).strip()
    after = " ".join(text[end:].split("\n", 1)[0].split(" ")[: AFTER + 1]).strip()
    first = f"{_quoted(before)}-," if before else ""
    last = f",-{_quoted(after)}" if after else ""
    return f"{path}#:~:text={first}{_quoted(text[start:end])}{last}"


def _quoted(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")
