"""What a person decided on a link stays when fixtures are loaded over it, by whatever command."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models.signals import pre_save
from django.dispatch import receiver

from .links import ArticleLink, Basis, Mention, Review

FIELDS = {
    Mention: ("entry_id", "surface", "basis", "rule", "review"),
    ArticleLink: ("basis", "confidence", "reason", "review"),
}

_from_files: ContextVar[bool] = ContextVar("decisions_from_files", default=False)


@contextmanager
def decisions_from_files() -> Iterator[None]:
    """Lets a decision that a fixture holds replace the one that is stored; a fixture without one never does."""
    token = _from_files.set(True)
    try:
        yield
    finally:
        _from_files.reset(token)


def is_decided(link: Mention | ArticleLink) -> bool:
    """Whether a person stands behind the link as it is."""
    return link.review != Review.UNREVIEWED or (isinstance(link, Mention) and link.basis == Basis.EDITOR)


@receiver(pre_save, sender=Mention)
@receiver(pre_save, sender=ArticleLink)
def keep_decision(sender, instance, raw=False, **kwargs):
    """Before a fixture's link is stored: gives it what a person decided on the one that is there."""
    if not raw or instance.pk is None or (_from_files.get() and is_decided(instance)):
        return
    stored = sender.objects.filter(pk=instance.pk).first()
    if stored is not None and is_decided(stored):
        for name in FIELDS[sender]:
            setattr(instance, name, getattr(stored, name))
