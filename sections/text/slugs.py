"""The last part of an address, made from a name in any script. Pure."""

import re

from anyascii import anyascii

from .fold import clean_line, same_marks

LONGEST = 80


def clean_slug(text: str) -> str:
    """A typed slug as the database holds it: in small letters, without space around it."""
    return clean_line(text).lower()


def slug_of(name: str, most: int = LONGEST) -> str:
    """The name in small Latin letters, digits and hyphens, cut after a word; "" where it has neither."""
    words = re.findall(r"[a-z0-9]+", anyascii(same_marks(clean_line(name))).replace("'", "").lower())
    slug = "-".join(words)
    return slug if len(slug) <= most else slug[:most].rpartition("-")[0] or slug[:most]
