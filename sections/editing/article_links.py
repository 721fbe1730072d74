"""Edits and removes many links of paragraphs to articles at once, each as one change."""

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from sections.models import ArticleLink, Basis, Change, Paragraph, changing, delete_rows, update_rows
from sections.search.service import refresh


def edit_links(
    keys: Iterable[int], values: Mapping[str, str], reason: str = "", user: AbstractBaseUser | None = None
) -> Change:
    """Gives links the values of `basis`, `confidence` and `reason`; an empty value leaves a field as it is.

    Raises ValidationError if a link that an editor made would be without a reason.
    """
    given = {name: value for name, value in values.items() if value}
    with changing(Change.Kind.EDIT, reason, user) as change:
        links = ArticleLink.objects.filter(pk__in=list(keys))
        links = [link for link in links if any(getattr(link, name) != value for name, value in given.items())]
        for link in links:
            for name, value in given.items():
                setattr(link, name, value)
        missing = sum(link.basis == Basis.EDITOR and not link.reason.strip() for link in links)
        if missing and given.keys() & {"basis", "reason"}:
            raise ValidationError(
                ngettext(
                    "%(count)s link would be “linked by an editor” without a reason. Say why the paragraph bears on "
                    "the article.",
                    "%(count)s links would be “linked by an editor” without a reason. Say why the paragraphs bear on "
                    "the article.",
                    missing,
                )
                % {"count": missing}
            )
        update_rows(links, list(given))
    return change


def remove_links(keys: Iterable[int], reason: str = "", user: AbstractBaseUser | None = None) -> Change:
    """Removes links; their history stays, and they can be restored."""
    with changing(Change.Kind.EDIT, reason, user) as change:
        links = list(ArticleLink.objects.filter(pk__in=list(keys)))
        delete_rows(links)
        if links:
            refresh(Paragraph.objects.filter(pk__in={link.paragraph_id for link in links}))
    return change
