"""Lists within lists, and lists of links."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from urllib.parse import quote_plus

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

KEPT = 4_000  # values of facets


@dataclass(frozen=True)
class Item:
    """A list item: depth from 1, the label as printed or nothing, its words (escaped unless marked), its HTML id."""

    level: int
    label: str
    words: str
    id: str = ""


def nested_list(items: Iterable[Item]) -> SafeString:
    """The items as HTML lists: ordered where a label is printed, a deeper item inside the one above it."""
    out = []
    open_lists = []  # (level, tag) from the outermost in
    for item in items:
        tag = "ol" if item.label else "ul"
        while open_lists and open_lists[-1][0] > item.level:
            out.append(f"</li></{open_lists.pop()[1]}>")
        if open_lists and open_lists[-1][0] == item.level:
            out.append("</li>")
            if open_lists[-1][1] != tag:
                out.append(f"</{open_lists.pop()[1]}>")
        if not open_lists or open_lists[-1][0] < item.level:
            # The role stays with the list when the style sheet takes its bullets away.
            out.append(f'<{tag} class="items" role="list">')
            open_lists.append((item.level, tag))
        label = f'<span class="label">{escape(item.label)}</span> ' if item.label else ""
        name = f' id="{escape(item.id)}"' if item.id else ""
        out.append(f"<li{name}>{label}{conditional_escape(item.words)}")
    while open_lists:
        out.append(f"</li></{open_lists.pop()[1]}>")
    return SafeString("".join(out))


def link(words: str, url: str, details: Iterable[str] = (), unseen: str = "") -> SafeString:
    """The words as a link, with details after it; `unseen` is read out before the words, and not shown."""
    before = f'<span class="visually-hidden">{escape(unseen)} </span>' if unseen else ""
    after = "".join(f" · {escape(detail)}" for detail in details)
    return SafeString(f'<a href="{escape(url)}">{before}{escape(words)}</a>{after}')


def row_of_links(links: Iterable[tuple[str, str]], between: str = ", ", rel: str = "") -> SafeString:
    """(words, URL) pairs as links of a relation, one after the other with something between them."""
    rel = f' rel="{escape(rel)}"' if rel else ""
    return SafeString(escape(between).join(f'<a href="{escape(url)}"{rel}>{escape(words)}</a>' for words, url in links))


def counted_boxes(
    name: str, rows: Iterable[tuple[str, str, str, bool]], url: str = "", is_form: bool = True
) -> SafeString:
    """(value, words, count, checked) rows as list items, with check boxes of that name in a form; "" for none.

    With the URL of a list the words that are not checked link to it with that value alone; robots that ask are told not
    to follow: they lead to parts of the same list. A results page has a hundred rows, too many for template tags.
    """
    url = escape(url)
    return SafeString("\n".join(_counted(name, url, is_form, *row) for row in rows))


def _counted(name, url, is_form, value, words, count, checked):
    box, words, parameter = _escaped(name, value, words)
    if url and not checked:
        box = f'{box} aria-label="{words}"> ' if is_form else ""
        return f'<li>{box}<a href="{url}{parameter}" rel="nofollow">{words}</a> <span>{count}</span></li>'
    return f"<li><label>{box}{' checked' * checked}> {words}</label> <span>{count}</span></li>"


@lru_cache(KEPT)
def _escaped(name, value, words):
    """What a value of a facet needs on every page: its check box, its words, and what an address says of it."""
    box = f'<input type="checkbox" name="{escape(name)}" value="{escape(value)}"'
    return box, escape(words), escape(f"&{name}={quote_plus(value)}")
