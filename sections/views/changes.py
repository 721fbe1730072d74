"""The public record of changes, newest first: as pages, a page for each change, and an Atom feed."""

from datetime import UTC, datetime
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from sections.citing import SITE_NAME, whole_address
from sections.exports.atom import TextFeed
from sections.models import ContentLoad, kept_report
from sections.presenters.change_items import ChangeInWords
from sections.presenters.changes import items_in_words
from sections.presenters.responsibility import operator
from sections.queries import changes as queries
from sections.text.whole_numbers import whole_number

from .change_filters import ChangeFilter, first_of_last_month
from .left_out import left_out
from .limits import narrowed_list

PER_PAGE = 30
MOST_KEY = 10**15
MOST_LINES = 12  # of one change in a list
MOST_LINES_ALONE = 1000
LAST_MONTH = "last-month"
NO_FILTERS = ("report", "before")  # parameters beside them


@require_safe
@narrowed_list
def changes(request: HttpRequest) -> HttpResponse:
    """The changes that the filters let through, in words, with old and new side by side.

    Further pages begin before the key of a change, so that the oldest cost no more than the newest.
    """
    if request.GET.get("since") == LAST_MONTH:  # an address that stays right when the page is kept or sent on
        query = request.GET.copy()
        query["since"] = first_of_last_month().isoformat()
        return redirect(f"{request.path}?{query.urlencode()}")
    asked = asked_changes(request)
    before, page, older = _page(request, asked)
    context = {
        "paragraphs_of": asked.report,
        "form": asked,
        "in_use": list(asked.in_words()),
        "left_out": left_out(request, [*asked.fields, *NO_FILTERS]),
        "entries": items_in_words(page),
        "count": asked.chosen().count() if asked.narrows else None,
        "months": queries.months(),
        "loads": _loads(asked) if before is None else [],
        "is_first": before is None,
        "older_before": older,
        "most": MOST_LINES,
        "most_slice": f":{MOST_LINES}",
        "feed_query": _query(asked),
        "last_month": LAST_MONTH,
    }
    return render(request, "changes/changes.html", context)


@require_safe
def change(request: HttpRequest, number: int) -> HttpResponse:
    """One change, with the records that it concerns as they were before and after; also all of a reviewer's session."""
    found = queries.changes().filter(pk=number).first() if number <= MOST_KEY else None
    if found is None:
        raise Http404(gettext("No change has the number %(number)s.") % {"number": number})
    (item,) = queries.items(queries.changes(), [found]) or [[found]]
    (entry,) = items_in_words([item])
    neighbours = queries.changes().filter(session=None)
    context = {
        "entry": entry,
        "session": found.session,
        "newer": neighbours.filter(pk__gt=number).order_by("pk").first(),
        "older": neighbours.filter(pk__lt=number).first(),
        "most": MOST_LINES_ALONE,
        "most_slice": f":{MOST_LINES_ALONE}",
    }
    return render(request, "changes/change.html", context)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest changes that the filters let through, as an Atom feed in the language of the address."""
    asked = asked_changes(request)
    _, page, older = _page(request, asked)
    query = _query(asked)
    page_address = reverse("changes") + query
    operator_name = operator()["owner"] or SITE_NAME
    title = " · ".join([gettext("Changes"), *(f"{label}: {value}" for _, label, value in asked.in_words()), SITE_NAME])
    atom = TextFeed(
        title=title,
        link=whole_address(request, page_address),
        description=None,
        subtitle=gettext("What the editors changed in the entries, the links and the notes."),
        language=get_language(),
        author_name=operator_name,
        **_author(),
        feed_url=whole_address(request, request.get_full_path()),
        feed_copyright=_rights(),
        generator=SITE_NAME,
        version=settings.VERSION,
        content_date=_content_date(),
        older=older and whole_address(request, f"{request.path}{query}{'&' if query else '?'}before={older}"),
    )
    for entry in items_in_words(page):
        address = whole_address(request, entry.get_absolute_url())
        atom.add_item(
            title=entry.headline,
            link=address,
            unique_id=address,
            description=_as_text(entry),
            author_name=entry.who,
            pubdate=entry.change.when,
            updateddate=entry.until,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=TextFeed.content_type)


def asked_changes(request: HttpRequest) -> ChangeFilter:
    """The filters of the request. Numbers of paragraphs are those in the report that it names, or the default one."""
    symbol = request.GET.get("report", "").replace("\0", "")
    return ChangeFilter(request.GET, (symbol and kept_report(symbol)) or kept_report())


def _page(request, asked):
    """Before which change the page begins, its items, and before which one the next page begins."""
    before = whole_number(request.GET.get("before", ""), MOST_KEY)
    firsts = queries.first_of_items(asked.chosen(), not asked.narrows)
    firsts = firsts if before is None else firsts.filter(pk__lt=before)
    firsts = list(firsts[: PER_PAGE + 1])  # one more says whether there are older ones
    page = firsts[:PER_PAGE]
    return before, queries.items(asked.chosen(), page), page[-1].pk if len(firsts) > PER_PAGE else None


def _loads(asked: ChangeFilter) -> list[ContentLoad]:
    """The loads of content in the period asked for; without one, the last of each report."""
    begin, end = asked.period()
    if not begin:
        return queries.last_loads()
    rows = queries.loads().filter(when__gte=begin)
    return list((rows.filter(when__lt=end) if end else rows)[:PER_PAGE])


def _query(asked):
    """The filters in use as the query of an address, "" without any."""
    given = {name: asked.data.get(name, "") for name, *_ in asked.in_words()}
    if entry := asked.cleaned_data.get("entry"):
        given["entry"] = f"{entry.type}/{entry.slug}"
    if "paragraph" in given and not asked.report.is_default:
        given["report"] = asked.report.symbol
    return f"?{urlencode(given, safe='/')}" if given else ""


def _as_text(entry: ChangeInWords) -> str:
    """What the change did, in lines of plain text, and its reason."""
    lines = [sentence.words for sentence in entry.sentences[:MOST_LINES]]
    if len(entry.sentences) > MOST_LINES:
        lines.append(gettext("And %(count)s more.") % {"count": len(entry.sentences) - MOST_LINES})
    lines += [gettext("Reason: %(reason)s") % {"reason": reason} for reason in entry.reasons]
    return "\n".join(lines)


def _author():
    contact = operator()["contact"]
    if contact is None:
        return {}
    is_mail = contact.address.startswith("mailto:")
    return {"author_email": contact.words} if is_mail else {"author_link": contact.address}


def _rights():
    licence = operator()["licence"]
    return licence and f"{licence.name}, {licence.address}"


def _content_date():
    load = queries.loads().first()
    return load.when if load else datetime(2000, 1, 1, tzinfo=UTC)
