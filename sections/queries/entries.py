"""The registers: their rows, one entry with its names and relations, entries whose slug is like another."""

import difflib
from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from sections.models import Entry, FormerAddress, Name, Paragraph, Relation, Report
from sections.text.fold import fold

from .collation import sort_key
from .entry_names import by_shown_name, shown_name
from .paragraphs import contents, nested_numbers, numbers_by_entry


def register(type: str) -> QuerySet[Entry]:
    """All entries of a type with their names."""
    return Entry.objects.filter(type=type).prefetch_related(Prefetch("names", Name.objects.order_by("pk")))


def counted(report: Report | None, entries: Iterable[Entry]) -> list[Entry]:
    """The entries with `paragraph_count`, the number of the report's paragraphs that name each.

    `nested_count` is the number of further paragraphs, which name it only within longer names.
    """
    numbers, nested, rows = numbers_by_entry(report), nested_numbers(report), list(entries)
    for entry in rows:
        entry.paragraph_count = len(numbers.get(entry.pk, ()))
        entry.nested_count = len(nested.get(entry.pk, ()))
    return rows


def in_order(report: Report | None, entries: Iterable[Entry], by: str) -> list[Entry]:
    """The entries by the name that pages show; the most mentioned first, or by kind."""
    rows = by_shown_name(report, entries)
    if by == "paragraphs":
        rows.sort(key=lambda entry: -entry.paragraph_count)
    elif by == "kind":
        rows.sort(key=lambda entry: fold(entry.kind_words))
    return rows


def acronyms(entry: Entry) -> list[str]:
    """The acronyms that the report itself uses beside the entry's name, each once."""
    names = entry.names.all()
    acronyms = [name.text for name in names if name.form == Name.Form.ACRONYM and name.in_report]
    return [acronym for acronym in dict.fromkeys(acronyms) if acronym != entry.name]


def matching(type: str, text: str) -> set[int]:
    """Keys of the entries of a type with a name that contains every word of the text, without accents and case."""
    words = fold(text).split()
    pairs = [
        *Entry.objects.filter(type=type).values_list("pk", "name"),
        *Name.objects.filter(entry__type=type).order_by().values_list("entry_id", "text"),
    ]
    return {key for key, name in pairs if all(word in fold(name) for word in words)}


def entry(type: str, slug: str) -> Entry | None:
    """The entry with the paragraph that describes it, or None."""
    return Entry.objects.filter(type=type, slug=slug).select_related("description_paragraph__report").first()


def moved_entry(type: str, slug: str) -> Entry | None:
    """The entry to which a former address leads; None where there never was one, and where the entry is deleted."""
    former = FormerAddress.objects.filter(type=type, slug=slug).values("entry_id")
    return Entry.objects.filter(pk__in=former).first()


def relations(report: Report | None, entry: Entry) -> dict[str, list[tuple[Entry, Paragraph | None]]]:
    """By words such as "is part of" the other entries, each with the paragraph that states it; two queries."""
    rows = Relation.objects.select_related("source", "target", "paragraph__report")
    related = [(row.get_kind_display(), row.target, row.paragraph) for row in rows.filter(source=entry)]
    related += [(row.get_inverse_display(), row.source, row.paragraph) for row in rows.filter(target=entry)]
    by_words: dict[str, list[tuple[Entry, Paragraph | None]]] = {}
    for words, other, paragraph in sorted(
        related, key=lambda relation: (relation[0], sort_key(shown_name(report, relation[1]).text))
    ):
        by_words.setdefault(words, []).append((other, paragraph))
    return by_words


def near_misses(type: str, slug: str, most: int = 5) -> list[Entry]:
    """Entries of the type whose slug, name or acronym is like this slug, the most similar first; two queries."""
    wanted = fold(slug).replace("-", " ").replace("_", " ")
    entries = {entry.pk: entry for entry in Entry.objects.filter(type=type)}
    names = {}
    for entry in entries.values():
        names.setdefault(entry.slug.replace("-", " "), entry.pk)
        names.setdefault(fold(entry.name).replace("-", " "), entry.pk)
    for name in Name.objects.filter(entry__type=type):
        names.setdefault(fold(name.text).replace("-", " "), name.entry_id)
    close = difflib.get_close_matches(wanted, names, n=most * 3, cutoff=0.6)
    inside = [name for name in names if wanted and wanted in name]
    keys = dict.fromkeys(names[name] for name in [*close, *sorted(inside, key=len)])
    return [entries[key] for key in keys][:most]


def last_paragraph(report: Report | None) -> int:
    """The number of the report's last paragraph, 0 without a report."""
    return max(contents(report), default=0)
