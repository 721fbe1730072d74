"""Questions about the places that a report names."""

from dataclasses import dataclass

from sections.models import Place, PlaceMention, Report


@dataclass(frozen=True, slots=True)
class Named:
    """A place, the numbers of the paragraphs that name it, and the named places within it, entities left out."""

    place: Place
    paragraphs: tuple[int, ...]
    within: tuple["Named", ...]

    @property
    def all_paragraphs(self) -> tuple[int, ...]:
        """The paragraphs that name the place or one within it."""
        inner = [number for named in self.within for number in named.all_paragraphs]
        return tuple(sorted({*self.paragraphs, *inner}))


@dataclass(frozen=True, slots=True)
class Places:
    """The places of the gazetteer that a report names, by name; entities are there whether it names them or not."""

    entities: tuple[Named, ...]
    countries: tuple[Named, ...]
    regions: tuple[Named, ...]
    named: int


def places(report: Report) -> Places:
    """The places that the report names; two queries."""
    numbers = {}
    mentions = PlaceMention.objects.shown().of(report).order_by()
    for place, number in mentions.values_list("place", "block__paragraph__number"):
        numbers.setdefault(place, set()).add(number)
    under = {}
    for place in Place.objects.order_by("name", "slug"):
        under.setdefault(place.within_id, []).append(place)

    def named(place):
        inner = [named(other) for other in under.get(place.pk, ()) if other.kind != Place.Kind.ENTITY]
        return Named(place, tuple(sorted(numbers.get(place.pk, ()))), tuple(_held(inner)))

    def of(kind):
        return [named(place) for held in under.values() for place in held if place.kind == kind]

    entities = sorted(of(Place.Kind.ENTITY), key=lambda row: row.place.name)
    countries = sorted(_held(of(Place.Kind.COUNTRY)), key=lambda row: row.place.name)
    regions = sorted(_held(of(Place.Kind.REGION)), key=lambda row: row.place.name)
    return Places(tuple(entities), tuple(countries), tuple(regions), len(numbers))


def _held(rows):
    return [row for row in rows if row.all_paragraphs]
