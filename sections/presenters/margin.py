"""What stands beside a paragraph: its articles, the entries that it names, and what it refers to."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sections.models import (
    ArticleLink,
    Confidence,
    ConventionArticle,
    Entry,
    Mention,
    Reference,
    Review,
)
from sections.queries.paragraphs import ARTICLE, Annotation, Content

from .registers import REGISTERS, Register, by_register


class Annotated(Protocol):
    """A block with what is laid over it."""

    mentions: list[Mention]
    references: list[Annotation]
    back_references: list[Annotation]


@dataclass(frozen=True, slots=True)
class Margin:
    """What stands beside a paragraph: articles, entries by register, annexes, and references between paragraphs.

    Each entry comes with a mention for every reason of its link. `back` are the paragraph's own references to earlier
    paragraphs; `referred_to_in` are the numbers of later paragraphs that refer to it.
    """

    articles: list[ArticleLink]
    groups: list[tuple[Register, list[tuple[Entry, list[Mention]]]]]
    annexes: list[str]
    back: list[Annotation]
    referred_to_in: list[int]
    figures: int

    @property
    def size(self) -> int:
        """Number of articles and entries."""
        return len(self.articles) + sum(len(entries) for _, entries in self.groups)

    @property
    def listed(self) -> int:
        """Number of all that the margin lists under a heading."""
        return self.size + len(self.annexes) + len(self.back) + len(self.referred_to_in) + bool(self.figures)

    @property
    def reviewed(self) -> int:
        """Number of articles and entries of which an editor has confirmed all links."""
        confirmed = [link.review == Review.CONFIRMED for link in self.articles]
        for _, entries in self.groups:
            confirmed += [all(link.review == Review.CONFIRMED for link in mentions) for _, mentions in entries]
        return sum(confirmed)


def margin_of(content: Content, blocks: Sequence[Annotated]) -> Margin:
    """What stands beside the paragraph that consists of these blocks."""
    annexes = [row for block in blocks for row in block.references if row.kind == Reference.Kind.ANNEX]
    articles = [_article_link(row) for row in content.annotations if row.kind == ARTICLE]
    return Margin(
        articles=sorted(articles, key=lambda link: (link.confidence != Confidence.HIGH, link.article.number)),
        groups=_entries_by_register(blocks),
        annexes=list(dict.fromkeys(row.words for row in annexes)),
        back=[row for block in blocks for row in block.back_references],
        referred_to_in=sorted({row.key for row in content.annotations if row.kind == "later"}),
        figures=sum(row.kind == "figure" for row in content.annotations),
    )


def _article_link(row):
    article = ConventionArticle(number=row.key, subject=row.words, translations=json.loads(row.translations))
    return ArticleLink(
        article=article, basis=row.basis, confidence=row.confidence, reason=row.reason, review=row.review
    )


def _entries_by_register(blocks):
    """The entries that the blocks name, in order, each with its first mention of every basis, rule and review.

    Those within longer names come last, one for each longer name.
    """
    mentions: dict[Entry, dict[tuple, Mention]] = {}
    for block in blocks:
        for mention in block.mentions:
            reasons = mentions.setdefault(mention.entry, {})
            reasons.setdefault((mention.longer, mention.basis, mention.rule, mention.review), mention)
    by_type = {type: [] for type in REGISTERS}
    for entry, reasons in mentions.items():
        by_type[entry.type].append((entry, sorted(reasons.values(), key=lambda mention: mention.longer != "")))
    return by_register(by_type)
