"""Filters for the pages of entries and of the Convention."""

from collections.abc import Mapping

from django import template

from sections.queries import convention, cooccurrence, entries

register = template.Library()

register.filter("acronyms", entries.acronyms)
register.filter("column_label", cooccurrence.column_label)
register.filter("tint", convention.tint)


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
