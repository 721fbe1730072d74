"""The address of a new entry: made from its name, and free."""

from itertools import chain, count

from sections.models import Entry, FormerAddress
from sections.text.slugs import LONGEST, slug_of

NUMBER = 5  # characters that a number may take


def free_slug(type: str, name: str, wanted: str = "", own: int | None = None) -> str:
    """The last part of an address that no other entry of this type has or had: the wanted one, or that of the name.

    `own` is the key of the entry that will have it; its former addresses are free.
    A number is added where it is taken. A name without letters gives the type and a number.
    """
    slug = wanted or slug_of(name)
    start, first = (slug[: LONGEST - NUMBER].rstrip("-"), 2) if slug else (type, 1)
    former = FormerAddress.objects.filter(type=type).exclude(entry=own)
    taken = {each for rows in (Entry.objects.filter(type=type), former) for each in rows.values_list("slug", flat=True)}
    tried = chain([slug] if slug else [], (f"{start}-{number}" for number in count(first)))
    return next(each for each in tried if each not in taken)
