"""The seal of a public form: it says when the form was made, so that a form without cookies cannot be sent blindly.

A program that only posts has no seal; one that fetches the form must wait as long as a person takes to read it; a seal
that was collected long ago has expired. Each seal is good for one sending: what stores the form keeps its digest.
"""

import secrets
import time
from enum import Enum
from hashlib import sha256

from django.core.signing import BadSignature, Signer

SALT = "form of readers"
SOONEST = 3  # seconds
LONGEST = 24 * 3600


class SealState(Enum):
    """What a seal says of the form that carries it."""

    GOOD = "good"
    MISSING = "missing or not made here"
    TOO_EARLY = "sent sooner than a person can read the form"
    EXPIRED = "made too long ago"


def new_seal(ready: bool = False) -> str:
    """A seal; `ready` for a form that comes back, which may be sent again at once."""
    made = int(time.time()) - (SOONEST if ready else 0)
    return Signer(salt=SALT).sign(f"{secrets.token_urlsafe(12)}.{made}")


def state_of(seal: str) -> SealState:
    """What the seal says."""
    try:
        _, _, made = Signer(salt=SALT).unsign(seal).rpartition(".")
    except BadSignature:
        return SealState.MISSING
    age = time.time() - int(made)
    if age < SOONEST:
        return SealState.TOO_EARLY
    return SealState.EXPIRED if age > LONGEST else SealState.GOOD


def digest(seal: str) -> str:
    """What is kept of a seal that was used."""
    return sha256(seal.encode()).hexdigest()
