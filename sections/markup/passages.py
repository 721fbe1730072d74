"""Short runs of text and rows of links as HTML, for pages that show so many of them that templates are too slow."""

from html import escape

from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe


def grouped(number: int) -> str:
    """A whole number as the language writes it: 1,234 in English."""
    return str(number) if -1000 < number < 1000 else number_format(number, force_grouping=True)


def highlighted(text, spans) -> SafeString:
    """The text as HTML with its (start, end) spans marked; they are in order and apart."""
    out, cursor = [], 0
    for start, end in spans:
        out += escape(text[cursor:start]), "<mark>", escape(text[start:end]), "</mark>"
        cursor = end
    out.append(escape(text[cursor:]))
    return mark_safe("".join(out))


def row_of_links(links, after="") -> SafeString:
    """(words, address) pairs as links in a row, with commas between them, and words after them."""
    row = ", ".join(f'<a href="{escape(address)}">{escape(words)}</a>' for words, address in links)
    return mark_safe(row + escape(after))


def counted_links(start, rows) -> SafeString:
    """(words, end of the address, count) as list items, each a link with its count; all addresses begin alike."""
    start = escape(start)
    items = (
        f'<li><a href="{start}{escape(end)}">{escape(words)}</a> <span>{grouped(count)}</span></li>'
        for words, end, count in rows
    )
    return mark_safe("\n".join(items))


def hidden_fields(pairs) -> SafeString:
    """(name, value) pairs as fields of a form that nobody sees."""
    fields = (f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in pairs)
    return mark_safe("".join(fields))


def filled(form, rows) -> SafeString:
    """The form, HTML with names in braces, once for each mapping in rows; what isn't marked safe is escaped."""
    return mark_safe("\n".join(form.format_map(_escaped(row)) for row in rows))


def _escaped(row):
    return {name: value if isinstance(value, SafeString) else escape(value) for name, value in row.items()}
