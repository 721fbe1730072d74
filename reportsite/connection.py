"""One client's connection: what has arrived of its next request, and what it has yet to take of a response.

Nothing here waits for the client. The server's loop reads and sends when the client is ready; a thread that works on a
request leaves what the client does not take at once to the loop.
"""

import re
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress

from sections.text.whole_numbers import whole_number

MOST_HEAD = 64 << 10  # bytes of a request line with its headers
IN_MEMORY = 256 << 10  # bytes of a body or a response that wait for a client in memory; more waits in a file
PIECE = 64 << 10
PATIENCE = 20  # seconds for a request to arrive or a response to be taken, and more for a long one:
SLOWEST = 2000  # bytes in each further second
KEPT_OPEN = 15  # seconds until the next request
END_OF_HEAD = b"\r\n\r\n"
CONTENT_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([^\r\n]*)(?=\r\n)", re.IGNORECASE)
WITHOUT_LENGTH = re.compile(rb"\r\ntransfer-encoding[ \t]*:", re.IGNORECASE)
WAITS_FOR_CONSENT = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*\r\n", re.IGNORECASE)


class Connection:
    """A connection whose requests are read without waiting; gunicorn's `Response` writes to it as to a socket."""

    def __init__(self, sock: socket.socket, peer: tuple | str, most_body: int) -> None:
        sock.setblocking(False)
        if sock.family != socket.AF_UNIX:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock, self.peer, self.server = sock, peer, sock.getsockname()
        self.most_body = most_body
        self.is_ending = False  # everything is sent, and the client's end is awaited
        self._arrived = bytearray()
        self._searched = 0
        self._written: list[bytes] = []
        self._written_size = 0
        self._await_request()

    def fileno(self) -> int:
        """The number by which a selector knows the socket."""
        return self.sock.fileno()

    # What arrives

    def _await_request(self):
        self.head_size = self.body_size = self._body_arrived = self._searched = 0
        self.must_close = False  # where the next request begins on this connection cannot be known
        self._body = None
        self._unsent, self._rest, self.unsent_size = None, b"", 0
        self.has_sent = False  # anything of the response
        self.is_held = False  # the response is complete, and the loop sends it later
        self._began, self._moved = time.monotonic(), 0

    def receive(self) -> bool:
        """Reads what has arrived; False when the client has gone."""
        try:
            data = self.sock.recv(PIECE)
        except (BlockingIOError, InterruptedError):
            return True
        except OSError:
            return False
        if self.is_ending or not data:
            return bool(data)
        if not (self._arrived or self.head_size):
            self._began = time.monotonic()
        self._take(data)
        return True

    def _take(self, data):
        if self._body is None:
            self._arrived += data
        else:
            wanted = self.body_size - self._body_arrived
            self._body.write(data[:wanted])
            self._body_arrived += len(data[:wanted])
            self._arrived += data[wanted:]
            self._moved += len(data)

    def has_request(self) -> bool:
        """Whether a whole request has arrived, or one that must be refused whatever follows."""
        if not self.head_size and not self._find_head():
            return len(self._arrived) > MOST_HEAD
        if self._body is not None:
            return self._body_arrived == self.body_size
        return self.must_close or len(self._arrived) >= self.head_size + self.body_size

    def _find_head(self):
        end = self._arrived.find(END_OF_HEAD, max(self._searched - len(END_OF_HEAD), 0))
        self._searched = len(self._arrived)
        if end < 0:
            return False
        self.head_size = end + len(END_OF_HEAD)
        self._began = time.monotonic()
        head = bytes(self._arrived[: self.head_size])
        lengths = CONTENT_LENGTH.findall(head)
        size = whole_number(lengths[0].decode("latin-1"), self.most_body) if len(lengths) == 1 else None
        # A body that is too large, or of no stated length, is never read: the answer ends the connection.
        self.must_close = bool(lengths and size is None) or WITHOUT_LENGTH.search(head) is not None
        self.body_size = 0 if self.must_close else size or 0
        if len(self._arrived) < self.head_size + self.body_size:
            if self.body_size > IN_MEMORY:
                self._spool_body()
            if WAITS_FOR_CONSENT.search(head):
                self._send(b"HTTP/1.1 100 Continue\r\n\r\n")
        return True

    def _spool_body(self):
        self._body = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  (next_request and close close it)
        arrived = bytes(self._arrived[self.head_size :])
        del self._arrived[self.head_size :]
        self._take(arrived)

    def request_parts(self) -> Iterator[bytes]:
        """The bytes of the request that has arrived, for gunicorn's parser."""
        size = self.head_size + (self.body_size if self._body is None else 0) or len(self._arrived)
        first = bytes(self._arrived[:size])
        del self._arrived[:size]
        yield first
        if self._body is not None:
            self._body.seek(0)
            while piece := self._body.read(PIECE):
                yield piece

    # What is sent

    def sendall(self, data: bytes) -> None:
        """Takes a part of the response; small parts leave together."""
        self._written.append(data)
        self._written_size += len(data)
        if self._written_size >= PIECE:
            self.flush()

    def send(self, data: bytes) -> int:
        """Drops gunicorn's late consent to a body, which the client had when the head arrived."""
        return len(data)

    def gettimeout(self) -> float:
        """Says to gunicorn that this socket never waits."""
        return 0.0

    def take_back(self) -> bool:
        """Forgets a response of which nothing has been sent; False where something has."""
        self._written, self._written_size = [], 0
        return not self.has_sent

    def flush(self) -> None:
        """Sends what the client takes at once, and keeps the rest for the loop."""
        data = b"".join(self._written)
        self._written, self._written_size = [], 0
        self.has_sent = True
        sent = 0 if self._unsent else self._send(data)
        if sent < len(data):
            if self._unsent is None:
                self._unsent = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
            self._unsent.write(data[sent:])
            self.unsent_size += len(data) - sent

    def begin_rest(self) -> None:
        """Called once the response is complete: what is unsent is now sent from its beginning."""
        self._unsent.seek(0)
        self._began, self._moved = time.monotonic(), 0

    def send_rest(self) -> bool:
        """Sends more of what is unsent; False when the client has gone."""
        self._rest = self._rest or self._unsent.read(PIECE)
        try:
            sent = self._send(self._rest)
        except OSError:
            return False
        self._rest = self._rest[sent:]
        self.unsent_size -= sent
        self._moved += sent
        return True

    def _send(self, data):
        try:
            return self.sock.send(data)
        except (BlockingIOError, InterruptedError):
            return 0

    # How it ends

    def next_request(self) -> None:
        """Forgets the request that was answered; what has arrived after it stays."""
        self._drop_files()
        self._await_request()

    def end(self) -> None:
        """Tells the client that all is sent; only then does it not lose the response to bytes that nobody reads."""
        self.is_ending = True
        self._began, self._moved = time.monotonic(), 0
        self._arrived.clear()
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Closes the socket and drops what was kept for it."""
        self._drop_files()
        self.sock.close()

    def _drop_files(self):
        for file in (self._body, self._unsent):
            if file is not None:
                file.close()

    def is_idle(self) -> bool:
        """Whether nothing of a request has arrived since the last response."""
        return not (self._arrived or self.head_size or self.unsent_size or self.is_ending)

    def deadline(self) -> float:
        """When the loop gives up on the client, on the monotonic clock."""
        if self.is_idle():
            return self._began + KEPT_OPEN
        return self._began + PATIENCE + self._moved / SLOWEST
