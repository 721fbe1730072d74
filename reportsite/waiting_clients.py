"""The connections that wait for their clients, and the selector that tells which of them are ready."""

from collections.abc import Callable, Iterator
from selectors import BaseSelector

from .connection import Connection


class WaitingClients:
    """Connections in the order in which they began to wait.

    One that is answered at once leaves them while the selector still watches it: so a page that is in memory costs the
    two system calls that receive and send, and no others, at each of which threads that compute would go first.
    """

    def __init__(self, selector: BaseSelector) -> None:
        self._selector = selector
        self._waiting: dict[Connection, None] = {}
        self._last_look = 0.0

    def add(self, connection: Connection, event: int, action: Callable[[Connection], None]) -> None:
        """Lets the connection wait for the event, of which the selector then tells with the action."""
        watch = self._selector.modify if connection in self._selector.get_map() else self._selector.register
        watch(connection, event, action)
        self._waiting[connection] = None

    def leave(self, connection: Connection) -> None:
        """The client is ready; what is watched is nothing new until the connection is added again."""
        del self._waiting[connection]

    def drop(self, connection: Connection) -> None:
        """The selector no longer watches the connection, whether it waits or not."""
        if connection in self._selector.get_map():
            self._selector.unregister(connection)
        self._waiting.pop(connection, None)

    def longest(self) -> Connection:
        """The one that has waited longest."""
        return next(iter(self._waiting))

    def overdue(self, now: float) -> list[Connection]:
        """Once a second those whose clients take too long, otherwise none."""
        if now - self._last_look < 1:
            return []
        self._last_look = now
        return [connection for connection in self._waiting if connection.deadline() < now]

    def __contains__(self, connection: Connection) -> bool:
        return connection in self._waiting

    def __iter__(self) -> Iterator[Connection]:
        return iter(list(self._waiting))

    def __len__(self) -> int:
        return len(self._waiting)
