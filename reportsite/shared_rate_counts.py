"""How much of its rate each client has used, counted in every process and shared between them.

A rate is kept as a debt (the generic cell rate algorithm): a request at 20 a second costs 1/20 s, debts fall by a
second each second, and who would owe more than `span` seconds has to wait. So one number a client is enough, no window
begins anew for all at once, and a debt that is paid is forgotten.

A process counts in its memory. A few times a second it adds what was charged to the debts of all processes and takes
over the totals: in a small SQLite file beside the database, or, where several servers share a PostgreSQL, in a table
of its own there. Debts below a tenth of their span are not shared, unless it is said otherwise: of most readers nothing
is ever written. Where the place to share fails, each process counts for itself.

django-ratelimit and the throttles of the API's framework were tried: both count in Django's cache, which without
memcached or Redis either belongs to one process or writes to the database at every request, and counts inexactly.
"""

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from cachetools import TTLCache
from django.db import DatabaseError, ProgrammingError, connection

MOST_CLIENTS = 50_000  # whose debts one process remembers
INTERVAL = 0.25  # seconds between two exchanges of a process
PAUSE = 10.0  # after one that failed
ROUNDING = 1e-6
SHARED_FROM = 0.1  # of the span

Exchange = Callable[[dict[str, float]], dict[str, float]]
"""Adds seconds to the debts of all processes, and returns the new debts in seconds."""

Clock = Callable[[], float]

log = logging.getLogger("reportsite")


class Charge(NamedTuple):
    """What a request costs: whom it is charged to, seconds, and the debt that the client may have after it."""

    key: str
    seconds: float
    span: float


@dataclass(slots=True)
class _Account:
    debt: float = 0.0  # at the time `at`
    at: float = 0.0
    unshared: float = 0.0


class Debts:
    """The debts of all clients, as far as this process knows them."""

    def __init__(
        self,
        exchange: Exchange,
        longest: float,
        interval: float = INTERVAL,
        clock: Clock = time.monotonic,
        shared_from: float = SHARED_FROM,
    ) -> None:
        """`longest` is the longest span; after that time every debt is paid. Debts from this share on are shared."""
        self._exchange, self._interval, self._clock = exchange, interval, clock
        self._shared_from = shared_from
        self._accounts: TTLCache[str, _Account] = TTLCache(MOST_CLIENTS, ttl=longest, timer=clock)
        self._due: set[str] = set()
        self._next = clock()
        self._lock, self._exchanging = threading.Lock(), threading.Lock()

    def charge(self, charges: Iterable[Charge]) -> tuple[Charge, float] | None:
        """Charges a request, and returns None; or the charge that is too much, and how many seconds to wait."""
        charges = list(charges)
        now = self._clock()
        with self._lock:
            accounts = [self._account(charge.key, now) for charge in charges]
            for charge, account in zip(charges, accounts, strict=True):
                if (over := account.debt + charge.seconds - charge.span) > ROUNDING:
                    return charge, over
            for charge, account in zip(charges, accounts, strict=True):
                self._add(charge, account)
        self._share_if_due(now)
        return None

    def add(self, charge: Charge) -> None:
        """Charges what a request has cost beyond what it was charged before."""
        with self._lock:
            self._add(charge, self._account(charge.key, self._clock()))

    def _add(self, charge, account):
        account.debt += charge.seconds
        account.unshared += charge.seconds
        self._accounts[charge.key] = account  # lives on
        if account.debt >= charge.span * self._shared_from:
            self._due.add(charge.key)

    def _share_if_due(self, now):
        if now >= self._next and self._due and self._exchanging.acquire(blocking=False):
            try:
                self._share()
            finally:
                self._exchanging.release()

    def _account(self, key, now):
        account = self._accounts.get(key) or _Account()
        account.debt, account.at = max(account.debt - (now - account.at), 0.0), now
        account.unshared = min(account.unshared, account.debt)  # the rest is paid and need not be shared
        return account

    def _share(self):
        with self._lock:
            due, self._due = self._due, set()
            shared = {key: account for key in due if (account := self._accounts.get(key))}
            sums = {key: account.unshared for key, account in shared.items()}
            for account in shared.values():
                account.unshared = 0.0
        try:
            debts = self._exchange(sums)
        except (DatabaseError, sqlite3.Error, OSError) as error:
            self._next = self._clock() + PAUSE
            log.warning("The limits count in each process alone for a while: %s", error)
            return
        now = self._clock()
        with self._lock:
            for key, account in shared.items():
                account.debt, account.at = debts.get(key, 0.0) + account.unshared, now
        self._next = now + self._interval


class FileExchange:
    """Shares debts between the processes of one machine, in an SQLite file that holds nothing else."""

    def __init__(self, path: Path, clock: Clock = time.time) -> None:
        self._path, self._clock = path, clock
        self._connection: sqlite3.Connection | None = None

    def __call__(self, sums: dict[str, float]) -> dict[str, float]:
        """Adds the sums, and returns the new debts; forgets those that are paid."""
        if self._connection is None:
            self._connection = self._open()
        now = self._clock()
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute("DELETE FROM debts WHERE until <= ?", [now])
            debts = {key: self._add(key, seconds, now) for key, seconds in sums.items()}
            self._connection.execute("COMMIT")
        except BaseException:
            self._connection.close()
            self._connection = None
            raise
        return debts

    def _add(self, key, seconds, now):
        statement = """INSERT INTO debts VALUES (?, ?) ON CONFLICT (key)
            DO UPDATE SET until = max(until, ?) + ? RETURNING until"""
        return self._connection.execute(statement, [key, now + seconds, now, seconds]).fetchone()[0] - now

    def _open(self):
        opened = sqlite3.connect(self._path, timeout=0.2, isolation_level=None, check_same_thread=False)
        # What is lost in a crash is forgiven, so nothing waits for the disk.
        opened.execute("PRAGMA journal_mode=WAL")
        opened.execute("PRAGMA synchronous=OFF")
        opened.execute("CREATE TABLE IF NOT EXISTS debts (key TEXT PRIMARY KEY, until REAL NOT NULL) WITHOUT ROWID")
        return opened


CREATE_TABLE = """CREATE SCHEMA IF NOT EXISTS limits;
CREATE UNLOGGED TABLE IF NOT EXISTS limits.debts (key text PRIMARY KEY, until double precision NOT NULL)"""
ADD = """INSERT INTO limits.debts AS debts SELECT key, extract(epoch FROM now()) + seconds
FROM unnest(%s::text[], %s::double precision[]) AS sums (key, seconds)
ON CONFLICT (key) DO UPDATE
SET until = greatest(debts.until, extract(epoch FROM now())) + excluded.until - extract(epoch FROM now())
RETURNING key, until - extract(epoch FROM now())"""

FORGET = """DELETE FROM limits.debts WHERE key IN (
  SELECT key FROM limits.debts WHERE until <= extract(epoch FROM now()) FOR UPDATE SKIP LOCKED)"""


def exchange_in_postgresql(sums: dict[str, float]) -> dict[str, float]:
    """Shares debts between all servers, in an unlogged table; its schema is not part of backups."""
    try:
        return _exchanged(sums)
    except DatabaseError:
        connection.close()
        connection.errors_occurred = False  # the request that happened to share may be answered from a replica
        raise


def _exchanged(sums):
    keys = sorted(sums)  # in one order, so that no two processes wait for each other
    values = [keys, [sums[key] for key in keys]]
    with connection.cursor() as cursor:
        try:
            cursor.execute(ADD, values)
        except ProgrammingError:  # the table is not there yet
            cursor.execute(CREATE_TABLE)
            cursor.execute(ADD, values)
        debts = {key: float(debt) for key, debt in cursor.fetchall()}
        cursor.execute(FORGET)
    return debts
