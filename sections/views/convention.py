"""The Convention with what the report says on it: the whole, a part, an article."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sections.models import ConventionArticle, Paragraph, Report
from sections.presenters.convention import tint_steps
from sections.presenters.registers import REGISTERS
from sections.queries import convention as queries
from sections.queries import cooccurrence

from .shortcuts import canonical_redirect, companion_request, not_found, with_neighbours


@require_safe
def convention(request: HttpRequest) -> HttpResponse:
    """All parts and articles, each with the number of paragraphs that bear on it."""
    report = Report.objects.default()
    parts = queries.parts_with_counts(report)
    articles = [article for part in parts for article in part.articles]
    context = {
        "report": report,
        "parts": parts,
        "articles": articles,
        "reported": sum(bool(article.count) for article in articles),
        "silent": sum(not article.count for article in articles),
        "most": max((article.count for article in articles), default=0),
        "tints": tint_steps(),
    }
    return render(request, "convention/convention.html", context)


@require_safe
def part(request: HttpRequest, number: int) -> HttpResponse:
    """A part: its articles with counts, the replies under it, and who is named there."""
    report = Report.objects.default()
    parts = queries.parts_with_counts(report)
    rows = with_neighbours(parts, lambda row: row.part.number == number)
    if rows is None:
        message = gettext("The Convention has no part %(number)s. Its parts go from %(first)s to %(last)s.")
        return _not_in_convention(request, report, message, number, [row.part for row in parts])
    if redirect := canonical_redirect(request):
        return redirect
    row, previous, following = rows
    context = {
        "report": report,
        "row": row,
        "part": row.part,
        "most": max(article.count for part in parts for article in part.articles),
        "previous": previous and previous.part,
        "next": following and following.part,
        "replies": queries.replies_under(report, row.part),
        "named": _named(queries.paragraphs_on_part(report, row.part)),
    }
    return render(request, "convention/part.html", context)


@require_safe
def article(request: HttpRequest, number: int) -> HttpResponse:
    """An article: the paragraphs that bear on it, why, and who is named there."""
    report = Report.objects.default()
    article = queries.article(number)
    if article is None:
        message = gettext("The Convention has no article %(number)s. Its articles go from %(first)s to %(last)s.")
        articles = list(ConventionArticle.objects.order_by("number"))
        return _not_in_convention(request, report, message, number, articles)
    if redirect := canonical_redirect(request):
        return redirect
    companion, unknown = companion_request(request)
    if unknown:
        links = [(gettext("All paragraphs on article %(number)s") % {"number": number}, article.get_absolute_url())]
        return not_found(request, report, unknown, links)
    paragraphs = queries.paragraphs_on(report, article, companion)
    groups = queries.links_by_reply(report, article, paragraphs)
    previous, following = queries.neighbours(number)
    context = {
        "report": report,
        "article": article,
        "groups": groups,
        "count": sum(group.count for group in groups),
        "high": sum(group.high for group in groups),
        "previous": previous,
        "next": following,
        "companion": companion,
        "named": _named(paragraphs),
    }
    return render(request, "convention/article.html", context)


def _named(paragraphs: Iterable[Paragraph]) -> list[tuple[str, list[cooccurrence.Companion]]]:
    """The entries that the paragraphs name under the heading of each register, empty registers left out."""
    companions = cooccurrence.entries_in(paragraphs)
    return [(register.heading, companions[type]) for type, register in REGISTERS.items() if companions[type]]


def _not_in_convention(request, report, message, number, rows):
    links = [(gettext("All parts and articles of the Convention"), reverse("convention"))]
    if not rows:
        return not_found(request, report, gettext("The Convention has not been loaded yet."), links)
    ends = rows[0], rows[-1]
    message %= {"number": number, "first": ends[0], "last": ends[1]}
    return not_found(request, report, message, [*((str(row), row.get_absolute_url()) for row in ends), *links])
