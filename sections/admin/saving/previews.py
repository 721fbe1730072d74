"""A save whose consequences are shown first: it is written only once the editor has seen them."""

import hashlib
from typing import Any, NoReturn

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from ..pages import desk_page
from .conflicts import OPENED, post_again

SEEN = "_seen"  # the digest of the consequences that the editor has seen
BACK = "_back"  # the button that leads from these back to the form
WITHOUT = "_without"  # a place that the editor excludes from the consequences


class NotSeen(Exception):
    """Rolls back a save; its arguments are the record, what the page shows of the consequences, and their digest."""


def digest_of(decisive: Any) -> str:
    """A text that is the same for the same consequences."""
    return hashlib.sha256(repr(decisive).encode()).hexdigest()[:32]


def has_seen(request: HttpRequest, decisive: Any) -> bool:
    """Whether the post says that the editor has seen these consequences."""
    return request.POST.get(SEEN) == digest_of(decisive)


def show_first(record: Model, decisive: Any, **shown: Any) -> NoReturn:
    """Rolls the save back and shows its consequences; `shown` is for the template."""
    raise NotSeen(record, shown, digest_of(decisive))


class PreviewedSaves:
    """Mixin of a ModelAdmin whose saves may call `show_first`."""

    preview_template: str

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, *args: Any) -> HttpResponse:
        """The form; a save with consequences is written only once the editor has seen them."""
        if BACK in request.POST:
            return self.form_again(
                request, object_id, gettext("Nothing is saved yet. Here is the form as you left it.")
            )
        try:
            return super().changeform_view(request, object_id, *args)
        except NotSeen as save:
            return self._preview(request, object_id, *save.args)

    def _preview(self, request, object_id, record, shown, digest):
        hidden = post_again(request.POST, (SEEN, BACK, WITHOUT))
        return desk_page(
            request,
            self.preview_template,
            title=gettext("What this will change"),
            opts=self.opts,
            original=record if object_id else None,
            hidden=[*hidden, (OPENED, request.POST.get(OPENED, "")), (SEEN, digest)],
            back_button=BACK,
            without=WITHOUT,
            **shown,
        )
