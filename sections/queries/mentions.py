"""Where a report names an entry: the sentences around the name, by paragraph and by reply."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext

from sections.models import Basis, Block, Entry, Mention, Paragraph, Report, Review, Section
from sections.text.snippet import Snippet, snippets

QUOTED = 3  # sentences of one paragraph that a page prints; the rest is counted


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that names the entry; `place` says where it stands when that is not running text."""

    place: str
    passage: Snippet


@dataclass(frozen=True, slots=True)
class Reason:
    """Why mentions of a paragraph are there: the printed words, the basis, the rule, the review."""

    surfaces: tuple[str, ...]
    basis: str
    basis_words: str
    rule: str
    review: str
    review_words: str


@dataclass(frozen=True, slots=True)
class Naming:
    """A paragraph that names the entry, its quotes, the number of sentences not quoted, and the reasons."""

    paragraph: Paragraph
    quotes: tuple[Quote, ...]
    unquoted: int
    reasons: tuple[Reason, ...]

    @property
    def bases(self) -> str:
        """The bases of the paragraph's mentions in words, each once."""
        return "; ".join(dict.fromkeys(reason.basis_words for reason in self.reasons))


@dataclass(frozen=True, slots=True)
class ReplyNamings:
    """The namings of one reply, or of one other section, in order."""

    section: Section
    namings: tuple[Naming, ...]

    @property
    def count(self) -> int:
        return len(self.namings)


def namings(report: Report, entry: Entry, beside: Entry | None = None) -> list[ReplyNamings]:
    """Every paragraph of the report that names the entry (and, if given, the other), by reply; one query."""
    rows = Mention.objects.shown().filter(entry=entry, block__paragraph__report=report)
    if beside is not None:
        others = Mention.objects.shown().filter(entry=beside)
        rows = rows.filter(block__paragraph__in=others.values("block__paragraph"))
    rows = rows.select_related("block__paragraph__section").defer("block__paragraph__source_text").in_order()
    groups = []
    for section, of_section in groupby(rows, key=lambda row: row.block.paragraph.section):
        section.report = report
        by_paragraph = groupby(of_section, key=lambda row: row.block.paragraph)
        found = tuple(_naming(paragraph, list(mentions), report) for paragraph, mentions in by_paragraph)
        groups.append(ReplyNamings(section, found))
    return groups


def _naming(paragraph, mentions, report):
    paragraph.report = report
    quotes = []
    for block, of_block in groupby(mentions, key=lambda mention: mention.block):
        spans = [(mention.start, mention.end) for mention in of_block]
        quotes += [Quote(_place(block), passage) for passage in snippets(block.text, spans)]
    return Naming(paragraph, tuple(quotes[:QUOTED]), len(quotes[QUOTED:]), tuple(_reasons(mentions)))


def _place(block):
    if block.kind == Block.Kind.TABLE:
        return gettext("in a table")
    if block.kind == Block.Kind.FOOTNOTE:
        return gettext("in footnote %(label)s") % {"label": block.label}
    return gettext("in item %(label)s") % {"label": block.label} if block.label else ""


def _reasons(mentions):
    by_reason = {}
    for mention in mentions:
        by_reason.setdefault((mention.basis, mention.rule, mention.review), []).append(mention.surface)
    for (basis, rule, review), surfaces in by_reason.items():
        words = (str(Basis(basis).label), rule, review, str(Review(review).label))
        yield Reason(tuple(dict.fromkeys(surfaces)), basis, *words)
