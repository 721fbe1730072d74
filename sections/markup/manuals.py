"""A manual in Markdown as HTML, with an anchor at each heading. HTML in the manual is shown as text."""

from itertools import pairwise
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt


class Heading(NamedTuple):
    """A heading below the title of a manual, and its anchor."""

    words: str
    anchor: str


def manual_as_html(manual: str) -> tuple[SafeString, list[Heading]]:
    """The manual without its title, and its headings. Of links to other files the words stay."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens, headings = reader.parse(manual), []
    for opening, inline in pairwise(tokens):
        if inline.children:
            inline.children = [child for child in inline.children if not child.type.startswith("link_")]
        if opening.type == "heading_open" and opening.tag != "h1":
            heading = Heading(inline.content, slugify(inline.content))
            opening.attrSet("id", heading.anchor)
            headings.append(heading)
    if tokens and tokens[0].tag == "h1":
        tokens = tokens[3:]
    return mark_safe(reader.renderer.render(tokens, reader.options, {})), headings
