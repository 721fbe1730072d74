"""The manual for editors as a page of the desk: docs/editors.md, plain enough to be shown without a library."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.text import slugify
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from .pages import desk_page

MANUAL = settings.BASE_DIR / "docs" / "editors.md"
MARKS = re.compile(r"\*\*|`|\[([^\]]*)\]\([^)]*\)")  # of bold, of code, and of a link, of which the words stay


class Piece(NamedTuple):
    """A piece of the manual: a `heading`, `text` or `code`, with an anchor for headings."""

    kind: str
    text: str
    anchor: str = ""


def pieces(manual: str) -> Iterator[Piece]:
    """The headings, paragraphs and lines of code of a text in Markdown, without its marks."""
    for place, block in enumerate(re.split(r"```\w*\n", manual)):
        if place % 2:
            yield Piece("code", block.rstrip())
            continue
        for paragraph in re.split(r"\n\s*\n", block.strip()):
            words = MARKS.sub(lambda mark: mark[1] or "", paragraph)
            if words.startswith("#"):
                heading = words.lstrip("# ")
                yield Piece("heading", heading, slugify(heading))
            elif words:
                yield Piece("text", " ".join(words.split()) if not words.startswith(("- ", "* ", "|")) else words)


@cache
def _manual() -> list[Piece]:
    return list(pieces(MANUAL.read_text(encoding="utf-8"))) if MANUAL.exists() else []


@require_safe
def manual(request: HttpRequest) -> HttpResponse:
    """The manual, with a table of contents."""
    shown = _manual()
    contents = [piece for piece in shown if piece.kind == "heading"][1:]
    context = {"title": gettext("Help for editors"), "pieces": shown[1:], "contents": contents}
    return desk_page(request, "admin/sections/help.html", **context)


admin.site.pages.append(path("help/", admin.site.admin_view(manual), name="help"))
