"""What a database holds, table by table, in a form that can be compared: the number of rows and a digest of them."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

Digests = dict[str, dict[str, Any]]  # table → {"rows": number, "sha256": digest of the rows, whatever their order}

# Columns that a restore sets anew, so that running processes notice it; digests leave them out, and say so.
STAMPED = {"sections_contentversion": {"content", "names"}, "sections_searchsegment": {"seq"}}


def compared_columns(table: str, columns: Iterable[str]) -> list[str]:
    """The columns of a table that its digest takes in."""
    return [column for column in columns if column not in STAMPED.get(table, ())]


def digest_table(table: str, rows: Iterable[tuple]) -> dict[str, Any]:
    """Number and digest of the rows of a table, of its compared columns."""
    without = {"without": sorted(STAMPED[table])} if table in STAMPED else {}
    return digest_rows(rows) | without


def digest_rows(rows: Iterable[tuple]) -> dict[str, Any]:
    """Number and digest of rows: the sum of the digests of each, so that their order does not matter."""
    count, total = 0, 0
    for row in rows:
        values = tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
        total += int.from_bytes(sha256(repr(values).encode()).digest())
        count += 1
    return {"rows": count, "sha256": f"{total % 2**256:064x}"}


def stamps(tables: Iterable[str], beyond: int) -> list[str]:
    """The statements that give a restored database with these tables a content version higher than any before.

    All segments of the search index take that number too: whoever holds some of them reads all anew.
    """
    if not STAMPED.keys() <= set(tables):
        return []  # from before there was such a number
    return [
        f"UPDATE sections_contentversion SET content = CASE WHEN content > {beyond} THEN content ELSE {beyond} END + 1",
        "UPDATE sections_contentversion SET names = content",
        "UPDATE sections_searchsegment SET seq = (SELECT max(content) FROM sections_contentversion)",
    ]
