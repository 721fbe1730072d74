"""The Convention with what the report says on it: the whole, a part, an article."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from sections.models import ConventionArticle, Report
from sections.queries import convention as questions
from sections.queries import cooccurrence

from .entries import REGISTERS, not_kept
from .shortcuts import entry_beside, missing, to_canonical


def convention(request: HttpRequest) -> HttpResponse:
    """All parts and articles, each with the number of paragraphs that bear on it."""
    report = Report.objects.default()
    parts = questions.parts_with_counts(report)
    articles = [article for part in parts for article in part.articles]
    context = {
        "report": report,
        "parts": parts,
        "articles": articles,
        "reported": sum(bool(article.count) for article in articles),
        "silent": sum(not article.count for article in articles),
        "most": max((article.count for article in articles), default=0),
        "tints": tints(),
    }
    return render(request, "convention/convention.html", context)


def part(request: HttpRequest, number: int) -> HttpResponse:
    """A part: its articles with counts, the replies under it, and who is named there."""
    report = Report.objects.default()
    parts = questions.parts_with_counts(report)
    at = next((index for index, row in enumerate(parts) if row.part.number == number), None)
    if at is None:
        return _missing_page(request, report, "part", number, [row.part for row in parts])
    row = parts[at]
    if elsewhere := to_canonical(request, row.part.get_absolute_url()):
        return elsewhere
    context = {
        "report": report,
        "row": row,
        "part": row.part,
        "most": max(article.count for part in parts for article in part.articles),
        "previous": parts[at - 1].part if at else None,
        "next": parts[at + 1].part if at + 1 < len(parts) else None,
        "replies": questions.replies_under(report, row.part),
        "named": _named(questions.paragraphs_on_part(report, row.part)),
    }
    return render(request, "convention/part.html", context)


def article(request: HttpRequest, number: int) -> HttpResponse:
    """An article: the paragraphs that bear on it, why, and who is named there."""
    report = Report.objects.default()
    found = questions.article(number)
    if found is None:
        return _missing_page(request, report, "article", number, list(ConventionArticle.objects.order_by("number")))
    if elsewhere := to_canonical(request, found.get_absolute_url()):
        return elsewhere
    beside = entry_beside(request)
    if beside.asked and beside.entry is None:
        links = [(gettext("All paragraphs on article %(number)s") % {"number": number}, found.get_absolute_url())]
        return missing(request, report, not_kept(beside), links)
    paragraphs = questions.paragraphs_on(report, found, beside.entry)
    groups = questions.links_by_reply(report, found, paragraphs)
    previous, following = questions.neighbours(number)
    context = {
        "report": report,
        "article": found,
        "groups": groups,
        "count": sum(group.count for group in groups),
        "high": sum(group.high for group in groups),
        "previous": previous,
        "next": following,
        "beside": beside.entry,
        "named": _named(paragraphs),
    }
    return render(request, "convention/article.html", context)


def _named(paragraphs):
    """The entries that the paragraphs name, with the heading of each register, the empty ones left out."""
    found = cooccurrence.entries_in(paragraphs)
    headings = ((type, register.heading) for type, register in REGISTERS.items())
    return [(heading, found[type]) for type, heading in headings if found[type]]


def tints():
    """Step of the tint and its words, for the key beside a picture of the articles."""
    steps = questions.TINTS
    ends = [*(following - 1 for following in steps[1:]), None]
    words = [gettext("nothing reported")]
    for fewest, most in zip(steps, ends, strict=True):
        form = "%(fewest)s"
        if most is None:
            form = gettext("%(fewest)s or more")
        elif most > fewest:
            form = gettext("%(fewest)s to %(most)s")
        words.append(form % {"fewest": fewest, "most": most})
    return list(enumerate(words))


def _missing_page(request, report, noun, number, found):
    links = [(gettext("All parts and articles of the Convention"), reverse("convention"))]
    if not found:
        return missing(request, report, gettext("The Convention has not been loaded yet."), links)
    first, last = found[0], found[-1]
    form = gettext("The Convention has no article %(number)s. Its articles go from %(first)s to %(last)s.")
    if noun == "part":
        form = gettext("The Convention has no part %(number)s. Its parts go from %(first)s to %(last)s.")
    words = form % {"number": number, "first": first, "last": last}
    return missing(request, report, words, [(str(row), row.get_absolute_url()) for row in (first, last)] + links)
