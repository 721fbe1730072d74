"""The subjects of a paragraph that say what was searched for where its own words don't. Pure."""

from collections.abc import Iterable
from typing import NamedTuple

SHOWN = 2


class Subject(NamedTuple):
    """A phrase of the editors with the stems of its words."""

    phrase: str
    stems: tuple[str, ...]

    def says(self, words: tuple[str, ...]) -> bool:
        """Whether it holds the stems in a row."""
        return any(self.stems[at : at + len(words)] == words for at in range(len(self.stems) - len(words) + 1))


def telling(
    subjects: Iterable[Subject], asked: Iterable[tuple[int, tuple[str, ...]]], met: set[int]
) -> tuple[str, ...]:
    """The first phrases that say what is `asked`, stems by group, of the groups that the text has not `met`."""
    wanted = [words for group, words in asked if group not in met]
    found = (subject.phrase for words in wanted for subject in subjects if subject.says(words))
    return tuple(dict.fromkeys(found))[:SHOWN]
