"""Annexes and web addresses that a text points to."""

from sections.text.whole_numbers import whole_number

from .patterns import ANNEX, ANNEX_LABEL, ANNEXES, FIRST_WORD, WEB
from .records import ReferenceRecord

MAX_RANGE = 500  # annexes in a range such as "3 to 6"


def references_in(text: str) -> tuple[ReferenceRecord, ...]:
    """The references of a text in order.

    The first label's span takes in the word before it ("Annexes 3"), a later one is the label alone ("9a"); the
    annexes that "3 to 6" leaves unwritten stand on the "to".
    """
    references = list(_addresses(text))
    for match in (*ANNEXES.finditer(text), *ANNEX.finditer(text)):
        references += _annexes(text, match.start(), match.end())
    return tuple(sorted(references, key=lambda reference: reference.start))


def _addresses(text):
    for match in WEB.finditer(text):
        address = match.group().rstrip(".,;:'’")
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(".,;:'’")
        if address.lower() not in ("http://", "https://", "www"):
            yield ReferenceRecord("web", match.start(), match.start() + len(address), address)


def _annexes(text, start, end):
    previous = ""
    for match in ANNEX_LABEL.finditer(text, FIRST_WORD.match(text, start).end(), end):
        label, joint = match["label"], (match["joint"] or "").strip()
        first, last = whole_number(previous), whole_number(label)
        if joint in ("to", "–") and first is not None and last is not None:
            place = text.index(joint, match.start())
            for between in range(first + 1, min(last, first + MAX_RANGE)):
                yield ReferenceRecord("annex", place, place + len(joint), str(between))
        yield ReferenceRecord("annex", match.start("label") if previous else start, match.end(), label)
        previous = label
