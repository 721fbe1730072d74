"""What is typed, as tokens: words, phrases, brackets, operators and names of fields. Pure."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sections.text.fold import fold

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
