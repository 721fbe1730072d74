"""Keeps the index in step with single edits, inside their transaction; what writes in bulk rebuilds it itself."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from sections.models import (
    ArticleLink,
    ConventionArticle,
    Entry,
    Institution,
    Law,
    Mention,
    Name,
    Paragraph,
    Programme,
    Report,
    Section,
    Subjects,
    Synonym,
)

from .indexer import SUBJECTS, rebuild, refresh, touch

NAMED = (Report, Entry, Institution, Law, Programme, Name, Synonym, ConventionArticle, Section)


@receiver([post_save, post_delete], sender=Mention)
def mention_changed(instance, raw=False, **kwargs):
    """Another entry is named, or one no longer."""
    if not raw:
        refresh(Paragraph.objects.filter(blocks=instance.block_id))


@receiver([post_save, post_delete], sender=ArticleLink)
def article_link_changed(instance, raw=False, **kwargs):
    """A paragraph bears on another article, or no longer on one."""
    if not raw:
        refresh(Paragraph.objects.filter(pk=instance.paragraph_id))


@receiver([post_save, post_delete], sender=Subjects)
def subjects_changed(instance, raw=False, **kwargs):
    """A paragraph is looked for under other words."""
    if not raw:
        refresh(Paragraph.objects.filter(pk=instance.paragraph_id), SUBJECTS)


def thing_changed(raw=False, **kwargs):
    """A name, a heading or the thesaurus: read anew by every process, and nothing else to do."""
    if not raw:
        touch()


for model in NAMED:
    post_save.connect(thing_changed, sender=model)
    post_delete.connect(thing_changed, sender=model)


@receiver(post_delete, sender=Report)
def report_removed(**kwargs):
    """A report's paragraphs leave the index with it."""
    rebuild()
