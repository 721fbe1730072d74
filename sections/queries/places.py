"""The places that a report names."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from sections.models import Place, PlaceMention, Report, Review
from sections.text.fold import fold


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place, the numbers of the paragraphs that name it, and the named places within it except entities."""

    place: Place
    paragraphs: list[int]
    within: list["NamedPlace"]

    @property
    def all_paragraphs(self) -> list[int]:
        """The paragraphs that name the place or one within it."""
        return sorted({*self.paragraphs, *(number for inner in self.within for number in inner.all_paragraphs)})


@dataclass(frozen=True, slots=True)
class Places:
    """The places that a report names, by name, and how many (`named`); entities are listed even if it does not.

    Of the words that name them, `mentions` is the number and `confirmed` that of those that an editor confirmed.
    """

    entities: list[NamedPlace]
    countries: list[NamedPlace]
    regions: list[NamedPlace]
    named: int
    mentions: int
    confirmed: int


def named_places(report: Report) -> Places:
    """The places that the report names; two queries."""
    numbers, by_kind, within = defaultdict(set), defaultdict(list), defaultdict(list)
    mentions = PlaceMention.objects.shown().of(report).order_by()
    reviews: Counter[str] = Counter()
    for place, number, review in mentions.values_list("place", "block__paragraph__number", "review"):
        numbers[place].add(number)
        reviews[review] += 1
    for place in sorted(Place.objects.order_by("slug"), key=lambda place: fold(place.translated("name"))):
        by_kind[place.kind].append(place)
        if place.kind != Place.Kind.ENTITY:
            within[place.within_id].append(place)

    def row(place, around=()):
        around = (*around, place.pk)  # places that lie within each other are listed once
        inner = [each for each in within[place.pk] if each.pk not in around]
        return NamedPlace(place, sorted(numbers.get(place.pk, ())), named(inner, around))

    def named(places, around=()):
        return [found for place in places if (found := row(place, around)).all_paragraphs]

    entities = [row(place) for place in by_kind[Place.Kind.ENTITY]]
    countries, regions = named(by_kind[Place.Kind.COUNTRY]), named(by_kind[Place.Kind.REGION])
    return Places(entities, countries, regions, len(numbers), reviews.total(), reviews[Review.CONFIRMED])
