"""Random samples of what a report holds, and the error rates that people found in them."""

import random
from collections import Counter
from dataclasses import dataclass
from math import sqrt

from django.db.models import Prefetch, QuerySet

from sections.models import (
    ArticleLink,
    Block,
    Mention,
    Paragraph,
    Report,
    Sample,
    SampleItem,
    Section,
    cached_per_version,
)

KEPT_REPORTS = 8
Z = 1.959964  # of 95 per cent
AROUND = 120  # characters beside a name
LONGEST = 1000  # characters of an item

Item = tuple[int | None, str]  # the number of the paragraph that shows it, and what is checked, in words


@dataclass(frozen=True, slots=True)
class ErrorRate:
    """What a checked sample says: how many items were right, wrong or unsure, and the rate of errors in per cent.

    `low` and `high` bound the rate in the whole of which the sample was drawn, in 95 of 100 such samples (Wilson's
    interval). Items that the person was unsure of count for neither side.
    """

    sample: Sample
    right: int
    wrong: int
    unsure: int

    @property
    def decided(self) -> int:
        return self.right + self.wrong

    @property
    def percent(self) -> float:
        return 100 * self.wrong / self.decided if self.decided else 0.0

    @property
    def low(self) -> float:
        return 100 * wilson(self.wrong, self.decided)[0]

    @property
    def high(self) -> float:
        return 100 * wilson(self.wrong, self.decided)[1]


def wilson(wrong: int, checked: int) -> tuple[float, float]:
    """The bounds of a share that was `wrong` of `checked` in a random sample; 0 and 1 where nothing was checked."""
    if not checked:
        return 0.0, 1.0
    share, weight = wrong / checked, Z * Z / checked
    middle = (share + weight / 2) / (1 + weight)
    half = Z * sqrt(share * (1 - share) / checked + weight / (4 * checked)) / (1 + weight)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def rate_of(sample: Sample) -> ErrorRate | None:
    """The error rate of a sample, None while any of its items is not yet checked."""
    answers = Counter(sample.items.order_by().values_list("answer", flat=True))
    if not answers or answers[SampleItem.Answer.OPEN]:
        return None
    return ErrorRate(sample, *(answers[answer] for answer in SampleItem.Answer.values[1:]))


@cached_per_version(KEPT_REPORTS)
def error_rates(report: Report) -> dict[str, ErrorRate | None]:
    """By kind the rate of the last sample that somebody has checked to the end; None where nobody has."""
    rates: dict[str, ErrorRate | None] = dict.fromkeys(Sample.Kind.values)
    for sample in report.samples.order_by("number"):
        rates[sample.kind] = rate_of(sample) or rates[sample.kind]
    return rates


def drawn(report: Report, kind: str, size: int) -> tuple[list[Item], int]:
    """At most `size` items of a kind at random, in the order of reading, and the number of items there are."""
    rows, read = _POPULATIONS[kind](report)
    keys = list(rows.order_by().values_list("pk", flat=True))
    chosen = random.SystemRandom().sample(keys, min(size, len(keys)))
    items = [read(row) for row in rows.filter(pk__in=chosen)]
    return [(number, words[:LONGEST]) for number, words in items], len(keys)


def _texts(report) -> tuple[QuerySet, object]:
    blocks = Prefetch("blocks", Block.objects.order_by("position"))
    return Paragraph.objects.filter(report=report).prefetch_related(blocks).order_by("number"), _text


def _text(paragraph):
    words = " ".join(f"{block.label} {block.text}".strip() for block in paragraph.blocks.all())
    return paragraph.number, words if len(words) <= LONGEST else f"{words[: LONGEST - 2]} …"


def _headings(report):
    return Section.objects.filter(report=report).select_related("parent").order_by("position"), _heading


def _heading(section):
    first = section.paragraphs.order_by("number").first()
    parts = [f"“{section}”, level {section.level}", f"under “{section.parent}”" if section.parent else "at the top"]
    parts.append(f"before paragraph {first.number}" if first else "without paragraphs of its own")
    return first.number if first else None, ", ".join(parts) + (" (recovered)" if section.recovered else "")


def _articles(report):
    rows = ArticleLink.objects.shown().filter(paragraph__report=report).select_related("paragraph", "article")
    return rows.order_by("paragraph__number", "article__number"), _article


def _article(link):
    return link.paragraph.number, f"Paragraph {link.paragraph.number} relates to {link.article}, {link.article.subject}"


def _names(report):
    rows = Mention.objects.shown().filter(block__paragraph__report=report).select_related("block__paragraph", "entry")
    return rows.order_by("block__paragraph__number", "block__position", "start"), _name


def _name(mention):
    text, first, last = mention.block.text, max(mention.start - AROUND, 0), mention.end + AROUND
    before, after = text[first : mention.start], text[mention.end : last]
    before = f"… {before.partition(' ')[2]}" if first else before
    after = f"{after.rpartition(' ')[0]} …" if last < len(text) else after
    return mention.block.paragraph.number, f"“{before}[{mention.surface}]{after}” means {mention.entry}"


_POPULATIONS = {
    Sample.Kind.TEXT: _texts,
    Sample.Kind.STRUCTURE: _headings,
    Sample.Kind.ARTICLES: _articles,
    Sample.Kind.NAMES: _names,
}
