"""How much a report says on each part and article of the Convention, and where."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext

from sections.models import (
    UNLINKED,
    ArticleLink,
    Basis,
    Block,
    Confidence,
    ConventionArticle,
    ConventionPart,
    Coverage,
    Entry,
    Mention,
    Paragraph,
    Report,
    Section,
    Silence,
    cached_per_version,
)
from sections.text.snippet import Snippet, opening

from .paragraphs import ARTICLE, contents
from .reports import outline

KEPT_REPORTS = 8
TINTS = (1, 3, 6, 10, 20)  # the fewest paragraphs for each step of the tint


def tint(count: int) -> int:
    """The step of the tint for a number of paragraphs, 0 for none to 5."""
    return sum(count >= fewest for fewest in TINTS)


def tint_steps() -> list[tuple[int, str]]:
    """Each step of the tint and the numbers of paragraphs that it stands for, in words."""
    words = [gettext("no linked paragraph")]
    for fewest, following in pairwise(TINTS):
        extent = {"fewest": fewest, "most": following - 1}
        words.append(gettext("%(fewest)s to %(most)s") % extent if following - 1 > fewest else str(fewest))
    return list(enumerate([*words, gettext("%(fewest)s or more") % {"fewest": TINTS[-1]}]))


@cached_per_version(KEPT_REPORTS)
def parts_with_counts(report: Report | None) -> list[ConventionPart]:
    """The Convention's parts and articles with numbers of paragraphs of the report; three queries.

    An article has `count`, the paragraphs that are linked to it, of which `high` address it directly and `cited` are
    linked because the report's own words or headings name the article; its `coverage`; and `silence`, who found the
    report silent on it, or None. A part has `paragraph_count`, each paragraph counted once, and `unlinked`, the number
    of its articles without a paragraph.
    """
    links = defaultdict(list)
    for content in contents(report).values():
        for link in content.annotations:
            if link.kind == ARTICLE:
                links[link.key].append((content.number, link))
    found_silent = {row.article_id: row for row in Silence.objects.filter(report=report)}
    articles = ConventionArticle.objects.order_by("number")
    parts = list(ConventionPart.objects.order_by("number").prefetch_related(Prefetch("articles", articles)))
    for part in parts:
        for article in part.articles.all():
            own = [link for _, link in links[article.number]]
            article.count = len(own)
            article.high = sum(link.confidence == Confidence.HIGH for link in own)
            article.cited = sum(link.basis in (Basis.TEXT, Basis.HEADING) for link in own)
            article.silence = found_silent.get(article.pk)
            article.coverage = coverage_of(article.count, article.silence)
        numbers = {number for article in part.articles.all() for number, _ in links[article.number]}
        part.paragraph_count = len(numbers)
        part.unlinked = sum(not article.count for article in part.articles.all())
    return parts


def coverage_of(count: int, silence: Silence | None) -> Coverage:
    """What is known of an article: links count before a silence that they contradict."""
    if count:
        return Coverage.LINKED
    return Coverage.SILENT if silence else Coverage.UNREAD


def has_state(article: ConventionArticle, state: str) -> bool:
    """Whether an article of `parts_with_counts` is in a state of ARTICLE_STATES; "" stands for any."""
    return state in ("", article.coverage) or (state == UNLINKED and not article.count)


def contradicted() -> QuerySet[Silence]:
    """The silences of all reports on articles to which paragraphs of the same report are linked by now."""
    links = ArticleLink.objects.shown().filter(paragraph__report=OuterRef("report"), article=OuterRef("article"))
    return Silence.objects.filter(Exists(links))


def numbers_on(report: Report | None, articles: set[int]) -> list[int]:
    """The numbers of the report's paragraphs that bear on any of the articles of these numbers, in order."""
    return [
        content.number
        for content in contents(report).values()
        if any(row.kind == ARTICLE and row.key in articles for row in content.annotations)
    ]


def numbers_under(report: Report | None, part: ConventionPart) -> list[int]:
    """The numbers of the paragraphs that the report itself puts under a heading for the part, in order.

    They are others than those linked to the part's articles, which may stand under any heading.
    """
    headings = outline(report)
    sections = {heading.section.pk: headings.convention_part(heading.section.pk) for heading in headings.in_order()}
    return [content.number for content in contents(report).values() if sections.get(content.section) == part]


def paragraphs_on(
    report: Report | None, articles: Iterable[ConventionArticle], entry: Entry | None = None
) -> QuerySet[Paragraph]:
    """The report's paragraphs that bear on any of the articles and, if an entry is given, name it."""
    links = ArticleLink.objects.shown().filter(article__in=articles)
    rows = Paragraph.objects.filter(report=report, pk__in=links.values("paragraph"))
    if entry is None:
        return rows
    return rows.filter(pk__in=Mention.objects.shown().filter(entry=entry).values("block__paragraph"))


def links_by_reply(
    report: Report | None, article: ConventionArticle, paragraphs: QuerySet[Paragraph]
) -> list[tuple[Section, list[tuple[ArticleLink, Snippet]]]]:
    """The links of these paragraphs to the article, with how each paragraph opens, by reply or other section.

    The reply with the most links comes first, those that address the article directly before all others; two queries.
    """
    rows = ArticleLink.objects.shown().filter(article=article, paragraph__in=paragraphs)
    rows = rows.select_related("paragraph__section__reply_subject").defer("paragraph__source_text")
    texts = Block.objects.filter(kind__in=(Block.Kind.TEXT, Block.Kind.ITEM)).order_by("paragraph", "position")
    rows = rows.prefetch_related(Prefetch("paragraph__blocks", texts, to_attr="texts"))
    by_section: dict[Section, list[tuple[ArticleLink, Snippet]]] = {}
    for link in rows.order_by("confidence", "paragraph__number"):
        link.article, link.paragraph.report, link.paragraph.section.report = article, report, report
        words = " ".join(f"{block.label} {block.text}".strip() for block in link.paragraph.texts)
        by_section.setdefault(link.paragraph.section, []).append((link, opening(words)))
    return sorted(by_section.items(), key=_most_links_first)


def _most_links_first(group):
    section, links = group
    return -sum(link.confidence == Confidence.HIGH for link, _ in links), -len(links), section.position
