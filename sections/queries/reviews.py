"""Who proposed the links of a report, and how many of them a second person has confirmed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sections.models import ArticleLink, Basis, Mention, Report, Review, cached_per_version

KEPT_REPORTS = 8
TARGETS = {ArticleLink: "article_id", Mention: "entry_id"}
REPORT = {ArticleLink: "paragraph__report", Mention: "block__paragraph__report"}


@dataclass(frozen=True, slots=True)
class LinkReview:
    """Some links in numbers: all, those that editors proposed, and those that a second person has confirmed."""

    total: int
    by_editors: int
    confirmed: int

    @property
    def automatic(self) -> int:
        """The links that a program found by names and rules."""
        return self.total - self.by_editors


@cached_per_version(KEPT_REPORTS)
def second_opinions(report: Report, model: type[ArticleLink] | type[Mention]) -> frozenset[int]:
    """The keys of the report's links of one model that somebody has confirmed who did not propose them; two queries.

    Who gave a link its present target proposed it. What was loaded from files nobody at the desk has proposed, and what
    the files call confirmed counts.
    """
    confirmed = model.objects.filter(**{REPORT[model]: report}, review=Review.CONFIRMED).order_by()
    targets = dict(confirmed.values_list("pk", TARGETS[model]))
    rows = model.history.filter(id__in=targets).order_by("history_id")
    proposers: dict[int, str | None] = {}
    seconded: set[int] = set()
    for key, target, review, person in rows.values_list("id", TARGETS[model], "review", "change__user_name"):
        if target != targets[key]:
            proposers.pop(key, None)
            seconded.discard(key)
            continue
        proposer = proposers.setdefault(key, person)
        if review == Review.CONFIRMED and (not person or person != proposer):
            seconded.add(key)
    return frozenset(seconded | (targets.keys() - proposers.keys()))


@cached_per_version(KEPT_REPORTS)
def reviews(report: Report) -> dict[str, LinkReview]:
    """All links of the report: to `articles`, and to the `names` of institutions, laws and programmes."""
    return {"articles": _review(ArticleLink, report), "names": _review(Mention, report)}


def _review(model, report):
    shown = model.objects.shown().filter(**{REPORT[model]: report}).order_by()
    bases = Counter(shown.values_list("basis", flat=True))
    return LinkReview(bases.total(), bases[Basis.EDITOR], len(second_opinions(report, model)))


def review_of(report: Report | None, links: Iterable[ArticleLink | Mention]) -> LinkReview:
    """These links of the report in numbers; all are of one model."""
    links = list(links)
    seconded = second_opinions(report, type(links[0])) if report and links else ()
    confirmed = sum(link.pk in seconded for link in links)
    return LinkReview(len(links), sum(link.basis == Basis.EDITOR for link in links), confirmed)
