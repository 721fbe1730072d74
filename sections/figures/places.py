"""Finds places in a text by a gazetteer; the longest name wins."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SPACE = "[ \u00a0]"


@dataclass(frozen=True, slots=True)
class Placed:
    """A span that names a place, and the place's key in the gazetteer."""

    start: int
    end: int
    surface: str
    place: str


class Gazetteer:
    """Names of places, ready to be looked for; a name that two places claim is found for neither."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        claims = defaultdict(set)
        for place, forms in names.items():
            for form in forms:
                claims[form].add(place)
        self.places = {form: claimed.pop() for form, claimed in claims.items() if len(claimed) == 1}
        longest_first = sorted(self.places, key=lambda form: (-len(form), form))
        forms = "|".join(SPACE.join(map(re.escape, form.split())) for form in longest_first)
        self.pattern = re.compile(rf"(?<!\w)(?:{forms})(?!\w)") if forms else None

    def find(self, text: str) -> list[Placed]:
        """The places that the text names, in order."""
        if self.pattern is None:
            return []
        matches = self.pattern.finditer(text)
        return [Placed(*match.span(), match.group(), self.places[" ".join(match.group().split())]) for match in matches]
