"""A paragraph as the desk shows it: its blocks, all its links, also rejected ones, and the paragraphs beside it."""

from django.db.models import QuerySet

from sections.models import ArticleLink, Block, Mention, Paragraph


def blocks_of(paragraph: Paragraph) -> list[Block]:
    """Its text, items, tables and footnotes in order."""
    return list(paragraph.blocks.order_by("position"))


def mentions_of(paragraph: Paragraph) -> QuerySet[Mention]:
    """Its links to entries in the order of reading, each with the longer name that holds it."""
    rows = Mention.objects.filter(block__paragraph=paragraph).select_related("entry", "block").with_longer()
    return rows.order_by("block__position", "start", "-end", "pk")


def article_links_of(paragraph: Paragraph) -> QuerySet[ArticleLink]:
    """Its links to articles, by number."""
    return paragraph.article_links.select_related("article__part").order_by("article__number")


def neighbours(paragraph: Paragraph) -> tuple[Paragraph | None, Paragraph | None]:
    """The paragraphs before and after it in its report."""
    beside = Paragraph.objects.filter(report=paragraph.report_id).select_related("report").defer("source_text")
    return (
        beside.filter(number__lt=paragraph.number).order_by("-number").first(),
        beside.filter(number__gt=paragraph.number).order_by("number").first(),
    )
