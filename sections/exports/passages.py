"""A paragraph as it leaves the site with its citation: in a list of hits, of an article's paragraphs, in a basket."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sections.models import Block, Paragraph


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with its place, its citation as a sentence, and its whole address.

    `heading` names report and paragraph, `place` the section. `records` are its records for reference managers, by the
    ending of their files. A `note` is the reader's own.
    """

    paragraph: Paragraph
    heading: str
    place: str
    citation: str
    url: str
    note: str = ""
    records: Mapping[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> list[Block]:
        """The text in order, without footnotes."""
        return [block for block in self.paragraph.blocks.all() if block.kind != Block.Kind.FOOTNOTE]

    @property
    def footnotes(self) -> list[Block]:
        """The footnotes in order."""
        return [block for block in self.paragraph.blocks.all() if block.kind == Block.Kind.FOOTNOTE]

    @property
    def text(self) -> str:
        """All words of the text, one line for each of its pieces."""
        return "\n".join(f"{block.label} {block.text}".strip() for block in self.blocks)

    @property
    def notes(self) -> str:
        """All words of the footnotes, one line for each."""
        return "\n".join(f"{block.label}. {block.text}" for block in self.footnotes)


def table_of(block: Block) -> Sequence[Sequence[str]]:
    """The lines of cells of a block that is a table, its header first, each as long as the longest."""
    table = getattr(block, "table", None)
    lines = [line for line in (table.header, *table.rows) if line] if table else []
    width = max(map(len, lines), default=0)
    return [[*line, *[""] * (width - len(line))] for line in lines]
