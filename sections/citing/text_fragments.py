"""Addresses of words within a page, as browsers understand them; others go to the page itself."""

from urllib.parse import quote

BEFORE, AFTER = 3, 3


def words_address(path: str, text: str, start: int, end: int) -> str:
    """The path with a text fragment for the words from `start` to `end` of the text, told apart by those around."""
    before = " ".join(text[:start].rsplit("\n", 1)[-1].split(" ")[-BEFORE - 1 :]).strip()
    after = " ".join(text[end:].split("\n", 1)[0].split(" ")[: AFTER + 1]).strip()
    parts = [f"{_quoted(before)}-,"] if before else []
    parts.append(_quoted(text[start:end]))
    if after:
        parts.append(f",-{_quoted(after)}")
    return f"{path}#:~:text={''.join(parts)}"


def _quoted(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")
