"""Questions of the review desk: what waits for a person's word, what comes next, how far the work is."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from sections.models import ArticleLink, Entry, Mention, Review, Section

MENTION_PLACE = ("block__paragraph__report_id", "block__paragraph__number", "block__position", "start")
ARTICLE_PLACE = ("paragraph__report_id", "paragraph__number", "article__number")
KINDS = {"m": (Mention, MENTION_PLACE), "a": (ArticleLink, ARTICLE_PLACE)}
RELATED = {
    "m": ("block__paragraph__report", "block__paragraph__section", "entry"),
    "a": ("paragraph__report", "paragraph__section", "article__part"),
}


@dataclass(frozen=True)
class Wanted:
    """Which links to go through: of which kind, entry, reply and basis, and in which state of review."""

    kind: str = ""  # "m" mentions, "a" article links, "" both
    entry: int | None = None
    reply: int | None = None
    basis: str = ""
    review: str = Review.UNREVIEWED

    def rows(self, kind: str) -> QuerySet:
        """The wanted links of one kind, in the order of reading."""
        model, place = KINDS[kind]
        if self.kind not in {"", kind} or (kind == "a" and self.entry):
            return model.objects.none()
        rows = model.objects.filter(review=self.review).order_by(*place)
        if self.entry:
            rows = rows.filter(entry=self.entry)
        if self.basis:
            rows = rows.filter(basis=self.basis)
        if self.reply:
            paragraph = "block__paragraph" if kind == "m" else "paragraph"
            rows = rows.filter(_answers(f"{paragraph}__section__", self.reply))
        return rows


def _answers(prefix, number):
    """Paragraphs of the reply to that paragraph of the list of issues."""
    single = Q(**{f"{prefix}number": number})
    several = Q(**{f"{prefix}number__lte": number, f"{prefix}last_number__gte": number})
    return Q(**{f"{prefix}kind": Section.Kind.REPLY}) & (single | several)


def load(key: str) -> Mention | ArticleLink | None:
    """The link of a key such as m12 or a3, with what it takes to show it."""
    kind, number = key[:1], key[1:]
    if kind not in KINDS or not number.isdecimal() or not number.isascii() or len(number) > 15:
        return None
    return KINDS[kind][0].objects.select_related(*RELATED[kind]).filter(pk=int(number)).first()


def key_of(link: Mention | ArticleLink) -> str:
    """The key of a link: m and its number, or a and its number."""
    return f"{'m' if isinstance(link, Mention) else 'a'}{link.pk}"


def step(wanted: Wanted, link: Mention | ArticleLink | None, back: bool = False) -> Mention | ArticleLink | None:
    """The next of the wanted links after one, or the one before it; the first where none is given. None at the end."""
    order = ["a", "m"] if back else ["m", "a"]
    if link is None:
        return _first(wanted, order)
    kind = key_of(link)[:1]
    place = KINDS[kind][1]
    values = KINDS[kind][0].objects.filter(pk=link.pk).values_list(*place).first()
    rows = wanted.rows(kind)
    if values is not None:
        rows = rows.filter(_beyond(place, values, "lt" if back else "gt"))
    found = (rows.reverse() if back else rows).select_related(*RELATED[kind]).first()
    return found or _first(wanted, order[order.index(kind) + 1 :], back)


def _first(wanted, kinds, back=False):
    for kind in kinds:
        rows = wanted.rows(kind).select_related(*RELATED[kind])
        found = (rows.reverse() if back else rows).first()
        if found:
            return found
    return None


def _beyond(place, values, way):
    """Rows whose place comes after (gt) or before (lt) these values, compared field by field."""
    found = Q()
    for at, name in enumerate(place):
        same = dict(zip(place[:at], values[:at], strict=True))
        found |= Q(**same, **{f"{name}__{way}": values[at]})
    return found


def same_name(mention: Mention) -> list[Mention]:
    """All unreviewed mentions of the same words, on the same basis, linked to the same entry; in order."""
    rows = Mention.objects.filter(entry=mention.entry_id, surface=mention.surface, basis=mention.basis)
    rows = rows.filter(review=Review.UNREVIEWED).select_related("block__paragraph__report")
    return list(rows.order_by(*MENTION_PLACE))


def progress() -> dict[str, tuple[int, int]]:
    """How many are reviewed, and how many there are: of mentions ("m"), of article links ("a")."""
    found = {}
    for kind, (model, _) in KINDS.items():
        counts = model.objects.aggregate(total=Count("pk"), open=Count("pk", filter=Q(review=Review.UNREVIEWED)))
        found[kind] = (counts["total"] - counts["open"], counts["total"])
    return found


def remaining(wanted: Wanted) -> int:
    """How many of the wanted links there are."""
    return sum(wanted.rows(kind).count() for kind in KINDS)


def entries_to_review(review: str) -> list[Entry]:
    """The entries that have mentions in that state, by name, with their number as `open`."""
    open_ = Count("mentions", filter=Q(mentions__review=review))
    return list(Entry.objects.annotate(open=open_).filter(open__gt=0).order_by("name", "slug"))


def replies_to_review(review: str) -> list[tuple[int, int]]:
    """The replies that have links in that state, as (number, number of links)."""
    counts: dict[int, int] = {}
    for kind, path in (("m", "block__paragraph__section"), ("a", "paragraph__section")):
        rows = KINDS[kind][0].objects.filter(review=review, **{f"{path}__kind": Section.Kind.REPLY})
        for number, count in rows.order_by().values_list(f"{path}__number").annotate(count=Count("pk")):
            counts[number] = counts.get(number, 0) + count
    return sorted(counts.items())
