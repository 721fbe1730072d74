"""A place, and the paragraphs that name it."""

from collections.abc import Iterable, Iterator

from sections.queries.places import NamedPlace


def place_rows(places: Iterable[NamedPlace], within: str = "") -> Iterator[dict[str, str]]:
    """A row for each place that a paragraph names, each followed by the places within it."""
    for named in places:
        if named.paragraphs:
            yield {
                "place": named.place.name,
                "kind": named.place.kind,
                "within": within,
                "code": named.place.code,
                "paragraphs": " ".join(map(str, named.paragraphs)),
            }
        yield from place_rows(named.within, named.place.name)
