"""Paragraphs with their citations as plain text and as Markdown."""

import re

from django.utils.translation import gettext

from sections.models import Block

from .listing import Listing, printable
from .passages import Passage, table_of

INDENT = "    "
# What Markdown could read as a mark, a link, an address or HTML; and what begins a line of its own kind.
MARKS = re.compile(r"([\\`*_{}\[\]<>&|~$^:@])")
LINE_START = re.compile(r"^(\d*)([#+\-=.)])")  # a heading, a rule, or an item of a list


def write_text(listing: Listing) -> str:
    """Each paragraph with its notes, the reader's note, its citation and its address, an empty line between them."""
    parts = [listing.title, *(_as_text(passage) for passage in listing.passages)]
    return printable("\n\n\n".join(parts)) + "\n"


def _as_text(passage: Passage) -> str:
    first, *rest = [_line(block) for block in passage.blocks] or [""]
    lines = [f"{passage.paragraph.number}. {first}".rstrip(), *rest]
    lines += [f"{gettext('Note %(number)s') % {'number': block.label}}: {block.text}" for block in passage.footnotes]
    if passage.note:
        lines += ["", gettext("My note:") + f" {passage.note}"]
    return "\n".join([*lines, "", passage.citation, passage.url])


def _line(block: Block) -> str:
    return INDENT * max(block.level, 0) + f"{block.label} {block.text}".strip()


def write_markdown(listing: Listing) -> str:
    """The same as Markdown: a heading for each paragraph, its words as a quotation, the reader's note as plain text.

    Nothing that stands in a text or a note is read as a mark, a link or HTML.
    """
    parts = [f"# {in_markdown(listing.title)}", *(_as_markdown(passage) for passage in listing.passages)]
    return printable("\n\n".join(parts)) + "\n"


def in_markdown(text: str) -> str:
    """The text so that Markdown prints it as it is, as one paragraph."""
    return LINE_START.sub(r"\1\\\2", MARKS.sub(r"\\\1", " ".join(printable(text).split())))


def _as_markdown(passage: Passage) -> str:
    lines = [f"## {in_markdown(passage.heading)}"]
    if passage.place:
        lines.append(in_markdown(passage.place))
    quoted = [piece for block in passage.blocks for piece in _quoted(block)]
    if quoted:
        quoted[0] = f"{passage.paragraph.number}\\. {quoted[0]}"
    quoted += [f"\\[{in_markdown(block.label)}\\] {in_markdown(block.text)}" for block in passage.footnotes]
    lines.append("\n>\n".join("\n".join(f"> {line}" for line in piece.split("\n")) for piece in quoted))
    if passage.note:
        label = in_markdown(gettext("My note:"))
        lines.append(f"**{label}** {in_markdown(passage.note)}")
    lines.append(f"{in_markdown(passage.citation)} <{passage.url}>")
    return "\n\n".join(lines)


def _quoted(block: Block) -> list[str]:
    """The pieces of a block; a table keeps its columns."""
    lines = table_of(block)
    if not lines:
        return [in_markdown(f"{block.label} {block.text}".strip())]
    head, *rows = [[in_markdown(cell) for cell in line] for line in lines]
    table = [head, ["---"] * len(head), *rows]
    titles = [in_markdown(words) for words in (block.table.title, block.table.unit) if words]
    source = [in_markdown(block.table.source)] if block.table.source else []
    return [*titles, "\n".join("| " + " | ".join(line) + " |" for line in table), *source]
