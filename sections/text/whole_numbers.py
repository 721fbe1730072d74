"""Whole numbers written by people and programs: in addresses, forms, search fields and files."""

MOST = 999_999_999  # fits every integer column, on both databases


def whole_number(text: str, most: int = MOST) -> int | None:
    """The number that a text of ASCII digits writes; None for any other text and for a number above `most`.

    Characters such as "²" and "①" are digits to `str.isdigit`, and no numbers to `int`.
    """
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit()):
        return None
    digits = digits.lstrip("0") or "0"
    if len(digits) > len(str(most)) or int(digits) > most:
        return None
    return int(digits)
