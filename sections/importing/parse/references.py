"""Annexes and web addresses that a text points to."""

import re

from sections.text.whole_numbers import whole_number

from .patterns import ANNEX, ANNEX_LABEL, ANNEXES, WEB
from .records import ReferenceRecord

MAX_RANGE = 500  # annexes in a range such as "3 to 6"


def references_in(text: str) -> tuple[ReferenceRecord, ...]:
    """The references of a text in order.

    The first label's span takes in the word before it ("Annexes 3"), a later one is the label alone ("9a"); the
    annexes that "3 to 6" leaves unwritten stand on the "to".
    """
    references = [*_addresses(text), *_annexes(text)]
    return tuple(sorted(references, key=lambda reference: reference.start))


def _addresses(text):
    for match in WEB.finditer(text):
        address = match.group().rstrip(".,;:'’")
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(".,;:'’")
        if address.lower() not in ("http://", "https://", "www"):
            yield ReferenceRecord("web", match.start(), match.start() + len(address), address)


def _annexes(text):
    if "nnex" not in text:
        return
    for match in (*ANNEXES.finditer(text), *ANNEX.finditer(text)):
        yield from _labels(match)


def _labels(match):
    start, previous = match.start(), None
    words = match.group()
    first = re.match(r"\w+\s+", words).end()
    for label_match in ANNEX_LABEL.finditer(words, first):
        joint, label = label_match.group(1) or "", label_match.group(2)
        label_start = match.start() + label_match.start(2)
        end = match.start() + label_match.end(2)
        first_number, last_number = whole_number(previous or ""), whole_number(label)
        if joint.strip() in ("to", "–") and first_number is not None and last_number is not None:
            place = match.start() + label_match.start(1) + joint.index(joint.strip())
            for between in range(first_number + 1, min(last_number, first_number + MAX_RANGE)):
                yield ReferenceRecord("annex", place, place + len(joint.strip()), str(between))
        yield ReferenceRecord("annex", start if previous is None else label_start, end, label)
        previous = label
