"""The names of entries as the reader's language shows them: its own name first where editors recorded one."""

from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language

from sections.models import Entry, Name, Report, cached_per_version

from .collation import sort_key

KEPT = 20  # reports times languages


class EntryName(NamedTuple):
    """The name that a page shows and its language, and under it, where it helps, that of another language."""

    text: str
    language: str
    other: str = ""
    other_language: str = ""


def shown_name(report: Report | None, entry: Entry) -> EntryName:
    """The entry's name in the reader's language and then that of the text, or that of the text and the original's.

    Nothing is read from the database where the reader's language is that of the text.
    """
    of_text, reader = _language_of(report), (get_language() or "")[:2]
    if reader == of_text:
        return EntryName(entry.name, of_text)
    if (own := own_names(report, reader).get(entry.pk, entry.name)) != entry.name:
        return EntryName(own, reader, entry.name, of_text)
    original = report.original_code if report else ""
    if original in ("", reader, of_text):
        return EntryName(entry.name, of_text)
    other = own_names(report, original).get(entry.pk, entry.name)
    return EntryName(entry.name, of_text, *((other, original) if other != entry.name else ()))


def by_shown_name(report: Report | None, entries: Iterable[Entry]) -> list[Entry]:
    """The entries by the name that pages show, without regard to case, accents and quotation marks.

    Sorted here and not by the database, so that the order is the same on every database.
    """
    return sorted(entries, key=lambda entry: (sort_key(shown_name(report, entry).text), entry.slug))


def own_names(report: Report | None, language: str) -> dict[int, str]:
    """By the key of an entry its fullest name in the language, of those that are no acronyms; at most one query."""
    return _own_names(report, language) if language in Name.Language.values else {}


@cached_per_version(KEPT)
def _own_names(report, language):
    found: dict[int, str] = {}
    rows = Name.objects.filter(language=language, form=Name.Form.NAME).order_by("pk")
    for entry, text in rows.values_list("entry", "text"):
        found[entry] = max(found.get(entry, ""), text, key=len)
    return found


def _language_of(report):
    return (report.language if report else settings.LANGUAGE_CODE)[:2]
