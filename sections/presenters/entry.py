"""An entry with everything that a report says of it, read when a template asks for it."""

from functools import cached_property

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse

from sections.charts.hub import Hub, hub
from sections.charts.strip import Strip, strip
from sections.models import Entry, Name, Paragraph, Report, Section, version_key
from sections.queries import cooccurrence, dates, entries, mentions
from sections.queries.entry_names import EntryName, shown_name
from sections.queries.mentions import ParagraphMentions
from sections.queries.reviews import LinkReview, review_of

from .registers import REGISTERS, Register, by_register


class EntryPage:
    """What the page of an entry shows; with a companion, of the paragraphs that name both.

    Templates keep the HTML for a `version`, and then nothing of it is read.
    """

    def __init__(self, report: Report | None, entry: Entry, companion: Entry | None = None) -> None:
        self.report, self.entry, self.companion = report, entry, companion
        self.version = version_key(report)

    @cached_property
    def name(self) -> EntryName:
        """The entry's name as the page shows it."""
        return shown_name(self.report, self.entry)

    @cached_property
    def companion_name(self) -> EntryName:
        """The companion's name as the page shows it; asked for only where there is one."""
        return shown_name(self.report, self.companion)

    @property
    def register(self) -> Register:
        """The register that holds the entry."""
        return REGISTERS[self.entry.type]

    @cached_property
    def names(self) -> list[Name]:
        """The other names, those of the report first; the entry itself then has all of them."""
        rows = Name.objects.order_by("-in_report", "form", "text")
        prefetch_related_objects([self.entry], Prefetch("names", rows))
        return [name for name in self.entry.names.all() if name.text not in (self.entry.name, self.name.text)]

    @cached_property
    def relations(self) -> dict[str, list[tuple[Entry, Paragraph | None]]]:
        """By words such as "is part of" the other entries, each with the paragraph that states it."""
        return entries.relations(self.report, self.entry)

    @cached_property
    def hub(self) -> Hub | None:
        """The picture of the relations; None for fewer than two, which a picture makes no clearer."""
        if self.companion or sum(map(len, self.relations.values())) < 2:
            return None
        groups = [
            (words, [(shown_name(self.report, other).text, other) for other, _ in rows])
            for words, rows in self.relations.items()
        ]
        return hub(next(iter(entries.acronyms(self.entry)), self.name.text), groups)

    @cached_property
    def dated(self) -> list[tuple[str, str, Paragraph]]:
        """The dates that the report connects with the entry."""
        return dates.dates_of_entry(self.report, self.entry)

    @cached_property
    def groups(self) -> list[tuple[Section, list[ParagraphMentions]]]:
        """The paragraphs that name the entry, by section."""
        return mentions.by_reply(self.report, self.entry, self.companion)

    @cached_property
    def numbers(self) -> list[int]:
        """The numbers of the paragraphs of all groups."""
        return [naming.paragraph.number for _, namings in self.groups for naming in namings]

    @cached_property
    def nested_numbers(self) -> list[int]:
        """The numbers of those among them that name it only within longer names."""
        return [naming.paragraph.number for _, namings in self.groups for naming in namings if naming.is_nested]

    @cached_property
    def own_numbers(self) -> list[int]:
        """The numbers of the others."""
        return [number for number in self.numbers if number not in set(self.nested_numbers)]

    @cached_property
    def strip(self) -> Strip | None:
        """The picture of where the report names it, not counting longer names."""
        return strip(self.own_numbers, entries.last_paragraph(self.report))

    @cached_property
    def together(self) -> list[tuple[Register, list[cooccurrence.Companion]]]:
        """The entries that the same paragraphs name, by register."""
        return by_register(cooccurrence.entries_in(self.report, self.numbers, leaving_out=self.entry))

    @cached_property
    def articles(self) -> list[cooccurrence.Companion]:
        """The articles that the same paragraphs bear on."""
        return cooccurrence.articles_of(self.report, self.numbers)

    @cached_property
    def review(self) -> LinkReview:
        """Who proposed the links that the groups show, and how many a second person has confirmed."""
        namings = (naming for _, of_section in self.groups for naming in of_section)
        return review_of(self.report, (mention for naming in namings for mention in naming.mentions))

    @property
    def edit_address(self) -> str:
        """The address of the entry's form at the desk."""
        return reverse(f"admin:sections_{self.entry.type}_change", args=[self.entry.pk])
