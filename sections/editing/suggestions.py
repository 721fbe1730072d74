"""What the desk suggests: names without an entry, short forms without a link, entries that may be the same."""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser

from sections.linking.candidates import Candidate, candidates
from sections.linking.find_mentions import FoundMention
from sections.linking.similar import similar_names
from sections.linking.sync import known_names, plan_links, text_blocks
from sections.models import Dismissal, Entry, Mention, Name, PlaceMention, Relation, Report, cached_per_version
from sections.queries.excerpts import Excerpt, excerpts

KEPT_REPORTS = 4
EXAMPLES = 3  # places of one name that the page prints
Kind = Dismissal.Kind


@dataclass(frozen=True, slots=True)
class NameSuggestion:
    """Words without a link that may be a name, with their first places and the numbers of all their paragraphs."""

    candidate: Candidate
    examples: list[Excerpt]
    numbers: list[int]


@dataclass(frozen=True, slots=True)
class FormSuggestion:
    """A short form, or a name that several entries claim, of which nobody knows what it means there."""

    key: str
    words: str
    excerpt: Excerpt
    claims: list[Entry]


@dataclass(frozen=True, slots=True)
class PairSuggestion:
    """Two entries that may be the same, with the names that are alike."""

    key: str
    entries: tuple[Entry, Entry]
    names: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What is suggested for a report or for one of its paragraphs; `people` are names that are probably of persons."""

    names: list[NameSuggestion]
    people: list[NameSuggestion]
    forms: list[FormSuggestion]
    pairs: list[PairSuggestion]


@cached_per_version(KEPT_REPORTS)
def _found(report: Report) -> tuple[list[Candidate], list[FoundMention]]:
    """Names without an entry, and short forms without a link, in all of the report."""
    blocks = text_blocks(report)
    taken = defaultdict(list)
    for model in (Mention, PlaceMention):
        for block, start, end in model.objects.of(report).values_list("block", "start", "end"):
            taken[block].append((start, end))
    findings = plan_links(report).findings
    decided = {(row.block_id, *row.span) for row in Mention.objects.of(report).decided()}
    forms = [form for form in (*findings.unresolved, *findings.ambiguous) if _place(form) not in decided]
    return candidates(blocks, taken, known_names(report)), forms


def suggestions(report: Report, paragraph: int | None = None) -> Suggestions:
    """What is suggested and was not dismissed: for the report, or for its paragraph of that number."""
    dismissed = defaultdict(set)
    for kind, key in Dismissal.objects.order_by().values_list("kind", "key"):
        dismissed[kind].add(key)
    found, forms = _found(report)
    found = [each for each in found if each.key not in dismissed[Kind.NAME]]
    forms = [form for form in forms if _key_of(form) not in dismissed[Kind.SHORT_FORM]]
    if paragraph is not None:
        found = [each for each in found if any(number == paragraph for number, *_ in each.places)]
        forms = [form for form in forms if form.block.paragraph == paragraph]
    shown = {each.key: _first(each, paragraph) for each in found}
    places = excerpts([*(place for spans in shown.values() for place in spans), *map(_place, forms)])
    claimed = Entry.objects.in_bulk({key for form in forms for key in form.claims})
    names = [
        NameSuggestion(
            each,
            [places[place] for place in shown[each.key] if place in places],
            sorted({number for number, *_ in each.places}),
        )
        for each in found
    ]
    return Suggestions(
        names=[each for each in names if not each.candidate.is_person],
        people=[each for each in names if each.candidate.is_person],
        forms=[
            FormSuggestion(_key_of(form), form.surface, places[_place(form)], [claimed[key] for key in form.claims])
            for form in forms
            if _place(form) in places
        ],
        pairs=[] if paragraph is not None else _pairs(dismissed[Kind.PAIR]),
    )


def _first(candidate, paragraph):
    """The first places of a name, in the paragraph if one is given."""
    places = [place for place in candidate.places if paragraph in (None, place[0])]
    return [tuple(place[1:]) for place in places[:EXAMPLES]]


def _place(form):
    return form.block.key, form.start, form.end


def _key_of(form):
    return "-".join(map(str, _place(form)))


def _pairs(dismissed):
    """Entries that may be the same; those with a relation between them are known to be two."""
    names = defaultdict(list)
    for key, text in Entry.objects.values_list("pk", "name"):
        names[key].append(text)
    rows = Name.objects.exclude(form=Name.Form.ACRONYM).order_by("pk")
    for key, text in rows.values_list("entry", "text"):
        names[key].append(text)
    related = {frozenset(ends) for ends in Relation.objects.values_list("source", "target")}
    found = [(one, other, *texts) for one, other, *texts in similar_names(names) if {one, other} not in related]
    found = [row for row in found if f"{row[0]}-{row[1]}" not in dismissed]
    entries = Entry.objects.in_bulk({key for row in found for key in row[:2]})
    return [
        PairSuggestion(f"{one}-{other}", (entries[one], entries[other]), (text, text_of_other))
        for one, other, text, text_of_other in found
    ]


def dismiss(kind: str, key: str, words: str, user: AbstractBaseUser) -> Dismissal:
    """Takes a suggestion off the list for good; a second dismissal of the same changes nothing."""
    by = {"words": words, "user": user, "user_name": user.get_username()}
    return Dismissal.objects.get_or_create(kind=kind, key=key, defaults=by)[0]


def suggest_again(pk: int) -> Dismissal | None:
    """Puts a dismissed suggestion back on the list; None where it is there already."""
    dismissal = Dismissal.objects.filter(pk=pk).first()
    if dismissal is not None:
        dismissal.delete()
    return dismissal
