"""Who answers for the site, in the operator's own words."""

from typing import NamedTuple

from django.conf import settings


class Contact(NamedTuple):
    """How to reach the operator: an address for a link, and the same in words."""

    address: str
    words: str


def site_contact() -> Contact | None:
    """The contact that the operator has set; None where there is none."""
    address = settings.SITE_CONTACT
    return Contact(address, address.removeprefix("mailto:").removeprefix("https://")) if address else None


def operator() -> dict[str, object]:
    """Owner, contact and licence of the site, as templates name them; each empty where the operator has set none."""
    return {"owner": settings.SITE_OWNER, "contact": site_contact(), "licence": settings.SITE_LICENCE}
