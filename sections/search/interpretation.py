"""How a query was understood, in sentences for readers."""

from django.utils.translation import gettext, ngettext

from sections.markup import grouped
from sections.models.captions import said

from .engine.query_parser import Phrase, Query

SHOWN = 4  # other names of an entry that are told


def sentences(query: Query, meaning, full: int, count: int) -> list[str]:
    """What was looked for, and in what the answer differs from what was typed."""
    told = [said(remark) for remark in query.remarks]
    for typed, meant in meaning.mended:
        form = gettext("Nothing here says “%(typed)s”; these are results for “%(meant)s”.")
        told.append(form % {"typed": typed, "meant": meant})
    told += [gettext("Nothing here says “%(typed)s”.") % {"typed": label} for label in meaning.unknown]
    looked_for = [_asked(members) for members in query.groups if isinstance(members[0], Phrase) or len(members) > 1]
    beginnings = [word.exact for word in query.words if word.prefix]
    looked_for += [gettext("any word that begins with “%(word)s”") % {"word": word} for word in beginnings]
    if looked_for:
        told.append(gettext("Looked for %(things)s.") % {"things": _listed(looked_for)})
    if query.without:
        left_out = _listed([_quoted(member.text) for member in query.without])
        told.append(gettext("Left out what says %(things)s.") % {"things": left_out})
    told += [_also(also) for also in meaning.also if also.others]
    told += _extent(full, count)
    return told


def _also(also):
    others = ", ".join(_quoted(name) for name in also.others[:SHOWN])
    if len(also.others) > SHOWN:
        others = gettext("%(names)s and %(count)s more") % {"names": others, "count": len(also.others) - SHOWN}
    return gettext("“%(typed)s” also searched for as %(names)s.") % {"typed": also.typed, "names": others}


def _extent(full, count):
    if not count or full == count:
        return []
    if not full:
        return [gettext("No paragraph says all of this; these say most of it, or stand beside what does.")]
    form = ngettext(
        "%(count)s paragraph says all of this; the others that follow say most of it, or stand beside what does.",
        "%(count)s paragraphs say all of this; the others that follow say most of it, or stand beside what does.",
        full,
    )
    return [form % {"count": grouped(full)}]


def _asked(members):
    said_so = [
        gettext("exactly “%(words)s”") % {"words": member.text} if isinstance(member, Phrase) else _quoted(member.text)
        for member in members
    ]
    return gettext(" or ").join(said_so)


def _quoted(words):
    return gettext("“%(words)s”") % {"words": words}


def _listed(items):
    if len(items) < 2:
        return "".join(items)
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(items[:-1]), "last": items[-1]}
