"""The outline: each heading's depth, parent, key, and the part of the report and of the Convention it stands under."""

import re
import unicodedata

from sections.text.whole_numbers import whole_number

from .drafts import Heading
from .lists import roman_number
from .records import ImportFault, SectionRecord

PART, ROMAN, LETTER, NUMBER, GROUP, REPLY = range(6)


class Outline:
    """Takes the headings one after the other; `place()` gives the record of each."""

    def __init__(self) -> None:
        self.open: list[tuple[int, SectionRecord]] = []  # rank and section, each within the one before it
        self.keys: set[str] = set()
        self.replies: dict[int, int | None] = {}

    def place(self, heading: Heading, position: int, before_heading: bool) -> SectionRecord:
        """The section that the next heading opens; raises ImportFault for a second reply to the same paragraph.

        `before_heading` says that another heading follows at once: one without a label then stands above it.
        """
        if heading.kind == "reply":
            self._once(heading)
        rank = self._rank(heading, before_heading)
        while self.open and self.open[-1][0] >= rank:
            self.open.pop()
        parent = self.open[-1][1] if self.open else None
        values = vars(heading) | {
            "key": self._key(heading, parent),
            "position": position,
            "level": parent.level + 1 if parent else 1,
            "parent": parent and parent.key,
            "part": heading.part or (parent and parent.part),
            "convention_part": heading.convention_part or (parent and parent.convention_part),
            "evidence": f"Recovered: {'; '.join(heading.evidence)}." if heading.evidence else "",
        }
        self.open.append((rank, SectionRecord(**values)))
        return self.open[-1][1]

    def _rank(self, heading, before_heading):
        if heading.kind == "part":
            return PART
        if heading.kind == "reply":
            return REPLY
        label = heading.label.rstrip(".")
        if not label:
            return GROUP if before_heading else REPLY
        if label.isdecimal():
            return NUMBER
        return ROMAN if self._is_roman(label) else LETTER

    def _is_roman(self, label):
        if not set(label) <= set("IVXLC"):
            return False
        labels = (section.label for rank, section in reversed(self.open) if rank in (ROMAN, LETTER))
        above = next(labels, "")
        if len(label) > 1 or label == "I":
            return above != {"I": "H.", "V": "U.", "X": "W."}.get(label)
        return label in "VX" and any(rank == ROMAN for rank, _ in self.open)

    def _once(self, heading):
        for number in range(heading.number, min(heading.last_number or heading.number, heading.number + 1000) + 1):
            if number in self.replies:
                first = self.replies[number]
                raise ImportFault(
                    heading.source_line,
                    f"duplicate reply to paragraph {number}"
                    + (f"; the first is on line {first}" if first else "")
                    + ". Give each reply the number of its paragraph in the list of issues.",
                )
            self.replies[number] = heading.source_line

    def _key(self, heading, parent):
        if heading.kind == "reply":
            return f"reply-{heading.number}"
        if heading.kind == "part":
            number = whole_number(heading.part)
            return self._unique(f"part-{roman_number(heading.part) if number is None else number}")
        own = heading.label.rstrip(".").lower() or _slug(heading.title)
        return self._unique(f"{parent.key}/{own}" if parent and not parent.key.startswith("reply") else own)

    def _unique(self, key):
        key = key[:70]
        unique, count = key, 1
        while unique in self.keys:
            count += 1
            unique = f"{key}-{count}"
        self.keys.add(unique)
        return unique


def _slug(title):
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "heading"
