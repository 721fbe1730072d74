"""Tokens put in order: brackets in pairs, and an operator only where it has something to join. Pure."""

from .query_tokens import Token
from .query_tree import Remark

MAX_DEPTH = 12  # brackets within brackets

_ENDS = {"word", "phrase", "close"}  # what may stand before an operator
_BEGINS = {"word", "phrase", "open", "field", "not", "minus", "plus", "near_list"}  # and after it
_JOINS = {"and", "or", "near"}
_PREFIXES = {"not", "minus", "plus", "field", "near_list"}


def repaired(tokens: list[Token], remarks: list[Remark]) -> list[Token]:
    """The tokens that can be read as they stand; `remarks` says what was left out."""
    tokens, count = _in_pairs(tokens, remarks), -1
    while count != len(tokens):
        count = len(tokens)
        tokens = _with_partners(_with_content(tokens), remarks)
    return tokens


def _in_pairs(tokens, remarks):
    """Without brackets that have no partner, and without those that are nested too deeply."""
    opened, dropped = [], set()
    for at, token in enumerate(tokens):
        if token.kind == "open":
            opened.append(at)
        elif token.kind == "close" and opened:
            first = opened.pop()
            if len(opened) >= MAX_DEPTH:
                dropped |= {first, at}
                remarks.append("too deep")
        elif token.kind == "close":
            dropped.add(at)
            remarks.append("unpaired bracket")
    remarks += ["unpaired bracket"] * bool(opened)
    dropped.update(opened)
    return [token for at, token in enumerate(tokens) if at not in dropped]


def _with_content(tokens):
    """Without brackets around nothing."""
    kept = []
    for token in tokens:
        if token.kind == "close" and kept and kept[-1].kind == "open":
            kept.pop()
        else:
            kept.append(token)
    return kept


def _with_partners(tokens, remarks):
    kept = []
    for at, token in enumerate(tokens):
        before = kept[-1].kind if kept else ""
        after = tokens[at + 1].kind if at + 1 < len(tokens) else ""
        if token.kind == "near" and before not in _ENDS and after == "open":
            token = token._replace(kind="near_list")
        if _is_placed(token.kind, before, after):
            kept.append(token)
        elif token.kind == "field":
            kept.append(token._replace(kind="word"))
        else:
            remarks.append("lone operator")
    return kept


def _is_placed(kind, before, after):
    if kind in _JOINS:
        return before in _ENDS and after in _BEGINS
    if kind == "field":
        return after in {"word", "phrase", "open"}
    if kind == "near_list":
        return after == "open"
    return kind not in _PREFIXES or after in _BEGINS
