"""Where the sentences of a text begin and end. Pure.

A sentence ends at a full stop, question mark or exclamation mark that a space and a capital, digit or
opening quotation mark follow, unless the stop belongs to an abbreviation or an initial; and at a line break,
which only the text of a table holds.
"""

import re

END = re.compile(r"[.!?][\"'”’)\]]*(?=\s+[\"'“‘(\[]*[^\W_a-zà-ÿ])|\n")
ABBREVIATED = re.compile(
    r"(?:\b(?:Nos?|arts?|paras?|pp?|vols?|eds?|Mrs?|Ms|Drs?|St|vs|cf|e\.g|i\.e|approx)|(?<![^\W_])[A-Z])$"
)


def sentence_bounds(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence in order, without the space between them."""
    bounds, start = [], 0
    for match in END.finditer(text):
        if match.group() != "\n" and ABBREVIATED.search(text, start, match.start()):
            continue
        bounds.append((start, match.end()))
        start = match.end()
    bounds.append((start, len(text)))
    return [_stripped(text, *pair) for pair in bounds if text[slice(*pair)].strip()]


def _stripped(text, start, end):
    sentence = text[start:end]
    return start + len(sentence) - len(sentence.lstrip()), end - (len(sentence) - len(sentence.rstrip()))
