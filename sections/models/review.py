"""Why a link is there and what people decided on it, with the one rule of "shown" and the one rule of "decided"."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .content import ContentQuerySet


class Basis(models.TextChoices):
    """Why a link is there."""

    HEADING = "heading", _("from a heading of the report")
    TEXT = "text", _("named in the text")
    CONTEXTUAL = "contextual", _("short form, identified by a rule")
    EDITOR = "editor", _("linked by an editor")


class Review(models.TextChoices):
    """What a person decided on a link; it survives every automatic run."""

    UNREVIEWED = "unreviewed", _("not yet reviewed")
    CONFIRMED = "confirmed", _("confirmed by an editor")
    REJECTED = "rejected", _("rejected by an editor")


class GeneratedReason(models.TextChoices):
    """Reasons of changes for which nobody gave one: stored in English, shown in the language of whoever reads them."""

    REJECT = "The words do not mean this.", _("The words do not mean this.")
    UNLINK = "No link is needed here.", _("No link is needed here.")
    OTHER = "The words mean another.", _("The words mean another.")
    RESET = "To be reviewed again.", _("To be reviewed again.")
    FIXTURES = "From the fixtures", _("From the fixtures")


class Confidence(models.TextChoices):
    HIGH = "high", _("high")
    MEDIUM = "medium", _("medium")


def shown_links(path: str) -> Q:
    """The condition that readers see the link to which this path of a query leads, such as "blocks__mentions"."""
    return ~Q(**{f"{path}__review": Review.REJECTED})


class ReviewedQuerySet(ContentQuerySet):
    def shown(self) -> Self:
        """The rows that readers see: all except those that an editor rejected."""
        return self.exclude(review=Review.REJECTED)

    def confirmed(self) -> Self:
        """The rows that an editor confirmed."""
        return self.filter(review=Review.CONFIRMED)

    def decided(self) -> Self:
        """The rows on which a person decided, by the rule of `Reviewed.is_decided`."""
        return self.filter(~Q(review=Review.UNREVIEWED) | Q(basis__in=self.model.DECIDED_BASES))


class Reviewed:
    """A row with `review` and `basis`, on which people decide."""

    DECIDED_BASES: tuple[str, ...] = ()  # with one of these, a person decided on the row by making it

    @property
    def is_shown(self) -> bool:
        """Whether readers see the row: an editor has not rejected it."""
        return self.review != Review.REJECTED

    @property
    def is_confirmed(self) -> bool:
        """Whether an editor confirmed the row."""
        return self.review == Review.CONFIRMED

    @property
    def is_decided(self) -> bool:
        """Whether a person decided on the row: confirmed it, rejected it, or made it. Automatic runs keep such rows."""
        return self.review != Review.UNREVIEWED or self.basis in self.DECIDED_BASES
