"""Reads the text of a treaty: its parts, its articles, their numbered paragraphs and their letters.

Files differ in form, not in order: a heading for each article ("Article 22", "ARTICLE XXII.", "Artículo 22", "Article
premier"), often one for each part, then paragraphs "1." with items "(a)" or "a)" and "(i)". Lines may be broken
anywhere, words at hyphens, and pages may repeat a heading and a number. What stands before the first heading, such as
the preamble, and behind the closing formula is left out.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .treaty_headings import Heading, heading_of, roman
from .treaty_lines import Line, joined, known_words, lines_of, without_furniture

LABEL = re.compile(
    r"(?:(?P<number>\d{1,2})\s?[.)][-–]?|\((?P<enclosed>\d{1,2})\)|\(?(?P<letter>[a-zа-я]|[ivxl]{2,6})\))(?:\s+|$|(?=[^\W\d_a-z]))"
)
LONGEST_TITLE = 120  # characters
ENDS = re.compile(r"[.;:!?。；：！？]['\"”’»)]*$")
GOES_ON = re.compile(r"(?:,|\b(?:and|or|y|o|et|ou|и|или))$")
CLOSING = re.compile(
    r"(?:in (?:witness|faith) whereof|en fe de lo cual|en testimonio de lo cual|en foi de quoi|в удостоверение чего)\b",
    re.IGNORECASE,
)


@dataclass
class Provision:
    """A piece of an article: "2", "a" or "i" with its depth 1, 2 or 3, or text without a label."""

    label: str
    depth: int
    text: str
    anchor: str = ""  # such as 2-a; empty for text without a label


@dataclass
class Article:
    """An article as the file has it: its number, the line of its heading, the part it is under, its title if any."""

    number: int
    line: int
    part: int | None
    title: str = ""
    provisions: list[Provision] = field(default_factory=list)


@dataclass
class Treaty:
    """What a file holds: its articles in the order of the file, and the number and line of each heading of a part."""

    articles: list[Article] = field(default_factory=list)
    parts: list[tuple[int, int]] = field(default_factory=list)


def read_treaty(text: str) -> Treaty:
    """The articles and parts of a treaty's text, in the order of the file; whether they are complete is not judged."""
    lines = lines_of(text)
    is_text = [bool(heading_of(line.text) or LABEL.match(line.text)) for line in lines]
    reader = _Reader()
    for line in without_furniture(lines, is_text):
        reader.take(line)
    treaty = _without_contents(reader.treaty)
    known = known_words(provision.text for article in treaty.articles for provision in article.provisions)
    for article in treaty.articles:
        _take_title(article)
        for provision in article.provisions:
            provision.text = joined(provision.text, known)
        _set_anchors(article.provisions)
    return treaty


class _Reader:
    """Takes one line after the other; `before` are the last words, and `gap` says that a blank line follows them."""

    def __init__(self) -> None:
        self.treaty = Treaty()
        self.article: Article | None = None
        self.before, self.gap, self.is_below_heading, self.is_over = "", True, True, False

    def take(self, line: Line) -> None:
        """Takes a line; a blank one ends a paragraph, the break of a page does not."""
        if not line.text:
            self.gap = self.gap or not line.is_break
            return
        heading = heading_of(line.text)
        is_heading = heading is not None and self._accept(heading, line.number)
        if not is_heading:
            self.is_over = self.is_over or bool(CLOSING.match(line.text))
            if self.article and not self.is_over:
                self._add(line.text)
        self.before, self.gap, self.is_below_heading = line.text, False, is_heading

    @property
    def _may_start(self) -> bool:
        """Whether something new may start here: the words before do not stop in the middle of a sentence."""
        return self.gap or self.is_below_heading or bool(ENDS.search(self.before))

    def _accept(self, heading: Heading, line: int) -> bool:
        """Begins a part or an article, unless the line only cites it in a sentence."""
        articles, parts = self.treaty.articles, self.treaty.parts
        last = (articles[-1].number if articles else 0) if heading.kind == "article" else (parts[-1][0] if parts else 0)
        if not self._may_start and not (heading.number == last + 1 and not heading.rest):
            return False
        self.is_over = False
        if heading.kind == "part":
            parts.append((heading.number, line))
            self.article = None
            return True
        self.article = Article(heading.number, line, parts[-1][0] if parts else None)
        articles.append(self.article)
        if heading.rest and _is_title(heading.rest):
            self.article.title = heading.rest
        elif heading.rest:
            self.is_below_heading = True
            self._add(heading.rest)
        return True

    def _add(self, text: str) -> None:
        """Adds a line to the article: the beginning of a provision, or more of the last one."""
        provisions, match = self.article.provisions, LABEL.match(text)
        if match and (self._may_start or (match["letter"] and GOES_ON.search(self.before))):
            self._add_labelled(match, text)
        elif provisions and not self.is_below_heading and not self._is_new(text):
            provisions[-1].text = f"{provisions[-1].text}\n{text}".lstrip("\n")
        else:
            provisions.append(Provision("", 1, text))

    def _is_new(self, text: str) -> bool:
        """Whether text without a label begins a provision: behind a blank line, after a sentence or a title."""
        provisions = self.article.provisions
        below_title = len(provisions) == 1 and not provisions[0].label and not text[:1].islower()
        return self.gap and bool(ENDS.search(self.before) or (below_title and _is_title(provisions[0].text)))

    def _add_labelled(self, match: re.Match, text: str) -> None:
        label, rest = next(filter(None, match.groups())), text[match.end() :].strip()
        depth = 2 if match["letter"] else 1
        if match["letter"] and self._is_roman(label):
            depth = 3
        self.article.provisions.append(Provision(label, depth, rest))
        inner = LABEL.match(rest)
        if depth < 3 and inner and inner["letter"]:  # "1. (a) …"
            self.article.provisions[-1].text = ""
            self._add_labelled(inner, rest)

    def _is_roman(self, label: str) -> bool:
        """Whether "i" is a Roman number: it is the letter behind h, and a number anywhere else."""
        letter, numbers = "", 0
        for provision in self.article.provisions:
            if provision.depth == 3:
                numbers += 1
            elif provision.label:
                letter, numbers = provision.label if provision.depth == 2 else "", 0
        is_next_letter = len(label) == 1 and label == (chr(ord(letter) + 1) if len(letter) == 1 else "a")
        return not is_next_letter and roman(label) == numbers + 1


def _is_title(text):
    return "\n" not in text and len(text) <= LONGEST_TITLE and not ENDS.search(text) and not LABEL.match(text)


def _without_contents(treaty):
    """The treaty without a table of contents before it, which lists its articles without their text."""
    starts = [place for place, row in enumerate(treaty.articles) if row.number == treaty.articles[0].number]
    listed = treaty.articles[: starts[-1]] if starts else []
    if len(listed) < 2 or sum(_has_text(article) for article in listed) > 1:  # the last may run into the preamble
        return treaty
    rest = treaty.articles[starts[-1] :]
    above = [line for number, line in treaty.parts if number == treaty.parts[0][0] and line < rest[0].line]
    return Treaty(rest, [(number, line) for number, line in treaty.parts if line >= max(above, default=0)])


def _has_text(article):
    return any(provision.label or ENDS.search(provision.text) for provision in article.provisions)


def _take_title(article):
    """Makes a first short line the title where it has no full stop and something follows it."""
    if not article.title and len(article.provisions) > 1:
        first = article.provisions[0]
        if not first.label and _is_title(first.text):
            article.title = article.provisions.pop(0).text


def _set_anchors(provisions: Iterable[Provision]) -> None:
    """Gives each label its address within the article, made of those above it; the first of two equal ones has it."""
    path, seen = {}, set()
    for provision in provisions:
        path = {depth: label for depth, label in path.items() if depth < provision.depth}
        if provision.label:
            path[provision.depth] = provision.label
            anchor = "-".join(path.values())
            provision.anchor = "" if anchor in seen else anchor
            seen.add(anchor)
