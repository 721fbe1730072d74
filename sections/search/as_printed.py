"""Words of a query in the form in which reports print them: months, days, numbers, the United States."""

from dataclasses import replace

from sections.text.english_words import MONTHS

from .engine.analysis import stem
from .engine.dates import day_at, month_at
from .engine.english import carries_meaning
from .engine.numbers import grouped, other_form, rounded, scale_of, without_points
from .engine.phrase_dictionary import PhraseDictionary
from .engine.query_tree import Word
from .query_plan import QueryPlan, Translated
from .scope import Scope

# After these "us" is the country, also in small letters; otherwise it is where a word follows that it may qualify.
_BEFORE_COUNTRY = {"the", "in", "to", "from", "into", "of", "at", "within", "between", "and"}
MOST_NUMBERS = 3  # for which a round one stands


def as_printed(run: list[Word], scope: Scope, names: PhraseDictionary, planned: QueryPlan) -> list[Word]:
    """The words in a row with those replaced that a report prints in another form; the plan notes which."""
    exacts = [word.exact for word in run]
    words, used = [], 0  # words that belong to the number before them
    for at, word in enumerate(run):
        if used:
            used -= 1
            continue
        is_acronym = word.text.isupper() and names.exact([word.stem])  # SEP
        scale = scale_of(exacts[at + 1 :])
        if not is_acronym and (month := month_at(exacts, at)):
            word = _noted(word, month, planned)
        elif day := day_at(exacts, at):
            word = replace(word, exact=day, stem=day)
        elif _is_country(run, at):
            word = replace(word, exact="usa", stem=stem("usa"))
        elif numbers := _printed_numbers(word.exact, scale, scope):
            used = len(scale.split())
            typed = " ".join(each.text for each in run[at : at + 1 + used])
            word = _noted(replace(word, text=typed), grouped(numbers[0]), planned, numbers[0])
            if len(numbers) > 1:
                planned.also.append(Translated((word.stem,), tuple(numbers[1:])))
        elif other := other_form(word.exact):
            planned.also.append(Translated((word.stem,), (other,)))
        words.append(word)
    return words


def _printed_numbers(exact, scale, scope):
    """The numbers of the report for one that it does not contain: with its thousands apart, or what it rounds."""
    count = scope.words.count
    if not exact[:1].isdecimal() or (count(exact) and ("." in exact or not scale)):
        return []
    number = without_points(exact)
    if number and count(number):
        return [number]
    round_one = rounded(number or exact, scale)
    if round_one is None:
        return []
    found = {other for start in round_one.beginnings for other in scope.words.beginning(start)}
    found = [other for other in found if round_one.stands_for(other)]
    return sorted(found, key=lambda other: (abs(float(other) - round_one.value), other))[:MOST_NUMBERS]


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
