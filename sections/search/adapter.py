"""For the time of the restructuring: the snapshot with the caches that the search's modules still hang on it."""

import threading
from collections.abc import Callable
from typing import Any

from django.utils.translation import get_language

from . import snapshot
from .scope import Scope


class Index:
    """All documents of a snapshot, as the modules ask for them that do not know reports yet."""

    def __init__(self, scope: Scope, is_small: bool):
        self.scope, self.is_small = scope, is_small
        self.version, self.size, self.norms = str(scope.version.content), scope.size, scope.norms
        self.columns = {
            f"#{name}": scope.column(name) for name in ("length", "paragraph", "section", "number", "report")
        }
        for name in ("posting", "stem_posting", "count", "forms", "relatives", "beginning", "like"):
            setattr(self, name, getattr(scope, name))
        self.cache, self._by_language, self._making = {}, {}, threading.RLock()

    @property
    def in_language(self) -> dict:
        """What other modules keep that holds words or addresses, which differ with the language of the reader."""
        return self._by_language.setdefault(get_language(), {})

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """What `make` makes for the reader's language, kept while the version holds; threads wait for the first."""
        kept = self.in_language
        with self._making:
            if name not in kept:
                kept[name] = make()
        return kept[name]


_latest: tuple | None = None


def index() -> Index:
    """The present snapshot with its caches."""
    global _latest
    now, latest = snapshot.current(), _latest
    if latest is None or latest[0] is not now:
        _latest = latest = now, Index(now.scope(None), now.is_held)
    return latest[1]
