"""How a query was understood, in sentences for readers."""

from .language import Phrase, Query

SHOWN = 4  # other names of an entry that are told


def sentences(query: Query, meaning, full: int, count: int) -> list[str]:
    """What was looked for, and in what the answer differs from what was typed."""
    told = list(query.remarks)
    for typed, meant in meaning.mended:
        told.append(f"Nothing here says “{typed}”; these are results for “{meant}”.")
    told += [f"Nothing here says “{label}”." for label in meaning.unknown]
    looked_for = [_asked(members) for members in query.groups if isinstance(members[0], Phrase) or len(members) > 1]
    looked_for += [f"any word that begins with “{word.exact}”" for word in query.words if word.prefix]
    if looked_for:
        told.append(f"Looked for {_listed(looked_for)}.")
    if query.without:
        told.append(f"Left out what says {_listed([f'“{member.text}”' for member in query.without])}.")
    for also in meaning.also:
        if also.others:
            others = ", ".join(f"“{name}”" for name in also.others[:SHOWN])
            more = f" and {len(also.others) - SHOWN} more" if len(also.others) > SHOWN else ""
            told.append(f"“{also.typed}” also searched for as {others}{more}.")
    told += _extent(full, count)
    return told


def _extent(full, count):
    if not count or full == count:
        return []
    if not full:
        return ["No paragraph says all of this; these say most of it, or stand beside what does."]
    first = "1 paragraph says" if full == 1 else f"{full:,} paragraphs say"
    return [f"{first} all of this; the others that follow say most of it, or stand beside what does."]


def _asked(members):
    return " or ".join(
        f"exactly “{member.text}”" if isinstance(member, Phrase) else f"“{member.text}”" for member in members
    )


def _listed(items):
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
