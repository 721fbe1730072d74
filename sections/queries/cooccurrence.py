"""Entries and articles of the same paragraphs, with the paragraphs."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sections.models import ArticleLink, ConventionArticle, Entry, Mention, Paragraph


@dataclass(frozen=True, slots=True)
class Companion:
    """An entry or an article, and the numbers of the paragraphs that name it or bear on it, in order."""

    subject: Entry | ConventionArticle
    paragraphs: tuple[int, ...]

    @property
    def count(self) -> int:
        """Number of the paragraphs."""
        return len(self.paragraphs)


def entries_in(paragraphs: Iterable[Paragraph], leaving_out: Entry | None = None) -> dict[str, list[Companion]]:
    """The entries named in the paragraphs (a list or a queryset), by type, the most named first; two queries."""
    mentions = Mention.objects.shown().filter(block__paragraph__in=paragraphs).order_by()
    if leaving_out is not None:
        mentions = mentions.exclude(entry=leaving_out)
    numbers = _numbers(mentions.values_list("entry_id", "block__paragraph__number").distinct())
    by_type: dict[str, list[Companion]] = {type: [] for type in Entry.Type.values}
    for entry in Entry.objects.filter(pk__in=numbers):
        by_type[entry.type].append(Companion(entry, numbers[entry.pk]))
    for companions in by_type.values():
        companions.sort(key=lambda companion: (-companion.count, companion.subject.name, companion.subject.slug))
    return by_type


def articles_of(paragraphs: Iterable[Paragraph]) -> list[Companion]:
    """The articles that the paragraphs (a list or a queryset) bear on, the most linked first; two queries."""
    links = ArticleLink.objects.shown().filter(paragraph__in=paragraphs).order_by()
    numbers = _numbers(links.values_list("article_id", "paragraph__number"))
    articles = ConventionArticle.objects.filter(pk__in=numbers)
    companions = [Companion(article, numbers[article.pk]) for article in articles]
    return sorted(companions, key=lambda companion: (-companion.count, companion.subject.number))


def _numbers(pairs: Iterable[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    numbers = defaultdict(list)
    for key, number in pairs:
        numbers[key].append(number)
    return {key: tuple(sorted(values)) for key, values in numbers.items()}
