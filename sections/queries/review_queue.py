"""The review queue: which links await a decision, which comes next, and how many are done."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from sections.models import ArticleLink, Change, Entry, Mention, Review, Section
from sections.models.history import FormerRow
from sections.text.whole_numbers import whole_number

Link = Mention | ArticleLink

MENTION_PLACE = ("block__paragraph__report_id", "block__paragraph__number", "block__position", "start")
ARTICLE_PLACE = ("paragraph__report_id", "paragraph__number", "article__number")
KINDS = {"m": (Mention, MENTION_PLACE), "a": (ArticleLink, ARTICLE_PLACE)}
RELATED = {
    "m": ("block__paragraph__report", "block__paragraph__section", "entry"),
    "a": ("paragraph__report", "paragraph__section", "article__part"),
}
PARAGRAPH = {"m": "block__paragraph", "a": "paragraph"}
MOST_KEY = 10**15


@dataclass(frozen=True)
class ReviewFilter:
    """Which links to go through: of which kind, entry, place and basis, and in which state of review."""

    kind: str = ""  # "m" mentions, "a" article links, "" both
    entry: int | None = None
    report: str = ""  # the symbol
    paragraph: int | None = None
    reply: int | None = None
    basis: str = ""
    review: str = Review.UNREVIEWED

    def rows(self, kind: str) -> QuerySet:
        """The links of one kind, in the order of reading, with what a page shows of them."""
        model, place = KINDS[kind]
        if self.kind not in {"", kind} or (kind == "a" and self.entry):
            return model.objects.none()
        rows = model.objects.filter(review=self.review).select_related(*RELATED[kind]).order_by(*place)
        if self.entry:
            rows = rows.filter(entry=self.entry)
        if self.basis:
            rows = rows.filter(basis=self.basis)
        if self.report:
            rows = rows.filter(**{f"{PARAGRAPH[kind]}__report__symbol": self.report})
        if self.paragraph:
            rows = rows.filter(**{f"{PARAGRAPH[kind]}__number": self.paragraph})
        if self.reply:
            one, several = Q(number=self.reply), Q(number__lte=self.reply, last_number__gte=self.reply)
            replies = Section.objects.replies().filter(one | several)
            rows = rows.filter(**{f"{PARAGRAPH[kind]}__section__in": replies})
        return rows


def link_by_key(key: str) -> Link | None:
    """The link of a key such as m12 or a3, with what a page shows of it; None for any other text."""
    kind, number = key[:1], whole_number(key[1:], MOST_KEY)
    if kind not in KINDS or number is None:
        return None
    return KINDS[kind][0].objects.select_related(*RELATED[kind]).filter(pk=number).first()


def key_of(link: Link) -> str:
    """The key of a link: m or a, and its primary key."""
    return f"{'m' if isinstance(link, Mention) else 'a'}{link.pk}"


def neighbour(review_filter: ReviewFilter, link: Link | None, back: bool = False) -> Link | None:
    """The link to review after this one, or before it; without one, the first. None at the end."""
    kinds = ["a", "m"] if back else ["m", "a"]
    rows_by_kind = {kind: review_filter.rows(kind) for kind in kinds}
    if link is not None:
        kind = key_of(link)[:1]
        model, place = KINDS[kind]
        if values := model.objects.filter(pk=link.pk).values_list(*place).first():
            rows_by_kind[kind] = rows_by_kind[kind].filter(_beyond(place, values, "lt" if back else "gt"))
        kinds = kinds[kinds.index(kind) :]
    links = (rows_by_kind[kind].last() if back else rows_by_kind[kind].first() for kind in kinds)
    return next(filter(None, links), None)


def _beyond(place, values, comparison):
    """The condition that a row's place comes after (gt) or before (lt) these values, compared field by field."""
    condition = Q()
    for length, name in enumerate(place):
        same = dict(zip(place[:length], values[:length], strict=True))
        condition |= Q(**same, **{f"{name}__{comparison}": values[length]})
    return condition


def same_name(mention: Mention) -> list[Mention]:
    """The unreviewed mentions with the same words, basis and entry, in the order of reading."""
    rows = Mention.objects.filter(entry=mention.entry_id, surface=mention.surface, basis=mention.basis)
    return list(rows.filter(review=Review.UNREVIEWED).select_related("block__paragraph__report").in_order())


def progress() -> dict[str, tuple[int, int]]:
    """How many are reviewed, and how many there are: of mentions ("m"), of article links ("a")."""
    reviewed = Count("pk", filter=~Q(review=Review.UNREVIEWED))
    counts = {kind: model.objects.aggregate(done=reviewed, total=Count("pk")) for kind, (model, _) in KINDS.items()}
    return {kind: (count["done"], count["total"]) for kind, count in counts.items()}


def remaining(review_filter: ReviewFilter) -> int:
    """The number of links that the filter leaves."""
    return sum(review_filter.rows(kind).count() for kind in KINDS)


def entries_to_review(review: str) -> list[Entry]:
    """The entries that have mentions in this state, by name, with their number as `open`."""
    in_state = Count("mentions", filter=Q(mentions__review=review))
    return list(Entry.objects.annotate(open=in_state).filter(open__gt=0).order_by("name", "slug"))


def replies_to_review(review: str) -> list[tuple[int, int]]:
    """The replies that have links in this state, as (number, number of links)."""
    counts = Counter()
    for kind, (model, _) in KINDS.items():
        section = f"{PARAGRAPH[kind]}__section"
        rows = model.objects.filter(review=review, **{f"{section}__kind": Section.Kind.REPLY}).order_by()
        for number, count in rows.values_list(f"{section}__number").annotate(count=Count("pk")):
            counts[number] += count
    return sorted(counts.items())


def last_decision(link: Link) -> FormerRow | None:
    """The row of history of the last decision on the link, with its change and user; None without one."""
    rows = type(link).history.filter(id=link.pk, change__kind=Change.Kind.REVIEW).exclude(review=Review.UNREVIEWED)
    return rows.select_related("change__user").order_by("-history_id").first()
