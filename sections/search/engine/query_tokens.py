"""What is typed, as tokens: words, phrases, brackets, operators and names of fields, those that can be read. Pure."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sections.text.fold import fold

from .query_tree import Remark

# The filters of the search, with the names by which people type them in the languages of the site, without accents.
FIELD_NAMES = {
    "part": "part parts parte partes partie parties",
    "article": "article articles art arts articulo articulos",
    "institution": "institution institutions institucion instituciones",
    "law": "law laws act acts ley leyes loi lois",
    "programme": "programme programmes program programs programa programas",
    "reply": "reply replies answer answers question questions respuesta respuestas pregunta preguntas reponse reponses",
    "place": "place places lugar lugares lieu lieux",
    "year": "year years ano anos annee annees",
    "has": "has contains tiene contiene contient",
}
FILTERS = tuple(FIELD_NAMES)
FIELD_OF = {name: field for field, names in FIELD_NAMES.items() for name in names.split()}

DISTANCE = 10  # of a NEAR without a number
MOST_DISTANCE = 100
MAX_DEPTH = 12  # brackets within brackets
_ENDS = {"word", "phrase", "close"}  # what may stand before an operator
_BEGINS = {"word", "phrase", "open", "field", "not", "minus", "plus", "near_list"}  # and after it
_JOINS = {"and", "or", "near"}
_PREFIXES = {"not", "minus", "plus", "field", "near_list"}

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″‹›＂", '"'))
_QUOTED = re.compile(r"(?<!\w)‘([^‘’\"]+)’(?!\w)")  # where a closing one may be an apostrophe, an opening one is not
_BEFORE, _AFTER = r"(?<![^\s()\"])", r"(?![^\s()\"])"
_NUMBER = r"\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+(?:\.\d+)?(?![\w/])"
_TOKEN = re.compile(
    rf"""
    "(?P<phrase>[^"]*)"(?:~(?P<within>\d{{1,3}}))?
  | (?P<minus>(?<![^\s(])[-−–](?=[^\s)\-−–]))
  | (?P<plus>(?<![^\s(])\+(?=[^\W\d]|[("]))
  | (?P<field>(?<![^\s(\-−–+])[^\W\d_]+):(?=[^\s)/])
  | (?P<open>\()
  | (?P<close>\))
  | (?P<and>{_BEFORE}(?:AND|&&){_AFTER})
  | (?P<or>{_BEFORE}(?:OR|\|\|?){_AFTER})
  | (?P<not>{_BEFORE}(?:ANDNOT|NOT){_AFTER})
  | (?P<near>{_BEFORE}(?:(?P<near_word>NEAR|ADJ|(?i:onear))(?:/?(?P<near_distance>\d{{1,3}}))?
      |(?P<west>(?i:w|n|pre|p)?)/(?P<west_distance>\d{{1,3}})){_AFTER})(?P<list>(?=\())?
  | (?P<number>{_NUMBER})
  | (?P<word>[^\s"()]+)
  | (?P<stray>")
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """A token: its kind, its text, and for a nearness the words between and whether order counts.

    The kinds are word, phrase, field, open, close, and, or, not, minus, plus, near, and for NEAR(a b) near_list.
    """

    kind: str
    text: str = ""
    distance: int = -1
    in_order: bool = False


def straight(text: str) -> str:
    """The text with one kind of quotation mark."""
    return _QUOTED.sub(r'"\1"', text.translate(_QUOTES))


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text whose quotation marks are straight and in pairs."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if match["phrase"] is not None:
            yield Token("phrase", match["phrase"], int(match["within"] or -1))
        elif match["near"]:
            yield _near(match)
        elif match["field"]:
            yield from _field(match["field"])
        elif kind != "stray":
            yield Token("word" if kind == "number" else kind, match[0])


def _near(match):
    distance = match["near_distance"] or match["west_distance"]
    in_order = (match["near_word"] or "").upper() in {"ADJ", "ONEAR"} or (match["west"] or "").lower() in {"pre", "p"}
    plain = 0 if match["near_word"] == "ADJ" else DISTANCE
    kind = "near_list" if match["list"] is not None and not distance else "near"
    return Token(kind, match[0], min(int(distance), MOST_DISTANCE) if distance else plain, in_order)


def _field(name):
    field = FIELD_OF.get(fold(name))
    yield Token("field", field) if field else Token("word", name)


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
