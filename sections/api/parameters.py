"""Which parameters a resource knows: a misspelt filter would otherwise give the whole list in silence."""

from collections.abc import Iterable

from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

ALWAYS = {"format"}  # the framework's own, by which an address names a form of its answer
LONGEST_NAME = 60


def refuse_unknown(request: Request, known: Iterable[str]) -> None:
    """400 in words where the request has a parameter that is not among the known ones."""
    known = set(known)
    unknown = [name for name in request.query_params if name not in known | ALWAYS]
    if unknown:
        words = (
            f"There is no such parameter. Known: {', '.join(sorted(known))}." if known else "This takes no parameters."
        )
        raise ValidationError({name[:LONGEST_NAME]: [words] for name in unknown})
