"""What stands together in a report: the entries and articles of the same paragraphs, with the paragraphs."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from sections.models import ArticleLink, ConventionArticle, Entry, Mention


@dataclass(frozen=True, slots=True)
class Companion:
    """An entry or an article, and the numbers of the paragraphs in which it stands."""

    subject: Entry | ConventionArticle
    paragraphs: tuple[int, ...]

    @property
    def count(self) -> int:
        return len(self.paragraphs)


def entries_in(paragraphs: QuerySet, leaving_out: Entry | None = None) -> dict[str, list[Companion]]:
    """The entries named in the paragraphs, by type, the most named first; two queries."""
    mentions = Mention.objects.shown().filter(block__paragraph__in=paragraphs.values("pk"))
    if leaving_out is not None:
        mentions = mentions.exclude(entry=leaving_out)
    numbers = _numbers(mentions.order_by().values_list("entry_id", "block__paragraph__number").distinct())
    found = Entry.objects.filter(mentions__in=mentions).distinct()
    by_type = {type: [] for type in Entry.Type.values}
    for entry in found:
        by_type[entry.type].append(Companion(entry, numbers[entry.pk]))
    for companions in by_type.values():
        companions.sort(key=lambda companion: (-companion.count, companion.subject.name, companion.subject.slug))
    return by_type


def articles_of(paragraphs: QuerySet) -> list[Companion]:
    """The articles that the paragraphs bear on, the most linked first; two queries."""
    links = ArticleLink.objects.shown().filter(paragraph__in=paragraphs.values("pk"))
    numbers = _numbers(links.order_by().values_list("article_id", "paragraph__number"))
    found = ConventionArticle.objects.filter(article_links__in=links).distinct()
    companions = [Companion(article, numbers[article.pk]) for article in found]
    return sorted(companions, key=lambda companion: (-companion.count, companion.subject.number))


def _numbers(pairs):
    numbers = defaultdict(list)
    for key, number in pairs:
        numbers[key].append(number)
    return {key: tuple(sorted(found)) for key, found in numbers.items()}
