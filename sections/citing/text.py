"""A paragraph as plain text, to be pasted anywhere."""


def paragraph_as_text(paragraph, citation: str, address: str) -> str:
    """The paragraph's number and words, its notes, its citation and its address, in lines of plain text."""
    blocks = list(paragraph.blocks.all())
    body = [_line(block) for block in blocks if block.kind != "footnote"]
    notes = [f"Note {block.label}: {block.text}" for block in blocks if block.kind == "footnote"]
    first, *rest = body or [""]
    lines = [f"{paragraph.number}. {first}".rstrip(), *rest]
    ends = ["", *notes] if notes else []
    return "\n".join([*lines, *ends, "", f"{citation}.", address, ""])


def _line(block):
    indent = "    " * max(block.level, 0)
    return f"{indent}{block.label} {block.text}" if block.label else f"{indent}{block.text}"
