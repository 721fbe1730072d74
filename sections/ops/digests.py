"""What a database holds, table by table, in a form that can be compared: the number of rows and a digest of them."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

Digests = dict[str, dict[str, Any]]  # table → {"rows": number, "sha256": digest of the rows, whatever their order}


def digest_rows(rows: Iterable[tuple]) -> dict[str, Any]:
    """Number and digest of rows: the sum of the digests of each, so that their order does not matter."""
    count, total = 0, 0
    for row in rows:
        values = tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
        total += int.from_bytes(sha256(repr(values).encode()).digest())
        count += 1
    return {"rows": count, "sha256": f"{total % 2**256:064x}"}
