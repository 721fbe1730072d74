"""A client that counts: as many answers as a server on this machine gives over a few connections in a few seconds."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

HOST = "127.0.0.1"
END = b"\r\n\r\n"


@dataclass
class Load:
    """What came of a burst of requests: answers by status, their bytes, and the seconds that they took."""

    statuses: Counter = field(default_factory=Counter)
    size: int = 0
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return sum(self.statuses.values()) / self.seconds if self.seconds else 0.0


def load(port: int, targets: Iterable[str], seconds: float, connections: int = 8) -> Load:
    """Asks for the targets in turn until the time is over or no target is left; connections are kept open."""
    return asyncio.run(_load(port, iter(targets), seconds, connections))


async def _load(port, targets, seconds, connections):
    made, start = Load(), time.perf_counter()
    workers = [_ask(port, targets, start + seconds, made) for _ in range(connections)]
    await asyncio.gather(*workers)
    made.seconds = time.perf_counter() - start
    return made


async def _ask(port, targets: Iterator[str], end, made: Load):
    reader = writer = None
    for target in targets:
        if writer is None:
            reader, writer = await asyncio.open_connection(HOST, port, limit=1 << 22)
        writer.write(f"GET {target} HTTP/1.1\r\nHost: {HOST}:{port}\r\nAccept: text/html,*/*;q=0.8\r\n\r\n".encode())
        status, size, stays = await asyncio.wait_for(_answer(reader), 30)
        made.statuses[status] += 1
        made.size += size
        if not stays:
            writer.close()
            writer = None
        if time.perf_counter() >= end:
            break
    if writer is not None:
        writer.close()


async def _answer(reader) -> tuple[int, int, bool]:
    """Status, bytes of the body, and whether the connection stays open."""
    head = (await reader.readuntil(END)).lower()
    status = int(head[9:12])
    length = _header(head, b"content-length")
    if length is not None:
        size = int(length)
        await reader.readexactly(size)
    elif _header(head, b"transfer-encoding") == b"chunked":
        size = await _chunks(reader)
    else:
        return status, len(await reader.read()), False
    return status, size, _header(head, b"connection") != b"close"


async def _chunks(reader) -> int:
    total = 0
    while True:
        size = int((await reader.readuntil(b"\r\n")).split(b";")[0], 16)
        await reader.readexactly(size + 2)
        if not size:
            return total
        total += size


def _header(head, name):
    at = head.find(b"\r\n" + name + b":")
    if at < 0:
        return None
    start = at + len(name) + 3
    return head[start : head.index(b"\r\n", start)].strip()
