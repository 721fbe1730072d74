"""Paragraphs as plain text, with their notes, their citation and their address."""

from collections.abc import Iterable

from sections.queries.paragraphs import BlockRow, Content

from .cited import ReportPlace
from .styles import STYLES


def paragraphs_as_text(contents: Iterable[Content], cited: ReportPlace) -> str:
    """The paragraphs in order in lines of plain text, each with its notes; then what they are cited as, and where."""
    lines = [line for content in contents for line in (*_paragraph(content), "")]
    return "\n".join([*lines, STYLES["un"].text(cited), cited.address, ""])


def _paragraph(content: Content) -> list[str]:
    body = [_line(block) for block in content.blocks if block.kind != "footnote"]
    notes = [f"Note {block.label}: {block.text}" for block in content.blocks if block.kind == "footnote"]
    first, *rest = body or [""]
    lines = [f"{content.number}. {first}".rstrip(), *rest]
    return [*lines, "", *notes] if notes else lines


def _line(block: BlockRow) -> str:
    indent = "    " * max(block.level, 0)
    return f"{indent}{block.label} {block.text}" if block.label else f"{indent}{block.text}"
