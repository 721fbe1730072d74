"""Check of a site on the internet: does it say who answers for it, how to reach them, and how to reuse its content?"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register

MISSING = (
    ("SITE_OWNER", "Readers are not told who runs the site.", "the person or body that runs it", "reports.W014"),
    ("SITE_CONTACT", "Readers are not told whom to write to.", "an e-mail address or a web address", "reports.W015"),
    (
        "SITE_LICENCE",
        "Readers are not told how they may reuse what the editors added.",
        "an SPDX identifier such as CC-BY-4.0, or the name of a licence and the address of its text",
        "reports.W016",
    ),
)


@register(deploy=True)
def check_responsibility(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """What readers ask of a site and this one does not say."""
    return [
        Warning(message, hint=f"Set {name} to {value}; About and the footer show it.", id=id)
        for name, message, value, id in MISSING
        if not getattr(settings, name)
    ]
