"""What the home page shows: a short paragraph that shows what the site does, and examples that lead somewhere."""

from django.db.models import Count, Q
from django.db.models.functions import Length

from sections.models import ArticleLink, Basis, Confidence, ConventionArticle, Paragraph, Report, Table, shown_links

SAMPLE_SIZES = (180, 420)  # characters of a paragraph that is read in a few seconds


def sample_paragraph(report: Report) -> int | None:
    """The number of the short paragraph that names the most entries, all in full, and bears on articles; one query."""
    shown = shown_links("blocks__mentions")
    rows = Paragraph.objects.filter(report=report).annotate(
        size=Length("source_text"),
        types=Count("blocks__mentions__entry__type", distinct=True, filter=shown),
        named=Count("blocks__mentions__entry", distinct=True, filter=shown),
        articles=Count("article_links", distinct=True, filter=shown_links("article_links")),
        blocks_count=Count("blocks", distinct=True),
        short_forms=Count("blocks__mentions", filter=shown & Q(blocks__mentions__basis=Basis.CONTEXTUAL)),
    )
    rows = rows.filter(size__range=SAMPLE_SIZES, blocks_count=1, short_forms=0, articles__gt=0, named__gt=1)
    return rows.order_by("-types", "-named", "-articles", "number").values_list("number", flat=True).first()


def most_reported(report: Report) -> ConventionArticle | None:
    """The article that most paragraphs address directly; one query."""
    links = ArticleLink.objects.shown().filter(paragraph__report=report, confidence=Confidence.HIGH)
    rows = ConventionArticle.objects.filter(article_links__in=links).annotate(links=Count("article_links"))
    return rows.order_by("-links", "number").first()


def first_table(report: Report) -> Table | None:
    """The report's first table; one query."""
    return Table.objects.filter(report=report).select_related("report").order_by("number").first()
