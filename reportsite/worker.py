"""The gunicorn worker of the site: threads get whole requests and never wait for a client.

The threaded worker of gunicorn itself gives a thread to a connection until its request has arrived and its response has
been taken, so that a few clients who send or read slowly stop the site. Here one loop reads the requests and sends what
remains of the responses of all connections; a thread works only on what has arrived. When there is no room for another
connection, the one that has waited longest for its client goes.
"""

import logging
import os
import resource
import selectors
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import FrameType
from typing import Any

from gunicorn.http import RequestParser, wsgi
from gunicorn.http.errors import (
    LimitRequestHeaders,
    LimitRequestLine,
    NoMoreData,
    ParseException,
    UnsupportedTransferCoding,
)
from gunicorn.workers.base import Worker

from . import generations, request_log
from .connection import Connection

LINGER = 2.0  # seconds in which a worker that stops still answers on connections kept open
LAST_ARRIVALS = 5.0  # and in which requests that have begun may arrive
MOST_BODY = 4 << 20  # where the application states no limit
REFUSALS = (
    (LimitRequestLine, "414 URI Too Long", "The address is too long. Shorten the search or the list of filters.\n"),
    (LimitRequestHeaders, "431 Request Header Fields Too Large", "The headers of the request are too large.\n"),
    (NoMoreData, "431 Request Header Fields Too Large", "The headers of the request are too large.\n"),
    (UnsupportedTransferCoding, "501 Not Implemented", "This transfer coding is not supported.\n"),
    (ParseException, "400 Bad Request", "The request is not valid HTTP.\n"),
)
TOO_SLOW = ("408 Request Timeout", "The request took too long to arrive. Try again.\n")
FAILED = ("500 Internal Server Error", "The site made an error. Try again later.\n")

log = logging.getLogger("reportsite")


class BufferingWorker(Worker):
    """Serves WSGI with threads that work, and one loop that waits."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.connections: set[Connection] = set()
        self._waiting: dict[Connection, None] = {}  # for their clients, the one that began first in front
        self._finished: deque[tuple[Connection, bool]] = deque()
        self._accepting = False
        self._last_look = 0.0

    def init_process(self) -> None:
        """Prepares the process and runs the loop."""
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft != hard:
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        self._threads = ThreadPoolExecutor(self.cfg.threads, "request")
        self._selector = selectors.DefaultSelector()
        self._woken, self._wake_end = os.pipe()
        os.set_blocking(self._woken, False)
        os.set_blocking(self._wake_end, False)
        self._selector.register(self._woken, selectors.EVENT_READ, self._settle)
        super().init_process()

    def load_wsgi(self) -> None:
        """Loads the application; it may state the largest body that it accepts."""
        super().load_wsgi()
        self._most_body = getattr(self.wsgi, "most_body", MOST_BODY)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """SIGTERM: answers what has arrived, then ends."""
        self.alive = False
        self._wake()

    def handle_quit(self, sig: int, frame: FrameType | None) -> None:
        """SIGINT and SIGQUIT: ends at once."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        super().handle_quit(sig, frame)

    def run(self) -> None:
        """Serves until the process is asked to end or has lost its parent."""
        generations.ready(self.age)
        while self.alive and self.ppid == os.getppid():
            self._turn()
        # A reload starts the successors and ends this process at once; until they serve, it does.
        end = time.monotonic() + self.cfg.graceful_timeout
        while generations.is_starting() and self.ppid == os.getppid() and time.monotonic() < end - LAST_ARRIVALS:
            self._turn()
        self._stop(end)

    def _turn(self):
        self.notify()
        self._accept_while(len(self.connections) < self.cfg.worker_connections or bool(self._waiting))
        for key, _ in self._selector.select(1.0):
            key.data(key.fileobj)
        self._give_up(time.monotonic())

    def _stop(self, end):
        """Accepts no more, answers what has arrived, and waits for no client longer than it must."""
        self.alive = False
        self._accept_while(False)
        begun = time.monotonic()
        while self.connections and time.monotonic() < end:
            self.notify()
            for key, _ in self._selector.select(0.1):
                key.data(key.fileobj)
            waited = time.monotonic() - begun
            for connection in list(self._waiting):
                idle, sending = connection.is_idle(), connection.unsent_size
                if waited > (LINGER if idle or connection.is_ending else LAST_ARRIVALS) and not sending:
                    self._close(connection)
            self._give_up(time.monotonic())
        self._threads.shutdown(wait=False, cancel_futures=True)
        for connection in list(self.connections):
            connection.close()

    # The loop

    def _accept_while(self, wanted):
        if wanted == self._accepting:
            return
        for listener in self.sockets:
            if wanted:
                listener.setblocking(False)
                self._selector.register(listener, selectors.EVENT_READ, self._accept)
            else:
                self._selector.unregister(listener)
        self._accepting = wanted

    def _accept(self, listener):
        if len(self.connections) >= self.cfg.worker_connections:
            if not self._waiting:
                return
            self._close(next(iter(self._waiting)))
        try:
            sock, peer = listener.accept()
        except (BlockingIOError, InterruptedError, ConnectionAbortedError):
            return  # another process was faster, or the client changed its mind
        except OSError as error:
            log.error("A connection could not be accepted: %s", error)
            if self._waiting:
                self._close(next(iter(self._waiting)))
            return
        connection = Connection(sock, peer, self._most_body)
        self.connections.add(connection)
        self._await(connection, selectors.EVENT_READ, self._receive)
        self._receive(connection)

    def _await(self, connection, event, action):
        self._selector.register(connection, event, action)
        self._waiting[connection] = None

    def _leave(self, connection):
        self._selector.unregister(connection)
        del self._waiting[connection]

    def _close(self, connection):
        if connection in self._waiting:
            self._leave(connection)
        self.connections.discard(connection)
        connection.close()

    def _receive(self, connection):
        if connection not in self._waiting:
            return  # it had to go in this very turn
        if not connection.receive():
            self._close(connection)
        elif not connection.is_ending and connection.has_request():
            self._leave(connection)
            self._threads.submit(self._work, connection)

    def _send(self, connection):
        if connection not in self._waiting:
            return
        if not connection.send_rest():
            self._close(connection)
        elif not connection.unsent_size:
            self._leave(connection)
            self._continue(connection)

    def _settle(self, woken):
        """Takes back the connections on which threads have worked."""
        with suppress(BlockingIOError):
            os.read(woken, 4096)
        while self._finished:
            connection, is_kept = self._finished.popleft()
            connection.must_close = connection.must_close or not is_kept
            if connection.unsent_size:
                connection.begin_rest()
                self._await(connection, selectors.EVENT_WRITE, self._send)
            else:
                self._continue(connection)

    def _continue(self, connection):
        """After a response is sent: the next request, or the end."""
        if connection.must_close:
            connection.end()
            self._await(connection, selectors.EVENT_READ, self._receive)
            return
        connection.next_request()
        if connection.has_request():
            self._threads.submit(self._work, connection)
        else:
            self._await(connection, selectors.EVENT_READ, self._receive)

    def _give_up(self, now):
        """Once a second: parts with clients that take too long."""
        if now - self._last_look < 1:
            return
        self._last_look = now
        for connection in [each for each in self._waiting if each.deadline() < now]:
            if not (connection.is_idle() or connection.unsent_size or connection.is_ending):
                self._refuse(connection, *TOO_SLOW)
            self._close(connection)

    def _wake(self):
        with suppress(BlockingIOError):  # where the loop has yet to see the bytes that are there
            os.write(self._wake_end, b"\0")

    # The threads

    def _work(self, connection):
        is_kept = False
        try:
            is_kept = self._respond(connection)
        except OSError:
            pass  # the client has gone
        except Exception:
            log.exception("A request could not be answered.")
            if connection.take_back():
                self._refuse(connection, *FAILED)
        finally:
            self._finished.append((connection, is_kept))
            self._wake()

    def _respond(self, connection):
        """Answers the request that has arrived; returns whether another may follow on the connection."""
        try:
            request = next(RequestParser(self.cfg, connection.request_parts(), connection.peer))
        except StopIteration:
            return False
        except (ParseException, NoMoreData) as error:
            status, words = next(words for kind, *words in REFUSALS if isinstance(error, kind))
            self._refuse(connection, status, words)
            return False
        response, environ = wsgi.create(request, connection, connection.peer, connection.server, self.cfg)
        environ["wsgi.multithread"] = True
        if connection.must_close or not self.alive:
            response.force_close()
        parts = self.wsgi(environ, response.start_response)
        try:
            for part in parts:
                response.write(part)
            response.close()
            connection.flush()
        finally:
            if hasattr(parts, "close"):
                parts.close()
        return not response.should_close()

    def _refuse(self, connection, status, words):
        """Answers what never reaches the application."""
        body = words.encode()
        head = f"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n"
        connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        with suppress(OSError):  # where the client has gone
            connection.flush()
        request_log.write_refusal(int(status[:3]), len(body))
