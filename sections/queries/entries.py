"""Questions about the registers: their rows, one entry with its names and relations, near misses of a slug."""

import difflib
from dataclasses import dataclass

from django.db.models import Max, Prefetch, QuerySet

from sections.models import Entry, Mention, Name, Paragraph, Relation, Report
from sections.text.fold import fold


@dataclass(frozen=True, slots=True)
class Related:
    """One relation read from the entry's side: "is part of" the other entry, stated in the paragraph."""

    words: str
    other: Entry
    paragraph: Paragraph | None


def initial(name: str) -> str:
    """The capital under which a register lists the name; "#" for a name that begins with no letter."""
    first = next((character for character in fold(name) if character.isalnum()), "")
    return first.upper() if first.isalpha() else "#"


def register(report: Report | None, type: str) -> QuerySet:
    """All entries of a type with `paragraph_count` and their names."""
    rows = Entry.objects.filter(type=type).with_counts(report)
    return rows.prefetch_related(Prefetch("names", Name.objects.order_by("pk")))


def in_order(entries, by: str) -> list[Entry]:
    """The entries by name, as readers sort names, or the most named first; alike on every database."""
    rows = sorted(entries, key=lambda entry: (fold(entry.name).lstrip("\"'“‘("), entry.slug))
    if by == "paragraphs":
        rows.sort(key=lambda entry: -entry.paragraph_count)
    return rows


def acronyms(entry: Entry) -> list[str]:
    """The acronyms that the report itself uses for the entry, each once."""
    found = [name.text for name in entry.names.all() if name.form == Name.Form.ACRONYM and name.in_report]
    return list(dict.fromkeys(found))


def matching(type: str, text: str) -> set[int]:
    """Keys of the entries of a type with a name that holds every word of the text, accents and case aside."""
    words = fold(text).split()
    pairs = [
        *Entry.objects.filter(type=type).values_list("pk", "name"),
        *Name.objects.filter(entry__type=type).order_by().values_list("entry_id", "text"),
    ]
    return {key for key, name in pairs if all(word in fold(name) for word in words)}


def entry_page(type: str, slug: str) -> Entry | None:
    """The entry with its names and the paragraph that describes it, or None."""
    rows = Entry.objects.filter(type=type, slug=slug).select_related("description_paragraph__report")
    return rows.prefetch_related(Prefetch("names", Name.objects.order_by("-in_report", "form", "text"))).first()


def relations(entry: Entry) -> list[Related]:
    """The entry's relations in both directions, in words, with the paragraphs that state them; two queries."""
    rows = Relation.objects.select_related("paragraph__report")
    forth = [
        Related(row.get_kind_display(), row.target, row.paragraph)
        for row in rows.filter(source=entry).select_related("target")
    ]
    back = [
        Related(row.get_inverse_display(), row.source, row.paragraph)
        for row in rows.filter(target=entry).select_related("source")
    ]
    return sorted(forth + back, key=lambda related: (related.words, fold(related.other.name)))


def near_misses(type: str, slug: str, most: int = 5) -> list[Entry]:
    """Entries of the type whose slug, name or acronym is like a slug that no entry has."""
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
    return Paragraph.objects.filter(report=report).aggregate(last=Max("number"))["last"] or 0


def paragraphs_naming(report: Report | None, entry: Entry) -> list[int]:
    """The numbers of the report's paragraphs that name the entry, in order; one query."""
    rows = Mention.objects.shown().filter(entry=entry, block__paragraph__report=report)
    return sorted(set(rows.order_by().values_list("block__paragraph__number", flat=True)))


def strips_of(report: Report | None, type: str) -> dict[int, list[int]]:
    """For each entry of a type the numbers of the paragraphs that name it; one query."""
    rows = Mention.objects.shown().filter(entry__type=type, block__paragraph__report=report)
    found = {}
    for key, number in rows.order_by().values_list("entry_id", "block__paragraph__number").distinct():
        found.setdefault(key, []).append(number)
    return found
