"""The licence of what the editors add, as the operator names it: by SPDX identifier, or by a name and an address."""

import re
from typing import NamedTuple

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

CREATIVE_COMMONS = re.compile(r"CC-(?P<terms>BY(?:-NC)?(?:-ND|-SA)?)-(?P<version>\d\.\d)(?:-(?P<country>[A-Z]{2,3}))?")
NAMED = re.compile(r"(?P<name>[^\x00-\x1f<>]{1,200}?)\s+<?(?P<address>https?://[^\s/<>]+\.[^\s/<>]+(?:/[^\s<>]*)?)>?")


class Licence(NamedTuple):
    """What readers see: the name of the licence, and where its text is."""

    name: str
    address: str


def licence_of(value: str) -> Licence | None:
    """The licence that an SPDX identifier, or a name followed by an address, stands for; None for anything else."""
    if named := NAMED.fullmatch(value):
        return Licence(" ".join(named["name"].split()), named["address"])
    try:
        identifier = canonicalize_license_expression(value)
    except InvalidLicenseExpression:
        return None
    is_one = re.fullmatch(r"[A-Za-z0-9.+-]+", identifier) and not identifier.startswith("LicenseRef-")
    return _by_identifier(identifier) if is_one else None


def _by_identifier(identifier):
    """Creative Commons by the pages that it writes for readers, all else by SPDX's."""
    if identifier == "CC0-1.0":
        return Licence("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/")
    if found := CREATIVE_COMMONS.fullmatch(identifier):
        country = f"{found['country'].lower()}/" if found["country"] else ""
        address = f"https://creativecommons.org/licenses/{found['terms'].lower()}/{found['version']}/{country}"
        return Licence(" ".join(filter(None, ("CC", *found.groups()))), address)
    return Licence(identifier, f"https://spdx.org/licenses/{identifier}.html")
