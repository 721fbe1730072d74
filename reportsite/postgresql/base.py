"""The database wrapper that Django loads for `ENGINE = "reportsite.postgresql"`."""

import logging
import threading
import time
from typing import Any

import psycopg
import psycopg_pool
from django.db.backends.postgresql import base

from sections.ops.faults import CommitsOrFails

BACK_OFF = 1.0  # seconds in which nobody tries again to reach a server that did not answer
CHECK = 2.0  # seconds in which a live server answers an empty query

# Errors with an SQLSTATE, by which the site tells a server that is down from other faults.
Unreachable = psycopg.errors.lookup("08001")
AllInUse = psycopg.errors.lookup("53300")

logger = logging.getLogger("reportsite")


class SharedConnection(psycopg.Connection):
    """A connection of a pool that gives up on a server which has stopped answering while its machine still does.

    Keepalives and `tcp_user_timeout` notice a dead machine, but not a frozen process or a hanging disk.
    """

    statement = 20.0  # seconds after which the server counts as dead; a save may wait for that of another editor
    _patience: float | None = None

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """What the server answers; OperationalError, and a closed connection, where it does not answer in time."""
        try:
            return super().wait(gen, interval, (self._patience or self.statement) if timeout is None else timeout)
        except psycopg.OperationalError:
            if timeout is None and self.pgconn.transaction_status == psycopg.pq.TransactionStatus.ACTIVE:
                self.close()  # its answer may still come, and would be taken for that to another question
            raise

    def execute(self, query: Any, *args: Any, **kwargs: Any) -> psycopg.Cursor:
        """As psycopg does it; an empty query is the pool's question whether the server is alive."""
        self._patience = CHECK if query == "" else None
        try:
            return super().execute(query, *args, **kwargs)
        finally:
            self._patience = None


class ReplicaConnection(SharedConnection):
    """One that gives up sooner, as what it asks never waits for a writer, and the primary can answer too."""

    statement = 5.0


class Reachability:
    """Which servers did not answer a moment ago. Of those who ask for one, the first tries, the others fail at once."""

    def __init__(self) -> None:
        self._down: dict[str, tuple[float, str]] = {}  # alias → when to try again, and why the last attempt failed
        self._lock = threading.Lock()

    def reason_to_wait(self, alias: str) -> str:
        """Why not to connect now; "" for one who may, and of those whose server was down only the first may."""
        with self._lock:
            due, reason = self._down.get(alias, (0.0, ""))
            if not reason or time.monotonic() < due:
                return reason
            self._down[alias] = time.monotonic() + BACK_OFF, reason
            return ""

    def failed(self, alias: str, reason: str) -> bool:
        """Notes that the server did not answer; whether it is the first time."""
        with self._lock:
            is_new = alias not in self._down
            self._down[alias] = time.monotonic() + BACK_OFF, reason or "The database server does not answer."
        return is_new

    def answered(self, alias: str) -> bool:
        """Notes that the server answers; whether it was down before."""
        with self._lock:
            return self._down.pop(alias, None) is not None

    def was_down(self, alias: str) -> bool:
        """Whether the last attempt failed."""
        return alias in self._down


reachability = Reachability()


class DatabaseWrapper(CommitsOrFails, base.DatabaseWrapper):
    """Django's, except that a server which did not answer is left alone for a moment."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection:
        """A connection; OperationalError at once where the server has just failed to give one."""
        if reason := reachability.reason_to_wait(self.alias):
            raise Unreachable(reason)
        try:
            if self.pool and reachability.was_down(self.alias):
                self._knock(conn_params)
            connection = self._connect(conn_params)
        except psycopg_pool.PoolTimeout as error:  # the server answers
            raise AllInUse("All connections of this process are in use.") from error
        except psycopg.OperationalError as error:
            if reachability.failed(self.alias, str(error).strip()) and self.pool:  # a command says so itself
                logger.warning("The database %r does not answer: %s", self.alias, error)
            if error.sqlstate:
                raise
            raise Unreachable(str(error)) from error
        if reachability.answered(self.alias) and self.pool:
            logger.warning("The database %r answers again.", self.alias)
        return connection

    def _connect(self, conn_params):
        try:
            return super().get_new_connection(conn_params)
        except psycopg_pool.PoolTimeout:
            self._knock(conn_params)
            raise

    def _knock(self, conn_params):
        """Connects beside the pool, which keeps trying for a while and does not say why it failed."""
        self.Database.connect(**conn_params).close()
