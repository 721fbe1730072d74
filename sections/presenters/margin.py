"""What stands beside a paragraph: its links, and how many of them people have reviewed."""

from dataclasses import dataclass

from sections.models import ArticleLink, Entry, Mention, Review
from sections.queries.paragraphs import Annotation

from .registers import Register


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
        links = [[link] for link in self.articles] + [rows for _, entries in self.groups for _, rows in entries]
        return sum(all(link.review == Review.CONFIRMED for link in rows) for rows in links)
