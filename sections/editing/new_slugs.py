"""The address of a new entry: made from its name, and free."""

from itertools import chain, count

from sections.models import Entry
from sections.text.slugs import LONGEST, slug_of


def free_slug(type: str, name: str) -> str:
    """The last part of an address that no entry of this type has. A name without letters gives the type and a number.

    A number is added where another entry has the address of the name.
    """
    slug = slug_of(name, LONGEST - 5)
    tried = chain([slug] if slug else [], (f"{slug or type}-{number}" for number in count(2 if slug else 1)))
    taken = set(Entry.objects.filter(type=type).order_by().values_list("slug", flat=True))
    return next(each for each in tried if each not in taken)
