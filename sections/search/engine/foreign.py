"""Spanish and French words in queries: forms that count as one, and little words that say nothing. Pure."""

import re
from functools import lru_cache

CACHED_WORDS = 4_000
LANGUAGES = {"Spanish": "es", "French": "fr"}  # as the notes of the lexicon name them

_LITTLE = {
    "es": """
        a al algo alguna alguno algunas algunos ante antes aqui aquel aquella como con contra cual cuales cualquier
        cuando cuanta cuantas cuanto cuantos de del desde donde durante e el ella ellas ellos en entre era eran es esa
        esas ese eso esos esta estan estas este esto estos fue fueron ha han hasta hay la las le les lo los mas
        mediante mi muy ni no nos o otra otras otro otros para pero por porque pueden puede que quien quienes se sea
        segun ser si sin sobre son su sus tambien tanto tiene tienen todo toda todas todos tras un una unas uno unos y
        ya existe existen hace hacen dice dicen decir menciona mencionan informa acerca respecto mediante cuya cuyo
    """,
    "fr": """
        a afin ainsi alors apres au aucun aucune aussi autre autres aux avant avec avoir beaucoup bien ce cela celle
        celles celui ces cet cette ceux chaque chez combien comme comment concernant contre d dans de depuis des dont
        du durant elle elles en entre est et etaient etait etant ete etre eu eux fait font hors il ils jusque l la le
        les leur leurs lors lui mais mes moins ne ni non nos notre nous on ont ou par parmi pas pendant peu peut
        peuvent plus pour pourquoi pres qu quand que quel quelle quelles quels qui quoi s sa sans se selon ses si sont
        sous sur tel telle tous tout toute toutes tres un une vers voici voila vos vous y dit disent dire parle
        parlent mentionne mentionnent existe sujet propos
    """,
}
LITTLE_WORDS = {language: frozenset(words.split()) for language, words in _LITTLE.items()}

_ENDINGS = {
    "es": [(re.compile(r"ces$"), "z"), (re.compile(r"(?<=[bcdfghjklmnñpqrstvwxyz])es$"), ""), (re.compile(r"s$"), ""),
           (re.compile(r"(?<=...)[aoe]$"), "")],
    "fr": [(re.compile(r"eaux$"), "eau"), (re.compile(r"aux$"), "al"), (re.compile(r"(?<=..)[sx]$"), ""),
           (re.compile(r"euse$"), "eur"), (re.compile(r"(?<=...)e{1,2}$"), "")],
}  # fmt: skip
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu)(?=[aeiouh])")


@lru_cache(CACHED_WORDS)
def foreign_stem(language: str, word: str) -> str:
    """What a folded word of the language has in common with its plural and with the other gender."""
    for pattern, replacement in _ENDINGS[language]:
        word = pattern.sub(replacement, word)
    return word


def without_elision(word: str, text: str) -> str:
    """A folded French word as typed in `text` without the article or pronoun that an apostrophe joins to it."""
    return _ELISION.sub("", word, count=1) if re.match(r"(?i)(?:[cdjlmnst]|qu)['’ʼ]", text) else word
