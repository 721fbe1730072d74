"""Short runs of text and rows of links as HTML, for pages that show so many of them that templates are too slow."""

import re
from functools import lru_cache
from html import escape

from django.utils.formats import number_format
from django.utils.safestring import SafeString

SPECIAL = re.compile("[&<>\"']")  # what is written otherwise in HTML


def grouped(number: int) -> str:
    """A whole number as the language writes it: 1,234 in English."""
    return str(number) if -1000 < number < 1000 else number_format(number, force_grouping=True)


def highlighted(text, spans) -> SafeString:
    """The text as HTML with its (start, end) spans marked; they are in order and apart."""
    safe = escape if SPECIAL.search(text) else str
    out, cursor = [], 0
    for start, end in spans:
        out += safe(text[cursor:start]), "<mark>", safe(text[start:end]), "</mark>"
        cursor = end
    out.append(safe(text[cursor:]))
    return SafeString("".join(out))


def row_of_links(links, after="") -> SafeString:
    """(words, address) pairs as links in a row, with commas between them, and words after them."""
    row = ", ".join(f'<a href="{escape(address)}">{escape(words)}</a>' for words, address in links)
    return SafeString(row + escape(after))


def counted_links(start, rows) -> SafeString:
    """(end of the address, words, count) as list items, each a link with its count; all addresses begin alike."""
    opening = f'<li><a href="{escape(start)}'
    return SafeString(
        "\n".join(f"{opening}{_ending(end, words)}{grouped(count)}</span></li>" for end, words, count in rows)
    )


@lru_cache(maxsize=4096)
def _ending(end, words):
    return f'{escape(end)}">{escape(words)}</a> <span>'


def list_of_links(links) -> SafeString:
    """(words, address) pairs as list items, each a link; a third part comes after it, set apart."""
    return SafeString("".join(map(_linked, links)))


def _linked(link):
    words, address, *after = map(escape, link)
    return f'<li><a href="{address}">{words}</a>{"".join(f" <span>{each}</span>" for each in after)}</li>'


def list_of_words(items) -> SafeString:
    """Sentences as list items."""
    return SafeString("".join(f"<li>{escape(words)}</li>" for words in items))


def hidden_fields(pairs) -> SafeString:
    """(name, value) pairs as fields of a form that nobody sees."""
    fields = (f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in pairs)
    return SafeString("".join(fields))


def escaped(text) -> SafeString:
    """The text as HTML, escaped once where many forms hold it."""
    return SafeString(escape(text))


def filled(form, rows) -> SafeString:
    """The form, HTML with names in braces, once for each mapping in rows; what isn't marked safe is escaped."""
    return all_filled((form, row) for row in rows)


def all_filled(pairs) -> SafeString:
    """Forms, each filled with the mapping that comes with it, one below the other."""
    return SafeString("\n".join(form.format_map(_escaped(row)) for form, row in pairs))


def half_filled(form, row, later) -> str:
    """The form with the names of the mapping filled in: a form that still has the names to be filled later."""
    kept = {name: SafeString(value.replace("{", "{{").replace("}", "}}")) for name, value in _escaped(row).items()}
    return filled(form, [kept | {name: SafeString(f"{{{name}}}") for name in later}])


def _escaped(row):
    return {name: value if type(value) is SafeString else escape(str(value)) for name, value in row.items()}
