"""Footnotes: bodies taken out of the lines, marks taken out of the text with their place."""

from dataclasses import dataclass

from .lines import Body, Line
from .patterns import ADDRESS_AT_END, ANCHOR, BODY, BRACKET, BROKEN_ANCHOR, PIECE_OF_ADDRESS, WORD_OF_SENTENCE
from .records import ImportFault


def without_bodies(lines: list[Line]) -> list[Line]:
    """The lines with the bodies of their notes taken out of the text; those that a body runs over are one."""
    whole, at = [], 0
    while at < len(lines):
        line, at = _line(lines, at)
        whole.append(line)
    return whole


def _line(lines, first):
    text, bodies, at, place = "", [], first, 0
    while opening := BODY.search(lines[at].text, place):
        text += lines[at].text[place : opening.start()]
        number = lines[at].number
        at, place, pieces = _body(lines, at, opening)
        bodies.append(Body(int(opening.group(1)), _joined(pieces), number))
        if lines[at].text[place : place + 1] in ("", " "):
            text = text.rstrip(" ")
    text += lines[at].text[place:]
    raw = "".join(line.raw for line in lines[first : at + 1])
    return Line(lines[first].number, text, raw, tuple(bodies)), at + 1


def _body(lines, at, opening):
    """Where a body closes, line and column, and its pieces; brackets inside it must be in pairs."""
    words = f"footnote {opening.group(1)} opens here and is never closed. Close it with a square bracket."
    unclosed = ImportFault(lines[at].number, words)
    depth, place, pieces = 1, opening.end(), []
    while at < len(lines):
        text = lines[at].text
        for bracket in BRACKET.finditer(text, place):
            if len(bracket.group()) > 1:
                raise unclosed
            depth += 1 if bracket.group() == "[" else -1
            if depth == 0:
                return at, bracket.end(), [*pieces, text[place : bracket.start()]]
        pieces.append(text[place:])
        at, place = at + 1, 0
    raise unclosed


def _joined(pieces):
    text = ""
    for piece in pieces:
        piece = piece.strip(" \t")
        if text and piece and not _breaks_address(text, piece):
            text += " "
        text += piece
    return text


def _breaks_address(before: str, after: str) -> bool:
    """Whether the break between two pieces of a note stands inside a web address."""
    tail = before[-600:]
    if not ADDRESS_AT_END.search(tail):
        return False
    if PIECE_OF_ADDRESS.match(after):
        return True
    return tail[-1] not in ".,;:)" and not WORD_OF_SENTENCE.match(after)


@dataclass(frozen=True)
class Marked:
    """A text without the marks of notes, and the marks as (number, offset in the text)."""

    text: str
    anchors: tuple[tuple[int, int], ...] = ()


def marked(raw: str) -> Marked:
    """A stripped text and its marks, from a text that holds them in brackets."""
    clean, anchors, last = "", [], 0
    for anchor in ANCHOR.finditer(raw):
        clean += raw[last : anchor.start()]
        anchors.append((int(anchor.group(1)), len(clean)))
        last = anchor.end()
    clean += raw[last:]
    text = clean.strip(" \t")
    lead = len(clean) - len(clean.lstrip(" \t"))
    return Marked(text, tuple((number, min(max(place - lead, 0), len(text))) for number, place in anchors))


def joined(pieces: list[Marked], separator: str) -> Marked:
    """Texts put together, their marks moved along."""
    anchors, length = [], 0
    for piece in pieces:
        anchors += [(number, length + place) for number, place in piece.anchors]
        length += len(piece.text) + len(separator)
    return Marked(separator.join(piece.text for piece in pieces), tuple(anchors))


def bodies_of(lines: list[Line], seen: dict[int, int]) -> dict[int, str]:
    """The notes of a paragraph, by number; raises ImportFault unless each mark has one body, and each body one mark.

    `seen` holds the notes of the paragraphs before, with their lines, and takes in the new ones.
    """
    marks, bodies, texts = {}, {}, {}
    for line in lines:
        if BROKEN_ANCHOR.search(ANCHOR.sub("", line.text)):
            raise ImportFault(line.number, "the mark of a footnote is broken. It should read [footnoteRef:5].")
        for number in line.anchors:
            _once(number, line.number, marks, seen)
        for body in line.bodies:
            _once(body.number, body.line, bodies, {})
            texts[body.number] = body.text
    for number, line in marks.items():
        if number not in bodies:
            raise ImportFault(
                line, f"footnote {number} is called but has no body in its paragraph. Add it as [{number}: …]."
            )
    for number, line in bodies.items():
        if number not in marks:
            raise ImportFault(
                line, f"footnote {number} has a body but no mark in its paragraph. Add [footnoteRef:{number}]."
            )
    seen.update(marks)
    return texts


def _once(number, line, here, before):
    if number in here or number in before:
        first = here.get(number) or before[number]
        raise ImportFault(line, f"footnote {number} is there twice, first on line {first}. Number each footnote once.")
    here[number] = line


def refuse(line: Line, where: str) -> None:
    """Raises ImportFault when a line that must not contain a footnote contains one."""
    if numbers := [*line.anchors, *(body.number for body in line.bodies)]:
        words = f"footnote {numbers[0]} stands in {where}. Move its mark and its body into the paragraph below."
        raise ImportFault(line.number, words)
