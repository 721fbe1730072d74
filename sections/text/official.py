"""Where the United Nations publishes a document, and the languages in which it does."""

from urllib.parse import quote

NAMES = {"ar": "Arabic", "en": "English", "es": "Spanish", "fr": "French", "ru": "Russian", "zh": "Chinese"}


def official_address(symbol: str, language: str = "en") -> str:
    """The official address of the document with this symbol: https://undocs.org/es/CMW/C/MEX/3."""
    return f"https://undocs.org/{language}/{quote(symbol, safe='/')}"


def language_code(name: str) -> str:
    """The code of an official language by its English name, such as Spanish, or by its code; "" for any other."""
    wanted = name.strip().lower()
    return next((code for code, own in NAMES.items() if wanted in (code, own.lower())), "")
