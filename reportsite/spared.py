"""What a server process spares: libraries that others import only because they are there, and pools of freed memory."""

import ctypes
import sys
from contextlib import suppress

# rest_framework looks for both, for a client and for fields that the site does not use. The second loads psycopg, which
# a site on SQLite does without. Together they take 16 MB.
LIBRARIES = ("requests", "django.contrib.postgres.fields")
# Parameters of glibc's malloc. Each thread has a pool of its own by default, and none gives back what others could use.
M_ARENA_MAX, M_MMAP_THRESHOLD = -8, -3
LARGE = 128 << 10  # bytes from which on a piece of memory goes back to the system as soon as it is free


def spare_libraries() -> None:
    """Makes the imports of these libraries fail from now on, as where they are not installed."""
    for name in LIBRARIES:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]


def spare_memory() -> None:
    """Lets all threads share one pool of memory; does nothing where the C library is not glibc."""
    with suppress(AttributeError, OSError):
        library = ctypes.CDLL(None)
        library.mallopt(M_ARENA_MAX, 1)
        library.mallopt(M_MMAP_THRESHOLD, LARGE)
