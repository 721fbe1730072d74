"""Lists within lists, and lists of links."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString


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


def row_of_links(links: Iterable[tuple[str, str]]) -> SafeString:
    """(words, URL) pairs as links, separated by commas. A results page has a hundred, too many for template tags."""
    return SafeString(", ".join(f'<a href="{escape(url)}">{escape(words)}</a>' for words, url in links))


def counted_boxes(name: str, boxes: Iterable[tuple[str, str, str, str, bool]]) -> SafeString:
    """(value, words, URL, count, checked) rows as list items with check boxes of that name; "" for none.

    With a URL the words are a link, which chooses the value alone. A results page has a hundred, too many for template
    tags. Robots that ask are told not to follow the links: they lead to parts of the same list.
    """
    return SafeString("\n".join(_box(name, *box) for box in boxes))


def _box(name, value, words, url, count, checked):
    words = escape(words)
    box = f'<input type="checkbox" name="{escape(name)}" value="{escape(value)}"{" checked" * checked}' if name else ""
    if url:
        box = f'{box} aria-label="{words}"> ' if box else ""
        return f'<li>{box}<a href="{escape(url)}" rel="nofollow">{words}</a> <span>{escape(count)}</span></li>'
    if box:
        return f"<li><label>{box}> {words}</label> <span>{escape(count)}</span></li>"
    return f"<li><strong>{words}</strong> <span>{escape(count)}</span></li>"
