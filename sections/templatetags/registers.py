"""Filters for the pages of entries and of the Convention."""

from collections.abc import Mapping

from django import template

from sections.models import ArticleLink, ConventionArticle, Entry, Mention, Report
from sections.queries import convention, cooccurrence, entries, entry_names, review_queue

register = template.Library()

register.filter("acronyms", entries.acronyms)
register.filter("column_label", cooccurrence.column_label)
register.filter("tint", convention.tint)


@register.filter
def named_for(entry: Entry, report: Report | None) -> entry_names.EntryName:
    """The names of the entry on a page about the report: `{% with named=entry|named_for:report %}`."""
    return entry_names.shown_name(report, entry)


@register.filter
def words_for(subject: Entry | ConventionArticle, report: Report | None) -> str:
    """What a list of entries or articles calls one of them."""
    return entry_names.shown_name(report, subject).text if isinstance(subject, Entry) else str(subject)


@register.filter
def link_key(link: Mention | ArticleLink) -> str:
    """The key of a link, as addresses of the desk name it: m12, a3."""
    return review_queue.key_of(link)


@register.filter
def get(mapping: Mapping, key: object) -> object:
    """The value under the key, or None."""
    return mapping.get(key)


@register.filter
def share(count: int, most: int) -> str:
    """The count as a percentage of the most, for the width of a bar: "37.5%"."""
    return f"{100 * count / most:.4g}%" if most else "0%"


@register.filter
def quarters(count: int, total: int) -> int:
    """The share of the total in quarters, rounded up: 0 to 4."""
    return -(-4 * count // total) if total else 0
