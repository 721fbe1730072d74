"""Keeps the index up to date with single edits, inside their transaction; what writes in bulk does so itself."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from sections.models import ArticleLink, Mention, Paragraph, Report, Subjects

from .indexer import refresh, update


def _is_single(raw, origin):
    """Whether a row was saved or deleted by itself, not loaded from a file or deleted along with its report."""
    return not raw and not isinstance(origin, Report) and getattr(origin, "model", None) is not Report


@receiver([post_save, post_delete], sender=Mention)
def mention_changed(instance: Mention, raw: bool = False, origin: object = None, **kwargs: object) -> None:
    """Another entry is named, or one no longer."""
    if _is_single(raw, origin):
        refresh(Paragraph.objects.filter(blocks=instance.block_id))


@receiver([post_save, post_delete], sender=ArticleLink)
@receiver([post_save, post_delete], sender=Subjects)
def paragraph_changed(
    instance: ArticleLink | Subjects, raw: bool = False, origin: object = None, **kwargs: object
) -> None:
    """A paragraph bears on another article, or people look for it under other words."""
    if _is_single(raw, origin):
        refresh(Paragraph.objects.filter(pk=instance.paragraph_id))


@receiver(post_delete, sender=Report)
def report_removed(**kwargs: object) -> None:
    """The paragraphs of a report leave the index with it."""
    update([])
