"""Words of a query in the form in which reports print them: months, days, grouped digits, the United States."""

from dataclasses import replace

from .engine.analysis import stem
from .engine.dates import MONTHS, day_at, month_at, without_points
from .engine.english import carries_meaning
from .engine.phrase_dictionary import PhraseDictionary
from .engine.query_tree import Word
from .plan import QueryPlan
from .scope import Scope

# After these "us" is the country, also in small letters; otherwise it is where a word follows that it may qualify.
_BEFORE_COUNTRY = {"the", "in", "to", "from", "into", "of", "at", "within", "between", "and"}


def as_printed(run: list[Word], scope: Scope, names: PhraseDictionary, planned: QueryPlan) -> list[Word]:
    """The words in a row with those replaced that a report prints in another form; the plan notes which."""
    exacts = [word.exact for word in run]
    words = []
    for at, word in enumerate(run):
        is_acronym = word.text.isupper() and names.exact([word.stem])  # SEP
        if not is_acronym and (month := month_at(exacts, at)):
            word = _noted(word, month, planned)
        elif day := day_at(exacts, at):
            word = replace(word, exact=day, stem=day)
        elif _is_country(run, at):
            word = replace(word, exact="usa", stem=stem("usa"))
        elif (number := without_points(word.exact)) and not scope.words.count(word.exact) and scope.words.count(number):
            word = _noted(word, f"{int(number):,}", planned, number)
        words.append(word)
    return words


def _noted(word, says, planned, exact=""):
    """The word that says it, noted as a correction where it only spells out what was typed."""
    if says not in MONTHS or says.casefold().startswith(word.exact):
        planned.corrections.append((word.text, says))
    else:
        planned.translations.append((word.text, says))
    exact = exact or says.casefold()
    return Word(says, exact, stem(exact))


def _is_country(run, at):
    """Whether a "us" is the United States and no pronoun."""
    if run[at].exact != "us":
        return False
    before, after = (run[place].exact if 0 <= place < len(run) else "" for place in (at - 1, at + 1))
    shouts = len(run) > 1 and all(word.text.isupper() for word in run)
    if before in _BEFORE_COUNTRY or (run[at].text.isupper() and not shouts):
        return True
    return after != "" and carries_meaning(after) and (before == "" or carries_meaning(before))
