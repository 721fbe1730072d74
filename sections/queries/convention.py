"""Questions about the Convention: how much a report says on each part and article, and where."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Prefetch

from sections.models import (
    ArticleLink,
    Basis,
    Block,
    ConventionArticle,
    ConventionPart,
    Entry,
    Mention,
    Paragraph,
    Report,
    Section,
)
from sections.text.snippet import Snippet, opening

TINTS = (1, 3, 6, 10, 20)  # the fewest paragraphs for each step of the tint


@dataclass(frozen=True, slots=True)
class ArticleCount:
    """An article and the number of paragraphs that bear on it, in all and squarely."""

    article: ConventionArticle
    count: int
    high: int
    cited: int = 0  # of them, those where the report's own words or headings name the article

    @property
    def tint(self) -> int:
        """The step of the tint, 0 for none to 5."""
        return tint(self.count)

    @property
    def quarters(self) -> int:
        """How much of it is squarely on the article, in quarters rounded up: 0 for nothing to 4."""
        return -(-4 * self.high // self.count) if self.count else 0


@dataclass(frozen=True, slots=True)
class PartCount:
    """A part with its articles; `paragraphs` counts each paragraph once."""

    part: ConventionPart
    articles: tuple[ArticleCount, ...]
    paragraphs: int

    @property
    def silent(self) -> int:
        """Number of articles without a paragraph."""
        return sum(not article.count for article in self.articles)


@dataclass(frozen=True, slots=True)
class LinkedParagraph:
    """A link from a paragraph to the article, and how the paragraph opens."""

    link: ArticleLink
    passage: Snippet


@dataclass(frozen=True, slots=True)
class ReplyLinks:
    """The linked paragraphs of one reply, or of one other section."""

    section: Section
    paragraphs: tuple[LinkedParagraph, ...]

    @property
    def count(self) -> int:
        return len(self.paragraphs)

    @property
    def high(self) -> int:
        return sum(row.link.confidence == "high" for row in self.paragraphs)


def tint(count: int) -> int:
    """The step of the tint for a number of paragraphs, 0 for none to 5."""
    return sum(count >= fewest for fewest in TINTS)


def parts_with_counts(report: Report | None) -> list[PartCount]:
    """The Convention's parts and articles with what the report says on each; three queries."""
    links = ArticleLink.objects.shown().filter(paragraph__report=report).order_by()
    total, high, cited, by_part = Counter(), Counter(), Counter(), {}
    for article, part, paragraph, confidence, basis in links.values_list(
        "article_id", "article__part_id", "paragraph_id", "confidence", "basis"
    ):
        total[article] += 1
        high[article] += confidence == "high"
        cited[article] += basis in (Basis.TEXT, Basis.HEADING)
        by_part.setdefault(part, set()).add(paragraph)
    parts = ConventionPart.objects.prefetch_related(Prefetch("articles", ConventionArticle.objects.order_by("number")))
    return [
        PartCount(
            part,
            tuple(
                ArticleCount(article, total[article.pk], high[article.pk], cited[article.pk])
                for article in part.articles.all()
            ),
            len(by_part.get(part.pk, ())),
        )
        for part in parts.order_by("number")
    ]


def replies_under(report: Report | None, part: ConventionPart) -> list[Section]:
    """The replies that the report's own headings put under a part, in order."""
    rows = Section.objects.replies().filter(report=report, convention_part=part)
    return list(rows.select_related("report").in_order())


def article(number: int) -> ConventionArticle | None:
    """The article with its part, or None."""
    return ConventionArticle.objects.select_related("part").filter(number=number).first()


def neighbours(number: int) -> tuple[ConventionArticle | None, ConventionArticle | None]:
    """The articles before and after the one of that number; one query."""
    found = {row.number: row for row in ConventionArticle.objects.filter(number__in=[number - 1, number + 1])}
    return found.get(number - 1), found.get(number + 1)


def paragraphs_on(report: Report | None, article: ConventionArticle, entry: Entry | None = None):
    """Queryset of the report's paragraphs that bear on the article and, where one is given, name the entry."""
    links = ArticleLink.objects.shown().filter(article=article)
    rows = Paragraph.objects.filter(report=report, pk__in=links.values("paragraph"))
    if entry is None:
        return rows
    return rows.filter(pk__in=Mention.objects.shown().filter(entry=entry).values("block__paragraph"))


def paragraphs_on_part(report: Report | None, part: ConventionPart):
    """Queryset of the report's paragraphs that bear on any article of the part."""
    links = ArticleLink.objects.shown().filter(article__part=part)
    return Paragraph.objects.filter(report=report, pk__in=links.values("paragraph"))


def links_by_reply(report: Report | None, article: ConventionArticle, paragraphs) -> list[ReplyLinks]:
    """Those of the paragraphs that bear on an article, by reply, those with the most on it first; two queries."""
    rows = ArticleLink.objects.shown().filter(article=article, paragraph__report=report)
    rows = rows.filter(paragraph__in=paragraphs.values("pk"))
    rows = rows.select_related("paragraph__section").defer("paragraph__source_text")
    texts = Block.objects.filter(kind__in=(Block.Kind.TEXT, Block.Kind.ITEM)).order_by("paragraph", "position")
    rows = rows.prefetch_related(Prefetch("paragraph__blocks", texts, to_attr="texts"))
    by_section = {}
    for link in rows.order_by("confidence", "paragraph__number"):
        link.paragraph.report = link.paragraph.section.report = report
        by_section.setdefault(link.paragraph.section, []).append(LinkedParagraph(link, _opening(link.paragraph)))
    groups = [ReplyLinks(section, tuple(found)) for section, found in by_section.items()]
    return sorted(groups, key=lambda group: (-group.high, -len(group.paragraphs), group.section.position))


def _opening(paragraph):
    return opening(" ".join(f"{block.label} {block.text}".strip() for block in paragraph.texts))
