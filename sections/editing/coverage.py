"""Records that a person read a report for some articles and found it silent on them."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from sections.models import (
    ArticleLink,
    Change,
    ConventionArticle,
    Report,
    Silence,
    changing,
    create_rows,
)
from sections.text.ranges import format_ranges


class CannotRecord(Exception):
    """Says in words which articles the report cannot be called silent on, and why."""


def record_silences(
    report: Report,
    numbers: Iterable[int],
    read_by: str,
    read_on: date,
    note: str = "",
    user: AbstractBaseUser | None = None,
) -> list[Silence]:
    """Records one reading as one change; all of it or, where any article does not allow it, nothing."""
    wanted = set(numbers)
    reason = f"Read by {read_by} on {read_on:%d %B %Y}"
    with changing(Change.Kind.EDIT, reason, user):
        articles = list(ConventionArticle.objects.filter(number__in=wanted).order_by("number"))
        _refuse(wanted - {article.number for article in articles}, _("The Convention has no article %(numbers)s."))
        linked = ArticleLink.objects.shown().filter(paragraph__report=report, article__in=articles)
        _refuse(
            linked.values_list("article__number", flat=True),
            _("Paragraphs are linked to article %(numbers)s. Reject these links first, if they are wrong."),
        )
        recorded = Silence.objects.filter(report=report, article__in=articles)
        _refuse(
            recorded.values_list("article__number", flat=True),
            _("The report was found silent on article %(numbers)s already."),
        )
        rows = [
            Silence(report=report, article=article, read_by=read_by, read_on=read_on, note=note) for article in articles
        ]
        create_rows(rows)
    return rows


def _refuse(numbers, words):
    if numbers := sorted(set(numbers)):
        raise CannotRecord(words % {"numbers": format_ranges(numbers)})
