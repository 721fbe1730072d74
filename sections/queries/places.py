"""The places that a report names."""

from collections.abc import Iterable
from dataclasses import dataclass

from sections.models import Place, PlaceMention, Report


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place, the numbers of the paragraphs that name it, and the named places within it except entities."""

    place: Place
    paragraphs: tuple[int, ...]
    within: tuple["NamedPlace", ...]

    @property
    def all_paragraphs(self) -> tuple[int, ...]:
        """The paragraphs that name the place or one within it."""
        inner = {number for place in self.within for number in place.all_paragraphs}
        return tuple(sorted(inner.union(self.paragraphs)))


@dataclass(frozen=True, slots=True)
class Places:
    """The places that a report names, by name, and how many (`named`); entities are listed even if it does not."""

    entities: tuple[NamedPlace, ...]
    countries: tuple[NamedPlace, ...]
    regions: tuple[NamedPlace, ...]
    named: int


def named_places(report: Report) -> Places:
    """The places that the report names; two queries."""
    numbers: dict[int, set[int]] = {}
    mentions = PlaceMention.objects.shown().of(report).order_by()
    for place, number in mentions.values_list("place", "block__paragraph__number"):
        numbers.setdefault(place, set()).add(number)
    all_places = list(Place.objects.order_by("name", "slug"))
    within: dict[int | None, list[Place]] = {}
    for place in all_places:
        within.setdefault(place.within_id, []).append(place)

    def named(place):
        inner = [named(other) for other in within.get(place.pk, ()) if other.kind != Place.Kind.ENTITY]
        return NamedPlace(place, tuple(sorted(numbers.get(place.pk, ()))), _with_paragraphs(inner))

    def of(kind):
        return tuple(named(place) for place in all_places if place.kind == kind)

    countries, regions = _with_paragraphs(of(Place.Kind.COUNTRY)), _with_paragraphs(of(Place.Kind.REGION))
    return Places(of(Place.Kind.ENTITY), countries, regions, len(numbers))


def _with_paragraphs(rows: Iterable[NamedPlace]) -> tuple[NamedPlace, ...]:
    return tuple(row for row in rows if row.all_paragraphs)
