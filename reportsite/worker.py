"""The gunicorn worker of the site: threads get whole requests and never wait for a client.

The threaded worker of gunicorn itself gives a thread to a connection until its request has arrived and its response has
been taken, so that a few clients who send or read slowly stop the site. Here one loop reads the requests and sends what
remains of the responses of all connections; a thread works only on what has arrived. What the application has in memory
the loop sends itself, so that readers do not queue behind the saves of editors. When there is no room for another
connection, the one that has waited longest for its client goes.
"""

import logging
import os
import selectors
import sys
import time
from collections import deque
from contextlib import suppress
from types import FrameType
from typing import Any

from gunicorn.http import RequestParser, wsgi
from gunicorn.workers.base import Worker

from . import generations, request_log, unreadable_requests
from .connection import Connection
from .delayed_answers import DelayedAnswers
from .thread_pools import ThreadPools
from .waiting_clients import WaitingClients

LINGER = 2.0  # seconds in which a worker that stops still answers on connections kept open
LAST_ARRIVALS = 5.0  # and in which requests that have begun may arrive
MOST_BODY = 4 << 20  # where the application states no limit
# Seconds after which a thread that computes lets the loop go on. Each time the loop receives or sends, such a thread
# goes first: at Python's own 5 ms, a page that is in memory would wait longer for them than for all else.
TURN = 0.0001

log = logging.getLogger("reportsite")


class BufferingWorker(Worker):
    """Serves WSGI with threads that work, and one loop that waits."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.connections: set[Connection] = set()
        self._arrived: deque[Connection] = deque()  # with a request, which the loop begins next
        self._finished: deque[tuple[Connection, bool]] = deque()  # by the threads
        self._accepting = False

    def init_process(self) -> None:
        """Prepares the process and runs the loop."""
        sys.setswitchinterval(TURN)
        self._threads, self._held = ThreadPools(self.cfg.threads), DelayedAnswers(self.cfg.worker_connections)
        self._selector = selectors.DefaultSelector()
        self._waiting = WaitingClients(self._selector)
        self._woken, self._wake_end = os.pipe()
        os.set_blocking(self._woken, False)
        os.set_blocking(self._wake_end, False)
        self._selector.register(self._woken, selectors.EVENT_READ, self._settle)
        super().init_process()

    def load_wsgi(self) -> None:
        """Loads the application; it may state a limit for bodies, what is in memory, and the page of a refusal."""
        super().load_wsgi()
        self._is_in_memory = getattr(self.wsgi, "is_in_memory", lambda environ: False)
        self._most_body = getattr(self.wsgi, "most_body", MOST_BODY)
        self._refusal_page = getattr(self.wsgi, "refusal_page", unreadable_requests.phrase)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """SIGTERM: answers what has arrived, then ends. Nobody waits any longer for a process that has yet to start."""
        self.alive = False
        generations.ready(self.age)
        self._wake()

    def handle_quit(self, sig: int, frame: FrameType | None) -> None:
        """SIGINT and SIGQUIT: ends at once."""
        self._threads.shutdown()
        super().handle_quit(sig, frame)

    def run(self) -> None:
        """Serves until the process is asked to end or has lost its parent."""
        generations.ready(self.age)
        while self.alive and self.ppid == os.getppid():
            self._turn()
        # A reload starts the successors and ends this process at once; until they serve, however late, it does.
        while generations.is_starting() and self.ppid == os.getppid():
            self._turn()
        self._stop(time.monotonic() + self.cfg.graceful_timeout)

    def _turn(self):
        self.notify()
        self._accept_while(len(self.connections) < self.cfg.worker_connections or bool(self._waiting))
        self._look(self._held.until_next())

    def _stop(self, end):
        """Accepts no more, answers what has arrived, and waits for no client longer than it must."""
        self.alive = False
        self._accept_while(False)
        begun = time.monotonic()
        while self.connections and time.monotonic() < end:
            self.notify()
            self._look(0.1, answers_all=True)
            waited = time.monotonic() - begun
            for connection in self._waiting:
                idle, sending = connection.is_idle(), connection.unsent_size
                if waited > (LINGER if idle or connection.is_ending else LAST_ARRIVALS) and not sending:
                    self._close(connection)
        self._threads.shutdown()
        for connection in list(self.connections):
            connection.close()

    # The loop

    def _look(self, seconds, answers_all=False):
        """Waits for so long until a client or a thread is ready, and goes on with what is."""
        for key, _ in self._selector.select(0 if self._arrived else seconds):
            key.data(key.fileobj)
        for _ in range(len(self._arrived)):  # requests that follow these at once have their turn later
            self._begin(self._arrived.popleft())
        for connection in self._held.due(answers_all):
            self._deliver(connection)
        self._give_up(time.monotonic())

    def _accept_while(self, wanted):
        if wanted == self._accepting:
            return
        self._accepting = wanted
        for listener in self.sockets:
            if wanted:
                listener.setblocking(False)
                self._selector.register(listener, selectors.EVENT_READ, self._accept)
            else:
                self._selector.unregister(listener)

    def _accept(self, listener):
        if len(self.connections) >= self.cfg.worker_connections:
            if not self._waiting:
                return
            self._close(self._waiting.longest())
        try:
            sock, peer = listener.accept()
        except (BlockingIOError, InterruptedError, ConnectionAbortedError):
            return  # another process was faster, or the client changed its mind
        except OSError as error:
            log.error("A connection could not be accepted: %s", error)
            if self._waiting:
                self._close(self._waiting.longest())
            return
        connection = Connection(sock, peer, self._most_body)
        self.connections.add(connection)
        self._waiting.add(connection, selectors.EVENT_READ, self._receive)
        self._receive(connection)

    def _close(self, connection):
        self._waiting.drop(connection)
        self.connections.discard(connection)
        connection.close()

    def _receive(self, connection):
        if connection not in self._waiting:
            return  # it had to go in this very turn
        if not connection.receive():
            self._close(connection)
        elif not connection.is_ending and connection.has_request():
            self._waiting.leave(connection)
            self._arrived.append(connection)

    def _begin(self, connection):
        """Answers at once what is in memory, while the selector still watches; leaves all else to the threads."""
        try:
            response, environ = self._parse(connection)
            is_at_hand = self._is_in_memory(environ)
        except Exception as error:
            self._refuse_request(connection, error)
            self._finish(connection, False)
            return
        if is_at_hand:
            self._finish(connection, self._answer(connection, response, environ))
        else:
            self._waiting.drop(connection)
            self._threads.submit(environ, self._work, connection, response, environ)

    def _parse(self, connection):
        """The request that has arrived, and the response to be written to the connection."""
        request = next(RequestParser(self.cfg, connection.request_parts(), connection.peer))
        response, environ = wsgi.create(request, connection, connection.peer, connection.server, self.cfg)
        environ["wsgi.multithread"] = True
        if connection.must_close or not self.alive:
            response.force_close()
        return response, environ

    def _send(self, connection):
        if connection not in self._waiting:
            return
        if not connection.send_rest():
            self._close(connection)
        elif not connection.unsent_size:
            self._waiting.leave(connection)
            self._continue(connection)

    def _settle(self, woken):
        """Takes back the connections on which threads have worked."""
        with suppress(BlockingIOError):
            os.read(woken, 4096)
        while self._finished:
            self._finish(*self._finished.popleft())

    def _finish(self, connection, is_kept):
        """Lets the answer leave, unless it is held."""
        connection.must_close = connection.must_close or not is_kept
        if connection.is_held and self._held.take(connection):
            self._waiting.drop(connection)
        else:
            self._deliver(connection)

    def _deliver(self, connection):
        if connection.is_held:
            try:
                connection.flush()
            except OSError:
                self._close(connection)
                return
        if connection.unsent_size:
            connection.begin_rest()
            self._waiting.add(connection, selectors.EVENT_WRITE, self._send)
        else:
            self._continue(connection)

    def _continue(self, connection):
        """After a response is sent: the next request, or the end."""
        if connection.must_close:
            connection.end()
            self._waiting.add(connection, selectors.EVENT_READ, self._receive)
            return
        connection.next_request()
        if connection.has_request():
            self._arrived.append(connection)
        else:
            self._waiting.add(connection, selectors.EVENT_READ, self._receive)

    def _give_up(self, now):
        """Parts with clients that take too long."""
        for connection in self._waiting.overdue(now):
            if not (connection.is_idle() or connection.unsent_size or connection.is_ending):
                self._refuse(connection, 408)
            self._close(connection)

    def _wake(self):
        with suppress(BlockingIOError):  # where the loop has yet to see the bytes that are there
            os.write(self._wake_end, b"\0")

    # The threads

    def _work(self, connection, response, environ):
        is_kept = False
        try:
            is_kept = self._answer(connection, response, environ)
        finally:
            self._finished.append((connection, is_kept))
            self._wake()

    def _answer(self, connection, response, environ):
        """Writes the answer to the connection; False where that must end."""
        try:
            self._respond(connection, response, environ)
            return not response.should_close()
        except OSError:
            pass  # the client has gone
        except Exception as error:
            self._refuse_request(connection, error)
        return False

    def _respond(self, connection, response, environ):
        parts = self.wsgi(environ, response.start_response)
        try:
            for part in parts:
                response.write(part)
            response.close()
            connection.is_held = DelayedAnswers.wants(response.status, response.headers)
            if not connection.is_held:
                connection.flush()
        finally:
            if hasattr(parts, "close"):
                parts.close()

    def _refuse_request(self, connection, error):
        """Says what was wrong with the request, or that the site failed; nothing where a response has begun."""
        if isinstance(error, StopIteration) or not connection.take_back():
            return
        status = unreadable_requests.status_of(error)
        if status == 500:
            log.error("A request could not be answered.", exc_info=error)
        self._refuse(connection, status)

    def _refuse(self, connection, status):
        """Answers what never reaches the application."""
        page = self._refusal_page(status).encode()
        connection.sendall(unreadable_requests.response(status, page))
        with suppress(OSError):  # where the client has gone
            connection.flush()
        request_log.write_refusal(status, len(page))
