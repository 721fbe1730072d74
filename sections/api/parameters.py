"""Which parameters a resource knows: a misspelt filter would otherwise give the whole list in silence."""

from collections.abc import Collection, Iterable, Mapping

from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

ALWAYS = {"format"}  # the framework's own, by which an address names a form of its answer
LONGEST_NAME = LONGEST_VALUE = 60


def refuse_unknown(request: Request, known: Iterable[str]) -> None:
    """400 in words where the request has a parameter that is not among the known ones."""
    known = set(known)
    unknown = [name for name in request.query_params if name not in known | ALWAYS]
    if unknown:
        words = (
            f"There is no such parameter. Known: {', '.join(sorted(known))}." if known else "This takes no parameters."
        )
        raise ValidationError({name[:LONGEST_NAME]: [words] for name in unknown})


def refuse_other_values(request: Request, values: Mapping[str, Collection[str]]) -> None:
    """400 in words where a parameter has a value that is not among those it takes; an empty one is as good as none."""
    asked = ((name, request.query_params.get(name, "")) for name in values)
    wrong = [name for name, text in asked if text and text not in values[name]]
    refuse((name, f"Give one of {', '.join(values[name])}.") for name in wrong)


def refuse(faults: Iterable[tuple[str, str]]) -> None:
    """400 in words where there are faults: the name of a parameter and a sentence for each."""
    errors: dict[str, list[str]] = {}
    for name, sentence in faults:
        errors.setdefault(name, []).append(sentence)
    if errors:
        raise ValidationError(errors)
