"""Paragraphs in the form of a report, as many as are wanted and always the same: `python bench/corpus.py 1000`.

Each paragraph depends on its number and the seed alone. Words are invented; the k-th commonest occurs in proportion
to 1 / (k + 2.7), as in English. Two paragraphs in five name entries, one in five has list items, one in eight bears on
articles of the Convention; a paragraph has 80 words on average, as in Mexico's report, and a reply six paragraphs.
"""

import argparse
import hashlib
import json
from bisect import bisect
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from itertools import accumulate, product
from random import Random

WORDS = 30_000
REPLY = 6  # paragraphs in a reply
ENTRIES = {"institution": 60, "law": 45, "programme": 35}
PHRASES = 400  # pairs of words that stand together more often than chance would have it
ARTICLES = 71
PARTS = 6


@dataclass(frozen=True)
class Named:
    """Where a paragraph names an entry: the block, the characters in its text, the entry's type and rank from 0."""

    block: int
    start: int
    end: int
    type: str
    rank: int


@dataclass(frozen=True)
class Paragraph:
    """A generated paragraph: its number from 1, its reply, the Convention part it stands under, and its content."""

    number: int
    reply: int
    part: int
    blocks: tuple[str, ...]
    named: tuple[Named, ...]
    articles: tuple[int, ...]


def generate(count: int, seed: int = 3, first: int = 1) -> Iterator[Paragraph]:
    """Paragraphs `first` to `first + count - 1`; whichever are asked for, each comes out the same."""
    for number in range(first, first + count):
        yield _paragraph(number, Random(seed * 1_000_003 + number))


@cache
def vocabulary() -> list[str]:
    """The words, the commonest first."""
    onsets = [*"bcdfghlmnprstv", "br", "cl", "dr", "fl", "gr", "pl", "pr", "st", "tr"]
    vowels = [*"aeiou", "ai", "ea", "io", "ou"]
    codas = ["", "l", "n", "r", "s", "nt", "rm"]
    syllables = ["".join(parts) for parts in product(onsets, vowels, codas)]
    random, words = Random(2017), {}
    while len(words) < WORDS:
        length = 1 if len(words) < 60 else random.choice((2, 2, 3) if len(words) < 3000 else (2, 3, 3, 4))
        words["".join(random.choices(syllables, k=length))] = True
    return list(words)


@cache
def phrases() -> list[tuple[str, str]]:
    """The pairs of words that stand together often, the commonest first."""
    random, words = Random(1990), vocabulary()
    return [(words[random.randrange(40, 900)], words[random.randrange(40, 900)]) for _ in range(PHRASES)]


@cache
def names(type: str) -> list[str]:
    """The names of the entries of a type, the most often named first."""
    opening = {"institution": "Office of", "law": "General Act on", "programme": "Programme for"}[type]
    random, words = Random(type), vocabulary()
    return [
        f"{opening} {words[3000 + rank].title()} {words[random.randrange(100, 5000)].title()}"
        for rank in range(ENTRIES[type])
    ]


@cache
def _falling(count):
    return list(accumulate(1 / (rank + 2.7) for rank in range(count)))


def _rank(random, count):
    weights = _falling(count)
    return bisect(weights, random.random() * weights[-1])


def _paragraph(number, random):
    reply = (number - 1) // REPLY + 1
    blocks, named = [], []
    for _ in range(random.randint(2, 5) if random.random() < 0.2 else 1):
        text = ""
        for _ in range(random.randint(1, 4 if not blocks else 1)):
            text = _sentence(random, text, len(blocks), named)
        blocks.append(text)
    bears = random.randint(1, 3) if random.random() < 0.125 else 0
    articles = {1 + _rank(random, ARTICLES) for _ in range(bears)}
    return Paragraph(number, reply, 1 + reply % PARTS, tuple(blocks), tuple(named), tuple(sorted(articles)))


def _sentence(random, text, block, named):
    """The text with one more sentence; what it names is added to `named`."""
    words = [vocabulary()[_rank(random, WORDS)] for _ in range(random.randint(12, 38))]
    if random.random() < 0.3:
        words += phrases()[_rank(random, PHRASES)]
    if random.random() < 0.1:
        words += [str(random.randint(1990, 2017)), f"{random.randint(1, 999)},{random.randint(0, 999):03}"]
    opening = f"{text} {words[0].capitalize()}" if text else words[0].capitalize()
    text = " ".join([opening, *words[1:]])
    if random.random() < 0.22:
        type = random.choice(tuple(ENTRIES))
        rank = _rank(random, ENTRIES[type])
        name = names(type)[rank]
        named.append(Named(block, len(text) + 5, len(text) + 5 + len(name), type, rank))
        text = f"{text} the {name}"
    return f"{text}."


def main():
    parser = argparse.ArgumentParser(description=__doc__.split(":")[0])
    parser.add_argument("count", type=int, nargs="?", default=1000, help="How many paragraphs (1000).")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--print", action="store_true", help="Print them, a line of JSON each, instead of a summary.")
    options = parser.parse_args()
    digest, words, named = hashlib.sha256(), 0, 0
    for paragraph in generate(options.count, options.seed):
        line = json.dumps(asdict(paragraph), sort_keys=True)
        if options.print:
            print(line)
        digest.update(line.encode())
        words += sum(len(block.split()) for block in paragraph.blocks)
        named += len(paragraph.named)
    if not options.print:
        print(f"{options.count} paragraphs, {words} words, {named} mentions, sha256 {digest.hexdigest()[:16]}")


if __name__ == "__main__":
    main()
