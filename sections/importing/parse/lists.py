"""The level of a list item, from its label, its tabs and the item above it."""

from dataclasses import dataclass

from sections.text.whole_numbers import whole_number

from .patterns import ENCLOSED

PLAIN = "plain"
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass
class Level:
    """One open level of a list: its style, its tabs, the last number it reached, and whether "(" opens its labels."""

    style: str
    tabs: int
    last: int
    parenthesis: bool


class ListLevels:
    """The open levels of the list that is being read."""

    def __init__(self) -> None:
        self.stack: list[Level] = []

    def place(self, label: str, tabs: int, after_colon: bool) -> int:
        """The level of the next item, from 1."""
        style, value = self._style(label, after_colon)
        opened = label.startswith("(")
        at = next((n for n in reversed(range(len(self.stack))) if self._same(self.stack[n], style, tabs)), None)
        if at is not None:
            del self.stack[at + 1 :]
            self.stack[at].last = value
            self.stack[at].parenthesis |= opened
        else:
            if self.stack and not self._deeper(style, tabs, after_colon):
                self.stack.pop()
            self.stack.append(Level(style, tabs, value, opened))
        return len(self.stack)

    def lacks_parenthesis(self, label: str) -> bool:
        """Whether the item just placed has lost the "(" that its list's labels have."""
        return bool(self.stack) and self.stack[-1].parenthesis and label.endswith(")") and not label.startswith("(")

    def continues(self, label: str) -> bool:
        """Whether a label such as "3." is the next one of an open level."""
        style, value = self._style(label, False)
        return any(level.style == style and level.last + 1 == value for level in self.stack)

    def _same(self, level, style, tabs):
        """Whether an item belongs to an open level: one of its tabs, or one of more tabs where none has the same."""
        return level.style == style and (
            level.tabs == tabs
            or (tabs < level.tabs and not any(other.style == style and other.tabs == tabs for other in self.stack))
        )

    def _deeper(self, style, tabs, after_colon):
        above = self.stack[-1]
        indented = tabs > above.tabs and above.style != PLAIN  # a plain line has lost its indent
        return after_colon or indented or (style.startswith("roman") and above.style.startswith("letter"))

    def _style(self, label, after_colon):
        """The style of a label, and its number in its row: ("letter)", 3) for "(c)"."""
        enclosed = ENCLOSED.fullmatch(label)
        if not label:
            return PLAIN, 0
        if not enclosed:
            return f"bullet {label}", 0
        word, end = enclosed.group(2), enclosed.group(3)
        if (number := whole_number(word)) is not None:
            return f"number{end}", number
        if word.isupper():
            return f"capital{end}", ord(word[0]) - 64
        if self._is_roman(word, end, after_colon):
            return f"roman{end}", roman_number(word)
        return f"letter{end}", _letter(word)

    def _is_roman(self, word, end, after_colon):
        if not set(word) <= set("ivxl"):
            return False
        if len(word) > 1:
            return _letter(word) != self._last(f"letter{end}") + 1
        before = self._last(f"roman{end}")
        if before and before + 1 == roman_number(word):
            return True
        if self._last(f"letter{end}") + 1 == _letter(word) and not after_colon:
            return False
        return word == "i"

    def _last(self, style):
        return next((level.last for level in reversed(self.stack) if level.style == style), 0)


def _letter(word):
    """1 for a, 26 for z, 27 for aa."""
    return (len(word) - 1) * 26 + ord(word[0]) - 96


def roman_number(numeral: str) -> int:
    """The number that a Roman numeral stands for."""
    values = [ROMAN[letter] for letter in numeral.lower()]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))
