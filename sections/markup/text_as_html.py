"""Plain text with links, footnote marks and highlights laid over it.

Positions count code points. The text is escaped first and marked afterwards, so that the words
a reader gets are always the words of the text. Links never stand in one another: of two that
overlap, the longer one is kept. A highlight may cross a link and is then cut at its ends.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from sections.text.parts import joined_spans
from sections.text.snippet import Snippet

from .table_excerpts import table_excerpt

Span = tuple[int, int]  # start and end
TABLE = "table"  # the class of an excerpt of a table
SAFE_SCHEMES = ("http://", "https://", "/", "#")


@dataclass(frozen=True)
class Link:
    """A span that leads somewhere: `css` are its classes, `title` says why it is there."""

    start: int
    end: int
    href: str
    css: str = ""
    title: str = ""


@dataclass(frozen=True)
class Note:
    """The mark of a footnote, standing before the character at `offset`."""

    offset: int
    number: int


def marked(
    text: str, links: Iterable[Link] = (), notes: Iterable[Note] = (), highlights: Iterable[Span] = ()
) -> SafeString:
    """The text as HTML, with its links, footnote marks and highlights."""
    size = len(text)
    notes = sorted((min(max(note.offset, 0), size), note.number) for note in notes)
    lit = joined_spans((max(start, 0), min(end, size)) for start, end in highlights)
    out = [_note_mark(number) for offset, number in notes if offset == 0]
    cursor = 0
    for link in _apart(links, size):
        out.append(_between(text, cursor, link.start, lit, notes))
        words = _between(text, link.start, link.end, lit, ())
        out.append(f"{_opening(link)}{words}</a>")
        # A mark is a link itself, so one that falls inside a linked name stands behind the name.
        out.extend(_note_mark(number) for offset, number in notes if link.start < offset <= link.end)
        cursor = link.end
    out.append(_between(text, cursor, size, lit, notes))
    return SafeString("".join(out))


def excerpt(snippet: Snippet, css: str, language: str) -> SafeString:
    """A snippet as a quotation in its language, with an ellipsis where it breaks a sentence."""
    if css == TABLE:
        return SafeString(
            f'<blockquote class="{TABLE}" lang="{escape(language)}">{table_excerpt(snippet)}</blockquote>'
        )
    parts = [f"<mark>{escape(part.text)}</mark>" if part.marked else escape(part.text) for part in snippet.parts]
    before, after = "… " if snippet.cut_before else "", " …" if snippet.cut_after else ""
    words = "".join([before, *parts, after])
    return SafeString(f'<blockquote class="{escape(css)}" lang="{escape(language)}">{words}</blockquote>')


def _apart(links, size):
    """The links that stay, in order: inside the text, safe to follow, none over another."""
    apart = []
    for link in sorted(links, key=lambda link: (link.start - link.end, link.start)):
        fits = 0 <= link.start < link.end <= size and link.href.startswith(SAFE_SCHEMES)
        if fits and all(link.end <= other.start or other.end <= link.start for other in apart):
            apart.append(link)
    return sorted(apart, key=lambda link: link.start)


def _between(text, start, end, lit, notes):
    """One stretch without links: escaped, highlights marked, each footnote mark in its place."""
    cuts = {start, end}
    cuts.update(place for pair in lit for place in pair if start < place < end)
    cuts.update(offset for offset, _ in notes if start < offset < end)
    out = []
    for left, right in pairwise(sorted(cuts)):
        words = escape(text[left:right])
        highlighted = any(low <= left and right <= high for low, high in lit)
        out.append(f"<mark>{words}</mark>" if highlighted else words)
        out.extend(_note_mark(number) for offset, number in notes if offset == right)
    return "".join(out)


def _opening(link):
    css = f' class="{escape(link.css)}"' if link.css else ""
    title = f' title="{escape(link.title)}"' if link.title else ""
    return f'<a href="{escape(link.href)}"{css}{title}>'


def _note_mark(number):
    words = gettext("Footnote %(number)s") % {"number": number}
    label = f'aria-label="{escape(words)}"'
    return f'<sup class="note-mark"><a href="#fn{number}" id="fnref{number}" {label}>{number}</a></sup>'
