"""Answers that are ready and leave later, while no thread waits: a client that asks too much would only ask again."""

import time
from collections import deque
from collections.abc import Iterator
from typing import Any

SECONDS = 1.0
MOST = 0.5  # of the connections of a process


class DelayedAnswers:
    """The connections whose answers are held, the one that waits longest first."""

    def __init__(self, most_connections: int) -> None:
        self._most = int(MOST * most_connections)
        self._waiting: deque[tuple[float, Any]] = deque()

    @staticmethod
    def wants(status: str, headers: list[tuple[str, str]]) -> bool:
        """Whether to hold an answer: 429, and a redirect with Retry-After, which is milder."""
        return status.startswith("429 ") or (
            status.startswith("302 ") and any(name.lower() == "retry-after" for name, _ in headers)
        )

    def take(self, connection: Any) -> bool:
        """Holds the answer of the connection from now on; False where too many are held already."""
        if len(self._waiting) >= self._most:
            return False
        self._waiting.append((time.monotonic() + SECONDS, connection))
        return True

    def until_next(self) -> float:
        """The seconds until the next answer leaves; a second where none is held."""
        return max(self._waiting[0][0] - time.monotonic(), 0.0) if self._waiting else 1.0

    def due(self, all_of_them: bool = False) -> Iterator[Any]:
        """The connections whose answers leave now."""
        now = time.monotonic()
        while self._waiting and (all_of_them or self._waiting[0][0] <= now):
            yield self._waiting.popleft()[1]
