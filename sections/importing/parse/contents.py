"""The published table of contents of a report, kept beside its source as JSON, and how the text agrees with it."""

import json
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field

from .drafts import Heading, heading_of
from .patterns import ABBREVIATIONS
from .records import ImportFault


@dataclass(frozen=True)
class Contents:
    """Headings in the published order, and the facts of the document by the names of the report's fields."""

    headings: tuple[Heading, ...]
    facts: dict = field(default_factory=dict)

    @property
    def labelled(self) -> frozenset[tuple[str, str]]:
        """Label and folded title of the headings that have a label."""
        return frozenset((heading.label, heading.title.casefold()) for heading in self.headings if heading.label)


def read_contents(text: str) -> Contents:
    """The contents in a JSON text; raises ImportFault when it has another form."""
    try:
        data = json.loads(text)
        headings = tuple(heading_of(str(entry["title"]), str(entry.get("label", ""))) for entry in data["contents"])
        facts = dict(data.get("facts", {}))
    except json.JSONDecodeError as error:
        raise ImportFault(error.lineno, f"the contents file is not JSON: {error.msg}. Correct it there.") from error
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ImportFault(
            None,
            f"the contents file is incomplete ({error}). It has “facts” and “contents”: a list of "
            '{"label": "A.", "title": "General information"} and {"title": "Reply to paragraph 1"}.',
        ) from error
    return Contents(headings, facts)


def _identity(heading):
    """What tells whether a heading of the text and one of the contents are the same."""
    if heading.kind == "reply":
        return "reply", heading.number
    if heading.kind == "part":
        return "part", heading.part
    if ABBREVIATIONS.fullmatch(heading.title):
        return ("abbreviations",)
    return "heading", heading.label, " ".join(heading.title.replace("’", "'").casefold().split())


def matched(headings: list[Heading], contents: Contents) -> list[int | None]:
    """For each surviving heading in order, its place in the contents, or None."""
    places = defaultdict(list)
    for place, heading in enumerate(contents.headings):
        places[_identity(heading)].append(place)
    places_in_contents, after = [], 0
    for heading in headings:
        candidates = places[_identity(heading)]
        at = bisect_left(candidates, after)
        place = candidates[at] if at < len(candidates) else None
        places_in_contents.append(place)
        after = after if place is None else place + 1
    return places_in_contents
