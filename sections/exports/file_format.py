"""What is known of a format in which things can be downloaded; `exports` and `citing` list those that there are."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format: what the names of its files end with, its name for readers, its media type, and its writer."""

    ending: str
    label: str
    media_type: str
    write: Callable[..., str | bytes]
    attachment: bool = True  # whether browsers save the file, or show it
