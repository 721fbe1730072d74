"""Questions for a number of things, in English, Spanish and French."""

import re

from .fold import fold

# In French "nombre de" counts; in Spanish it asks for a name, most often with an article after it.
_COUNTS = re.compile(
    r"\b(?:how (?:many|much)|numbers? of|total|statistics|cuant[oa]s?|(?:numero|cantidad) (?:total )?de|combien"
    r"|nombre (?:total )?d(?:e|es)?\b(?! (?:el|la|los|las|un|una|este|esta|su)\b)|cifras|estadisticas|statistiques)\b"
)


def asks_how_many(query: str) -> bool:
    """Whether a query asks how many there are of something."""
    return bool(_COUNTS.search(fold(query)))
