"""The Convention with what the report says on it: the whole, a part, an article, articles beside entries."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sections.filters import matrix_request
from sections.models import (
    ARTICLE_STATES,
    ArticleLink,
    Confidence,
    ConventionArticle,
    ConventionPart,
    Coverage,
    Review,
    Section,
    kept_report,
)
from sections.models.kinds import KINDS_BY_TYPE
from sections.presenters.registers import REGISTERS, by_register
from sections.queries import convention as queries
from sections.queries import cooccurrence
from sections.queries.entry_names import shown_name
from sections.queries.reviews import review_of
from sections.search.service import SearchRequest, search

from . import citations
from .left_out import left_out
from .limits import narrowed_list, reading
from .shortcuts import canonical_redirect, companion_request, not_found, with_neighbours

NEAREST = 3  # paragraphs that a page shows where none is linked
FAR = 0.4  # of the best score; what scores less is not near
WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
WIDTH = 12  # columns of the matrix on one page


@require_safe
def convention(request: HttpRequest) -> HttpResponse:
    """All parts and articles, each with the number of paragraphs linked to it; with `?show=`, some of the articles."""
    report = kept_report()
    parts = queries.parts_with_counts(report)
    articles = [article for part in parts for article in part.articles.all()]
    counts = {state: sum(queries.has_state(article, state) for article in articles) for state in ARTICLE_STATES}
    shown = request.GET.get("show")
    shown = shown if shown in ARTICLE_STATES else ""
    chosen = [(part, [row for row in part.articles.all() if queries.has_state(row, shown)]) for part in parts]
    unlinked = [_line(article) for article in articles if not article.count]
    context = {
        "report": report,
        "parts": parts,
        "articles": articles,
        "shown": shown,
        "chosen": [(part, rows) for part, rows in chosen if rows],
        "coverages": [
            ("", gettext("all articles"), len(articles)),
            *((state, words, counts[state]) for state, words in ARTICLE_STATES.items()),
        ],
        "linked": counts[Coverage.LINKED],
        "unlinked": unlinked,
        "most": max((article.count for article in articles), default=0),
        "left_out": left_out(request, [], {"show": ARTICLE_STATES}),
        "tints": queries.tint_steps(),
    }
    return render(request, "convention/convention.html", context)


@require_safe
def part(request: HttpRequest, number: int) -> HttpResponse:
    """A part: its articles with counts, the replies under it, and who is named there."""
    report = kept_report()
    parts = queries.parts_with_counts(report)
    part, previous, following = with_neighbours(parts, lambda part: part.number == number)
    if part is None:
        message = gettext("The Convention has no part %(number)s. Its parts go from %(first)s to %(last)s.")
        return _not_in_convention(request, report, message, number, parts)
    if redirect := canonical_redirect(request):
        return redirect
    replies = Section.objects.replies().filter(report=report, convention_part=part)
    numbers = queries.numbers_on(report, {article.number for article in part.articles.all()})
    context = {
        "report": report,
        "part": part,
        "most": max(article.count for row in parts for article in row.articles.all()),
        "previous": previous,
        "next": following,
        "under": len(queries.numbers_under(report, part)),
        "replies": replies.select_related("report", "reply_subject").in_order(),
        "named": by_register(cooccurrence.entries_in(report, numbers)),
    }
    return render(request, "convention/part.html", context)


@require_safe
@reading
def article(request: HttpRequest, number: int) -> HttpResponse:
    """An article: the paragraphs that bear on it, why, and who is named there."""
    report = kept_report()
    articles = list(ConventionArticle.objects.select_related("part").order_by("number"))
    article, previous, following = with_neighbours(articles, lambda article: article.number == number)
    if article is None:
        message = gettext("The Convention has no article %(number)s. Its articles go from %(first)s to %(last)s.")
        return _not_in_convention(request, report, message, number, articles)
    if redirect := canonical_redirect(request):
        return redirect
    companion, unknown = companion_request(request)
    if unknown:
        links = [(gettext("All paragraphs on article %(number)s") % {"number": number}, article.get_absolute_url())]
        return not_found(request, report, unknown, links)
    paragraphs = queries.paragraphs_on(report, [article], companion)
    groups = queries.links_by_reply(report, article, paragraphs)
    links = [link for _, rows in groups for link, _ in rows]
    silence = None if links else article.silences.filter(report=report).first()
    context = {
        "report": report,
        "article": article,
        "cite": citations.of_article(request, article),
        "groups": groups,
        "coverage": queries.coverage_of(len(links), silence),
        "silence": silence,
        "nearest": _nearest(report, article) if report and not links and not companion else (),
        "review": review_of(report, links),
        "count": len(links),
        "high": sum(link.confidence == Confidence.HIGH for link in links),
        "previous": previous,
        "next": following,
        "companion": companion,
        "companion_name": shown_name(report, companion).text if companion else "",
        "named": by_register(cooccurrence.entries_in(report, [link.paragraph.number for link in links])),
    }
    return render(request, "convention/article.html", context)


@require_safe
@narrowed_list
def matrix(request: HttpRequest) -> HttpResponse:
    """Articles against the entries of one register; every number leads to the paragraphs that it counts."""
    report = kept_report()
    parts = list(ConventionPart.objects.order_by("number"))
    asked = matrix_request(request.GET, parts)
    matrix = cooccurrence.matrix(report, asked, WIDTH)
    kinds = KINDS_BY_TYPE[asked.type]
    context = {
        "report": report,
        "asked": asked,
        "matrix": matrix,
        "register": REGISTERS[asked.type],
        "registers": list(REGISTERS.values()),
        "parts": parts,
        "part": next((part for part in parts if part.number == asked.part), None),
        "kinds": list(kinds.items()),
        "kind_words": kinds.get(asked.kind, ""),
        "left_out": left_out(
            request,
            ["first"],
            {
                "with": [register.page for register in REGISTERS.values()],
                "kind": kinds,
                "part": [row.number for row in parts],
            },
        ),
        "before": max(matrix.first - WIDTH, 0) if matrix.first else None,
        "after": matrix.last if matrix.last < matrix.total else None,
    }
    return render(request, "matrix/matrix.html", context)


def _line(article):
    """An article without a linked paragraph as a line of text, with what is known of it."""
    words = {"article": article, "caption": article.translated("subject")}
    if article.silence is None:
        return gettext("%(article)s: %(caption)s (not yet read for this article)") % words
    words |= {"reader": article.silence.read_by, "day": article.silence.read_on.isoformat()}
    return gettext("%(article)s: %(caption)s (read and found silent by %(reader)s, %(day)s)") % words


def _nearest(report, article):
    """The paragraphs that come nearest to the article's words in the search, without those that an editor rejected."""
    rejected = ArticleLink.objects.filter(article=article, paragraph__report=report, review=Review.REJECTED)
    left_out = set(rejected.values_list("paragraph__number", flat=True))
    named = " ".join([article.subject, *article.terms.get(report.language, ())])
    words = " ".join(dict.fromkeys(WORD.findall(named.lower())))  # without signs and capitals that a query understands
    asked = SearchRequest(words, per_page=NEAREST + len(left_out), exact=True, report=report.symbol)
    hits = [hit for hit in search(asked).hits if hit.number not in left_out][:NEAREST]
    return [hit for hit in hits if hit.score >= FAR * hits[0].score]


def _not_in_convention(request, report, message, number, rows):
    links = [(gettext("All parts and articles of the Convention"), reverse("convention"))]
    if not rows:
        return not_found(request, report, gettext("The Convention has not been loaded yet."), links)
    ends = rows[0], rows[-1]
    message %= {"number": number, "first": ends[0], "last": ends[1]}
    return not_found(request, report, message, [*((str(row), row.get_absolute_url()) for row in ends), *links])
