"""Keeps the index up to date with single edits, inside their transaction; whatever writes in bulk does so itself."""

from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from sections.models import ArticleLink, Block, Mention, Paragraph, Report, Section, Subjects

from .indexer import refresh, update

TEXT = (Report, Section, Paragraph, Block)  # links that are deleted with these leave the index with the text


@receiver([post_save, post_delete], sender=Mention)
@receiver([post_save, post_delete], sender=ArticleLink)
@receiver([post_save, post_delete], sender=Subjects)
def link_changed(
    instance: Mention | ArticleLink | Subjects,
    raw: bool = False,
    origin: Model | QuerySet | None = None,
    **kwargs: object,
) -> None:
    """Indexes the links of a paragraph anew when one of them was saved or deleted by itself."""
    if not raw and (getattr(origin, "model", None) or type(origin)) not in TEXT:
        is_mention = isinstance(instance, Mention)
        place = {"blocks": instance.block_id} if is_mention else {"pk": instance.paragraph_id}
        refresh(Paragraph.objects.filter(**place))


@receiver(post_delete, sender=Report)
def report_removed(**kwargs: object) -> None:
    """Removes the paragraphs of a deleted report from the index."""
    update([])
