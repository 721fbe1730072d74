"""Citations as people type them in three languages: paragraphs, replies, footnotes, articles and others. Pure."""

import re
import unicodedata
from dataclasses import dataclass, replace

from .fold import HYPHENS
from .whole_numbers import whole_number

# Of a text without accents. What a citation names, with the words that people write between it and its number.
_QUESTION = r"(?:para(?:graph|graphe)?s?\.?|parrs?\.?|parrafos?|issues?|questions?|preguntas?|cuestiones|cuestion)"
_LIST_OF_ISSUES = r"list\s+of\s+issues|lista\s+de\s+cuestiones|liste\s+(?:de|des)\s+(?:points|questions)"
_NOUNS = {
    "paragraph": r"¶+|§+|para(?:graph|graphe)?s?\.?|pars?\.?|parrs?\.?|parr?a(?:gra)?fos?",
    "reply": rf"(?:repl(?:y|ies)|answers?|responses?)(?:\s+to\s+(?:the\s+)?{_QUESTION})?"
    rf"|respuestas?(?:\s+al?\s+(?:las?\s+|los\s+)?{_QUESTION})?|resp\."
    rf"|reponses?(?:\s+(?:a|aux?)\s+(?:la\s+|les\s+)?{_QUESTION})?|rep\."
    rf"|(?:{_LIST_OF_ISSUES}),?\s+{_QUESTION}|questions?|qq?\.?|issues?|preguntas?|cuestion(?:es)?",
    "footnote": r"foot-?\s?notes?|notes?\s+(?:de|en)\s+bas\s+de\s+page|notas?\s+(?:al|a|de)\s+pie(?:\s+de\s+pagina)?"
    r"|notes?|notas?|fn\.?|nn?\.",
    "table": r"tables?|tab\.|cuadros?|tablas?|tableaux?",
    "article": r"art(?:icle|iculo)?s?\.?",
    "part": r"parts?|partes?|parties?",
    "page": r"pages?|pp?\.?|paginas?|pags?\.?",
}
_SYMBOL = r"[A-Za-z][\w.-]*(?:/[\w.-]+){2,}"
_DOCUMENT = rf"(?:U\.?N\.?\s+Doc\.?\s*)?(?P<symbol>{_SYMBOL})(?:\s*\([^()]*\))?"
_SEE = r"(?:(?:see|cf\.?|in|at|vease|ver|en|voir|au)\s+)?"
_THE = (
    r"(?:(?:the\s+|el\s+|le\s+)?text[oe]?\s+(?:of|from|de)\s*l?\s+)?"
    r"(?:the\s+|el\s+|las?\s+|los\s+|les?\s+|l')?"
)
_NUMBER_SIGN = r"(?:\s*(?:nos?\.|n[º°]\.?|num\.|numeros?|numbers?|#))?"
_RANGE = r"(?:-|to|through|thru|al?|hasta|aux?|jusqu'a)"
_LIST = r"(?:,\s*(?:and|y|e|et|&)?|;|&|\+|and|y|e|et|or|ou|o)"
_RUN = rf"[0-9]{{1,9}}(?:\s*{_RANGE}\s*[0-9]{{1,9}})?"


def _runs(noun):
    return rf"(?P<numbers>{_RUN}(?:\s*{_LIST}\s*(?:(?:{noun})\s*)?{_RUN})*)"


_BRACKETED = r"(?:\s*\(?[a-z]{1,4}\)|\s*\([0-9]{1,2}\))+"
_ITEM_NOUN = r"\s*,?\s*(?:(?:sub-?\s?)?(?:item|para(?:graph)?)|inciso|inc|lit(?:era|eral)?|alinea|al|letter|letra)\b\.?"
_ITEM = rf"(?:(?:{_ITEM_NOUN})?(?P<item>{_BRACKETED}|\s?[a-z](?![\w'])))?"
_PATTERNS = [
    (
        kind,
        re.compile(
            rf"(?is)^{_SEE}(?:{_DOCUMENT}(?:\s*[,:;]\s*|\s+))?{_THE}(?:{noun}){_NUMBER_SIGN}\s*{_runs(noun)}{_ITEM}(?P<rest>\D.*|)$"
        ),
    )
    for kind, noun in _NOUNS.items()
]
_ANNEX = re.compile(r"(?i)^(?:the\s+|el\s+|l')?an(?:nex(?:es|e)?|exos?)\s+(?P<label>[0-9]{1,4}\s?[a-z]?|[a-z])$")
_REPORT = re.compile(rf"(?i)^{_DOCUMENT}$")
_BARE = re.compile(
    rf"(?i)^(?:{_DOCUMENT}(?:\s*,\s*|\s+|/))?#?(?P<numbers>[0-9]{{1,9}}(?:\s*(?:-|to|and|&)\s*[0-9]{{1,9}})?)(?P<item>{_BRACKETED})?$"
)
_ARTICLE = _NOUNS["article"]
_PARAGRAPH_OF = re.compile(rf"(?i)^(?:{_NOUNS['paragraph']})\s*[0-9]+\s+(?:of|del?|de\s+l)\b[\s']*(?:the\s+)?(?=art)")
_LAW_FIRST = re.compile(
    rf"(?is)^(?:{_DOCUMENT}\s*[,:;]?\s+)?{_THE}(?P<law>(?!{_THE}{_ARTICLE})[^\W\d].*?),?\s+{_ARTICLE}{_NUMBER_SIGN}\s*{_runs(_ARTICLE)}"
    r"(?:\s*\([0-9]+\))?$"
)
_PART = re.compile(
    r"(?i)^(?:the\s+|las?\s+|les?\s+)?part(?:e|ie)?s?\s+"
    rf"(?P<romans>[ivx]{{1,5}}(?:\s*{_LIST}\s*[ivx]{{1,5}})*)(?:\s+(?:of|de)\s+(?:the|la)\s+conven\w+)?$"
)
_OF = re.compile(
    rf"(?is)^\s*(?:[,.]?\s*(?:{_NOUNS['paragraph']}|\.|\()\s*[0-9]+\)?)?\s*,?\s*"
    r"(?:of|from|in|del?|du|des|dans|en)?\s*(?:the\s+|las?\s+|los\s+|el\s+|les?\s+|l')?(?P<name>.*?)\s*$"
)
_LAW = re.compile(r"(?i)^\s*(?:\([0-9]+\))?\s*,?\s*(?:of|from|in|del?|du|des|\b)\s*(?:the\s+)?\S")
# A question for what is cited: "What does the report say on article 22?", "What does article 22 say?"
_QUESTIONS = [
    re.compile(rf"(?is)^¿?\s*{question}$")
    for question in (
        r"what\s+(?:does|do|did|is)\s+[\w' ]{1,60}?(?:\s|^)(?:says?|state|report(?:ed)?|mention|provide)\s+"
        r"(?:on|about|regarding|concerning|under)\s+(?P<cited>.+)",
        r"what\s+(?:does|do)\s+(?P<cited>.+?)\s+(?:say|state|provide|mean)",
        r"que\s+(?:dicen?|informan?)\s+(?:[\w' ]{1,60}?\s)?(?:sobre|acerca\s+del?)\s+(?P<cited>.+)",
        r"que\s+(?:dicen?|establecen?)\s+(?P<cited>.+)",
        r"que\s+(?:dit|disent)(?:-il)?\s+(?:[\w' ]{1,60}?\s)?(?:sur|de|a\s+propos\s+de)\s+(?P<cited>.+)",
        r"que\s+(?:dit|disent|prevoit)\s+(?P<cited>.+)",
    )
]
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
# What a citation may say that it is of, without being of another thing.
_OWN = {
    "convention", "convencion", "convenio", "text", "texto", "texte", "treaty", "icrmw", "cmw", "report",
    "present report", "informe", "rapport",
}  # fmt: skip
_DASHES = str.maketrans(dict.fromkeys(HYPHENS, "-"))


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited: the kind, first and last number or a label, the document's symbol, a law's name.

    `more` are the other numbers and ranges of a list, `item` names an item in a paragraph. A bare number is of kind
    "number": a paragraph where there is one, otherwise a figure to search for.
    """

    kind: str
    first: int = 0
    last: int = 0
    label: str = ""
    symbol: str = ""
    law: str = ""
    more: tuple[tuple[int, int], ...] = ()
    item: tuple[str, ...] = ()

    @property
    def runs(self) -> tuple[tuple[int, int], ...]:
        """All numbers as ranges."""
        return ((self.first, self.last), *self.more)


def parse_citation(text: str) -> Citation | None:
    """The citation that a whole query is, or None."""
    text = " ".join(text.split()).rstrip(" .,;?")
    plain = _plain(text)
    for question in filter(None, (pattern.match(plain) for pattern in _QUESTIONS)):
        asked = slice(*question.span("cited"))
        cited = _parse(text[asked], plain[asked])
        if cited and cited.kind != "number":
            return cited
    return _parse(text, plain)


def _parse(text, plain):
    if match := _PARAGRAPH_OF.match(plain):
        text, plain = text[match.end() :], plain[match.end() :]
    if match := _ANNEX.match(plain):
        return Citation("annex", label=match["label"].replace(" ", "").lower())
    if match := _PART.match(plain):
        numbers = [_ROMAN.get(roman) for roman in re.findall(r"(?<!\w)[ivx]+(?!\w)", match["romans"].lower())]
        return None if None in numbers else Citation("part", *numbers[:1] * 2, more=tuple((n, n) for n in numbers[1:]))
    if (match := _LAW_FIRST.match(plain)) and _is_name(match["law"]):
        cited = _numbered("article", match)
        law = text[match.start("law") : match.end("law")]
        return cited if match["law"].lower() in _OWN else replace(cited, law=law)
    if match := _REPORT.match(plain):
        return Citation("report", symbol=match["symbol"].upper())
    if match := _BARE.match(plain):
        return _numbered("paragraph" if match["symbol"] or match["item"] else "number", match)
    for kind, pattern in _PATTERNS:
        if match := pattern.match(plain):
            return _with_rest(_numbered(kind, match), plain[match.start("rest") :], text[match.start("rest") :])
    return None


def _is_name(words):
    """Whether words may be those of a law: several, or one with a capital letter; "textile article" names none."""
    return " " in words or words[0].isupper() or words.lower() in _OWN


def _plain(text):
    """The text, as long as it is, without accents and with one kind of dash and apostrophe."""
    letters = (unicodedata.normalize("NFD", letter)[0] for letter in text.translate(_DASHES))
    return "".join(letters).replace("’", "'")


def _numbered(kind, match):
    runs = []
    for piece in re.findall(rf"(?i){_RUN}", match["numbers"]):
        first, *last = re.findall("[0-9]+", piece)
        ends = [whole_number(number) for number in (first, *(_whole(number, first) for number in last))]
        runs.append((min(ends), max(ends)))
    item = tuple(re.findall("[a-z]+|[0-9]+", (match["item"] or "").lower())) if kind == "paragraph" else ()
    (first, last), *more = runs
    return Citation(kind, first, last, symbol=(match["symbol"] or "").upper(), more=tuple(more), item=item)


def _whole(number, first):
    """The last number of a range, of which only the digits that differ may be typed: 131-6."""
    whole = first[: -len(number)] + number
    return whole if len(number) < len(first) and whole > first else number


def _with_rest(cited, plain, rest):
    """The citation with what follows its number: nothing, the document, or for an article a law."""
    match = _OF.match(plain)
    name, typed = match["name"], rest[match.start("name") : match.end("name")]
    if not name or name.lower() in _OWN or name.upper() == cited.symbol:
        return cited
    if re.fullmatch(_SYMBOL, name) and not cited.symbol:
        return replace(cited, symbol=name.upper())
    if cited.kind != "article" or not _LAW.match(plain):
        return None
    return replace(cited, law=typed)
