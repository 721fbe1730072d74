"""The headings and abbreviations that the walk through the lines finds, before the outline is put together."""

from dataclasses import dataclass, field

from .patterns import ABBREVIATIONS, CONVENTION_PART, PART, REPLY


@dataclass
class Heading:
    """A heading of the text, or one recovered; kind is "part", "heading", "reply" or "abbreviations"."""

    kind: str
    title: str
    label: str = ""
    number: int | None = None
    last_number: int | None = None
    part: str | None = None
    convention_part: str | None = None
    bookmark: str = ""
    source_line: int | None = None
    source_text: str = ""
    recovered: bool = False
    evidence: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Label and title, as a warning names the heading."""
        return f"{self.label} {self.title}".strip()


@dataclass
class Abbreviation:
    """A line of the list of abbreviations."""

    acronym: str
    name: str
    source_line: int
    source_text: str = ""


def heading_of(title: str, label: str = "", **more) -> Heading:
    """A heading, with the kind and the numbers that its words give."""
    title = title.strip(" \t")
    convention = CONVENTION_PART.search(title)
    heading = Heading("heading", title, label, convention_part=convention and convention.group(1).upper(), **more)
    if label:
        return heading
    if reply := REPLY.match(title):
        heading.kind = "reply"
        heading.number = int(reply.group(1))
        last = int(reply.group(2) or 0)
        heading.last_number = last if last > heading.number else None
    elif part := PART.fullmatch(title):
        heading.kind, heading.part = "part", part.group(1).upper()
    elif ABBREVIATIONS.fullmatch(title):
        heading.kind = "abbreviations"
    return heading
