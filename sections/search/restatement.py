"""A query with operators in words: "Paragraphs with “children” and (“detention” or “custody”), but not “asylum”."."""

from django.utils.translation import gettext, ngettext

from .engine.query_tree import And, Field, Leaf, Near, Node, Not, Or, Phrase


def restated(node: Node) -> str:
    """The sentence for a whole query."""
    if isinstance(node, Not):
        return gettext("Paragraphs without %(what)s.") % {"what": _words(node.member, nested=True)}
    return gettext("Paragraphs with %(what)s.") % {"what": _words(node)}


def _words(node, nested=False):
    if isinstance(node, Leaf):
        return _leaf(node)
    if isinstance(node, Field):
        return _field(node)
    if isinstance(node, Near):
        return _near(node)
    if isinstance(node, Not):
        return gettext("not %(what)s") % {"what": _words(node.member, nested=True)}
    if isinstance(node, And) and node.is_run:
        return gettext("“%(words)s”") % {"words": " ".join(word.text for word in node.members)}
    text = _either(node) if isinstance(node, Or) else _both(node)
    return f"({text})" if nested else text


def _leaf(leaf):
    if isinstance(leaf, Phrase) and leaf.by == "exact" and len(leaf.parts) > 1:
        return gettext("the phrase “%(words)s”") % {"words": leaf.text}
    return gettext("“%(words)s”") % {"words": leaf.text}


def _field(node):
    labels = {
        "part": gettext("part %(value)s of the Convention"),
        "article": gettext("article %(value)s"),
        "institution": gettext("the institution “%(value)s”"),
        "law": gettext("the law “%(value)s”"),
        "programme": gettext("the programme “%(value)s”"),
        "reply": gettext("reply %(value)s"),
        "place": gettext("the place “%(value)s”"),
        "year": gettext("the year %(value)s"),
        "has": gettext("“%(value)s” as content"),
    }
    return labels[node.name] % {"value": node.value}


def _near(node):
    things = [_words(member, nested=True) for member in node.members]
    values = {"count": node.distance, "things": gettext(", ").join(things)}
    if node.in_order:
        form = ngettext(
            "%(things)s in this order with at most %(count)s word between them",
            "%(things)s in this order with at most %(count)s words between them",
            node.distance,
        )
    else:
        form = ngettext(
            "%(things)s with at most %(count)s word between them",
            "%(things)s with at most %(count)s words between them",
            node.distance,
        )
    return form % values


def _either(node):
    return _listed([_words(member, nested=True) for member in node.members], gettext("%(first)s or %(last)s"))


def _both(node):
    """What is asked for, then what is excluded."""
    wanted = [_words(member, nested=True) for member in node.members if not isinstance(member, Not)]
    excluded = [_words(member.member, nested=True) for member in node.members if isinstance(member, Not)]
    both = gettext("%(first)s and %(last)s")
    if not wanted:
        return _listed([gettext("not %(what)s") % {"what": each} for each in excluded], both)
    if not excluded:
        return _listed(wanted, both)
    values = {"wanted": _listed(wanted, both), "excluded": _listed(excluded, gettext("%(first)s or %(last)s"))}
    return gettext("%(wanted)s but not %(excluded)s") % values


def _listed(words, form):
    *first, last = words
    return form % {"first": gettext(", ").join(first), "last": last} if first else last
