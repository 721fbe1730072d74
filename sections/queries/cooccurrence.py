"""Entries and articles of the same paragraphs, with the paragraphs."""

from collections import defaultdict
from collections.abc import Iterable

from sections.models import ArticleLink, ConventionArticle, Entry, Mention, Paragraph

# An entry or an article, and the numbers of the paragraphs that name it or bear on it, in order.
Companion = tuple[Entry | ConventionArticle, list[int]]


def entries_in(paragraphs: Iterable[Paragraph], leaving_out: Entry | None = None) -> dict[str, list[Companion]]:
    """The entries named in the paragraphs (a list or a queryset), by type, the most named first; two queries."""
    mentions = Mention.objects.shown().filter(block__paragraph__in=paragraphs).order_by()
    if leaving_out is not None:
        mentions = mentions.exclude(entry=leaving_out)
    numbers = _numbers(mentions.values_list("entry_id", "block__paragraph__number").distinct())
    entries = list(Entry.objects.filter(pk__in=numbers))
    entries.sort(key=lambda entry: (-len(numbers[entry.pk]), entry.name, entry.slug))
    return {type: [(row, numbers[row.pk]) for row in entries if row.type == type] for type in Entry.Type.values}


def articles_of(paragraphs: Iterable[Paragraph]) -> list[Companion]:
    """The articles that the paragraphs (a list or a queryset) bear on, the most linked first; two queries."""
    links = ArticleLink.objects.shown().filter(paragraph__in=paragraphs).order_by()
    numbers = _numbers(links.values_list("article_id", "paragraph__number"))
    articles = ConventionArticle.objects.filter(pk__in=numbers)
    companions = [(article, numbers[article.pk]) for article in articles]
    return sorted(companions, key=lambda companion: (-len(companion[1]), companion[0].number))


def _numbers(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    numbers = defaultdict(list)
    for key, number in sorted(pairs):
        numbers[key].append(number)
    return numbers
