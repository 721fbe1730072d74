"""Where a report names an entry: the sentences around the name, by paragraph and by reply."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext

from sections.models import Block, Entry, Mention, Paragraph, Report, Section
from sections.text.snippet import Snippet, snippets

QUOTED = 3  # sentences of one paragraph that a page prints; the rest is counted


@dataclass(frozen=True, slots=True)
class ParagraphMentions:
    """A paragraph that names an entry, and why it is listed.

    A quote is a sentence that names the entry, after words for where it is, which are empty for running text;
    `unquoted` counts the other sentences. `mentions` are all that name the entry here; a reason is one that stands for
    all of the same basis, rule, review and longer name, with the words that these print.
    """

    paragraph: Paragraph
    quotes: list[tuple[str, Snippet]]
    unquoted: int
    reasons: list[tuple[Mention, list[str]]]
    mentions: list[Mention]

    @property
    def is_nested(self) -> bool:
        """Whether the paragraph names the entry only within longer names."""
        return all(mention.longer for mention in self.mentions)

    @property
    def longer_names(self) -> list[str]:
        """The longer names within which the paragraph names the entry, each once."""
        return list(dict.fromkeys(mention.longer for mention in self.mentions if mention.longer))

    @property
    def bases(self) -> str:
        """The bases of the paragraph's mentions in words, each once."""
        return "; ".join(dict.fromkeys(mention.get_basis_display() for mention, _ in self.reasons))

    @property
    def reviews(self) -> str:
        """What people decided on the paragraph's mentions in words, each once."""
        return "; ".join(dict.fromkeys(mention.get_review_display() for mention, _ in self.reasons))


def by_reply(
    report: Report | None, entry: Entry, companion: Entry | None = None
) -> list[tuple[Section, list[ParagraphMentions]]]:
    """The report's paragraphs that name the entry and, if given, the companion, by section; one query."""
    rows = Mention.objects.shown().filter(entry=entry, block__paragraph__report=report)
    if companion is not None:
        others = Mention.objects.shown().filter(entry=companion)
        rows = rows.filter(block__paragraph__in=others.values("block__paragraph"))
    rows = rows.select_related("block__paragraph__section__reply_subject")
    rows = rows.defer("block__paragraph__source_text").with_longer().in_order()
    groups = []
    for section, of_section in groupby(rows, key=lambda row: row.block.paragraph.section):
        section.report = report
        by_paragraph = groupby(of_section, key=lambda row: row.block.paragraph)
        groups.append((section, [_naming(paragraph, list(mentions), report) for paragraph, mentions in by_paragraph]))
    return groups


def _naming(paragraph, mentions, report):
    paragraph.report = report
    quotes = []
    for block, of_block in groupby(mentions, key=lambda mention: mention.block):
        spans = [(mention.start, mention.end) for mention in of_block]
        quotes += [(_place(block), passage) for passage in snippets(block.text, spans)]
    reasons = {}
    for mention in mentions:
        _, surfaces = reasons.setdefault((mention.basis, mention.rule, mention.review, mention.longer), (mention, []))
        surfaces.append(mention.surface)
    reasons = [(mention, list(dict.fromkeys(surfaces))) for mention, surfaces in reasons.values()]
    return ParagraphMentions(paragraph, quotes[:QUOTED], len(quotes[QUOTED:]), reasons, mentions)


def _place(block):
    if block.kind == Block.Kind.TABLE:
        return gettext("in a table")
    if block.kind == Block.Kind.FOOTNOTE:
        return gettext("in footnote %(label)s") % {"label": block.label}
    return gettext("in item %(label)s") % {"label": block.label} if block.label else ""
