"""The things that a query names: entries, articles and headings to be shown above the paragraphs."""

from .catalogue import Catalogue, stems

MOST = 6  # of each


def named_things(things: Catalogue, meaning) -> dict[str, tuple]:
    """The entries, articles and headings that the query names or whose name holds all its words, best first."""
    named = [things.entries[entry] for entry in dict.fromkeys(meaning.entries)]
    found = _by_words(things, meaning.words) if meaning.words and not named else []
    entries = [thing for thing in found if thing.type not in ("article", "section")]
    return {
        "entries": tuple([*named, *entries][:MOST]),
        "articles": tuple([thing for thing in found if thing.type == "article"][:MOST]),
        "sections": tuple([thing for thing in found if thing.type == "section"][:MOST]),
    }


def _by_words(things, words):
    """Things with one name that holds all the words; the fewer other words in it, the further up."""
    wanted = set(words)
    rarest = min(wanted, key=lambda word: len(things.by_stem.get(word, ())))
    ranked = []
    for thing, numbers in things.by_stem.get(rarest, {}).items():
        for word in wanted - {rarest}:
            numbers = numbers & things.by_stem.get(word, {}).get(thing, set())
        if numbers:
            shortest = min(things.name_lengths[thing, number] for number in numbers)
            ranked.append((-len(wanted) / max(shortest, 1), -thing.paragraphs, thing.name, thing.slug, thing))
    return [row[-1] for row in sorted(ranked, key=lambda row: row[:4])]


def label_of(things: Catalogue, field: str, value: str) -> str:
    """How a filter's value is told in a sentence: an entry by its name, everything else by its number."""
    entry = things.by_slug.get((field, value))
    if entry is not None:
        return f"“{things.entries[entry].name}”"
    return things.parts.get(int(value), value) if field == "part" else value


def value_of(things: Catalogue, field: str, typed: str) -> str | None:
    """A filter's value as the address writes it, from what is typed after a field: a name, a number; None if none."""
    typed = typed.strip()
    if field in ("institution", "law", "programme"):
        if (field, typed.lower()) in things.by_slug:
            return typed.lower()
        sequence = stems(typed)
        for spotted in things.names.spot(sequence):
            if spotted.last - spotted.first == len(sequence):
                for entry in spotted.values:
                    if things.entries[entry].type == field:
                        return things.entries[entry].slug
        return None
    if field == "part":
        romans = {roman.lower(): number for number, roman in things.parts.items()}
        number = romans.get(typed.lower(), int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0)
        return str(number) if number in things.parts else None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 9):
        return None
    if field == "article":
        return str(int(typed)) if int(typed) in things.articles else None
    return str(int(typed))
