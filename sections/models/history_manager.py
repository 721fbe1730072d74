"""How the former rows of a model are asked for."""

from functools import cache

from simple_history.manager import HistoryManager


class OneHistoryManager(HistoryManager):
    """A manager whose class is made once; the library's is made anew each time that a history is asked for."""

    from_queryset = classmethod(cache(HistoryManager.from_queryset.__func__))
