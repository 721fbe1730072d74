"""The basket: paragraphs that a reader collects, orders, annotates and takes along. Nothing of it is stored here: its
address is all there is, so that it works without scripts and can be sent to others.
"""

from collections.abc import Iterable
from functools import wraps

from django.db.models.functions import Upper
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sections.basket.address import Problem, added, key_of, read_basket
from sections.basket.basket import LONGEST_NOTE, LONGEST_QUERY, MOST_PARAGRAPHS, Basket
from sections.citing import whole_address
from sections.exports.formats import FileFormat
from sections.models import Report, kept_report
from sections.queries.passages import existing
from sections.text.ranges import format_ranges

from .lists.files import about_list, as_file
from .lists.passages import key_of as passage_key
from .lists.passages import paragraph_list, passages_of

ACTIONS = ("add", "up", "down", "remove", "save")
LONGEST_ADDED = 8_000  # characters that are read of what somebody wants to add


def _for_its_reader(view):
    """Makes answers that no cache keeps for others and no robot lists."""

    @require_safe
    @wraps(view)
    def private(request: HttpRequest, **names: object) -> HttpResponse:
        response = view(request, **names)
        response["Cache-Control"], response["X-Robots-Tag"] = "private, no-cache", "noindex, nofollow"
        return response

    return private


@_for_its_reader
def basket(request: HttpRequest) -> HttpResponse:
    """The basket that the address is; with an action in it, the address of what comes of the action."""
    asked, unread = _asked(request)
    basket, unknown = _known(asked)
    changed, not_added = _changed(request, basket)
    changed, not_known = _known(changed) if changed.keys != basket.keys else (changed, [])
    problems = [*unread, *unknown, *not_added, *not_known]
    if changed.is_too_long and changed.keys != basket.keys:
        problems, changed = [*problems, Problem("too-long")], basket
    if any(name in request.GET for name in ACTIONS) and not problems:
        return redirect(_address(changed, _place(request)))
    passages = passages_of(request, changed.keys, changed.notes)
    keys = [passage_key(passage) for passage in passages]
    context = {
        "report": kept_report(),
        "here": gettext("Basket"),
        "basket": changed,
        "rows": [
            (passage, f"{symbol}:{number}", changed.note_name((symbol, number)), _anchor(symbol, number))
            for passage, (symbol, number) in zip(passages, keys, strict=True)
        ],
        "reports": len({symbol for symbol, _ in keys}),
        "problems": list(dict.fromkeys(_in_words(problems))),
        "address": whole_address(request, _address(changed)),
        "most": MOST_PARAGRAPHS,
        "longest_note": LONGEST_NOTE,
    }
    return render(request, "basket/basket.html", context)


@_for_its_reader
def basket_file(request: HttpRequest, file_format: FileFormat) -> HttpResponse:
    """The paragraphs of the basket with the reader's notes in a format of `exports`, and what could not be read.

    A basket without a paragraph makes no file: its page says why.
    """
    asked, unread = _asked(request)
    basket, unknown = _known(asked)
    if not basket.keys:
        return redirect(f"{reverse('basket')}?{request.META.get('QUERY_STRING', '')}".rstrip("?"))
    left_out = [(gettext("Note"), sentence) for sentence in dict.fromkeys(_in_words([*unread, *unknown]))]
    request.is_for_data = file_format.is_data
    passages = passages_of(request, basket.keys, basket.notes)
    notes = {passage_key(passage): {"note": passage.note} for passage in passages}
    address = whole_address(request, _address(basket))
    listing = paragraph_list(
        gettext("Basket"),
        passages,
        notes,
        ["note"],
        about=[*about_list(request, None)[:-1], *left_out, (gettext("Address of this basket"), address)],
        facts={"address": address},
        file_name=["basket", *dict.fromkeys(symbol.replace("/", "-") for symbol, _ in basket.keys)],
    )
    return as_file(listing, file_format)


def _asked(request: HttpRequest) -> tuple[Basket, list[Problem]]:
    report = kept_report()
    parameters = [(name, value) for name, values in request.GET.lists() for value in values]
    return read_basket(parameters, report.symbol if report else "")


def _changed(request: HttpRequest, basket: Basket) -> tuple[Basket, list[Problem]]:
    """The basket after the action that the address asks for."""
    asked = request.GET
    report, problems = kept_report(), []
    for action, steps in (("up", -1), ("down", 1)):
        if key := key_of(asked.get(action, "")):
            basket = basket.moved(key, steps)
    if key := key_of(asked.get("remove", "")):
        basket = basket.with_keys(other for other in basket.keys if other != key)
    if words := asked.get("add", "").strip()[:LONGEST_ADDED]:
        basket, problems = added(basket, words, report.symbol if report else "")
    return basket, problems


def _known(basket: Basket) -> tuple[Basket, list[Problem]]:
    """The basket with those of its paragraphs that there are, and the others as problems; a fixed number of queries."""
    typed = {symbol for symbol, _ in basket.keys}
    upper = Report.objects.annotate(upper=Upper("symbol")).filter(upper__in={symbol.upper() for symbol in typed})
    symbols = {report.upper: report.symbol for report in upper}
    basket = basket.named({symbol: symbols.get(symbol.upper(), symbol) for symbol in typed})
    known = basket.only(existing(basket.keys))
    unknown: dict[str, list[int]] = {}
    for symbol, number in basket.keys:
        if (symbol, number) not in known.keys:
            unknown.setdefault(symbol, []).append(number)
    held = set(symbols.values())
    problems = [
        Problem("unknown", f"{symbol}, {format_ranges(numbers)}") if symbol in held else Problem("no-report", symbol)
        for symbol, numbers in unknown.items()
    ]
    return known, problems


def _address(basket: Basket, anchor: str = "") -> str:
    path = reverse("basket")
    return f"{path}?{basket.query}{anchor}" if basket.keys else path


def _place(request: HttpRequest) -> str:
    """Where on the page the reader was."""
    key = key_of(request.GET.get("up", "") or request.GET.get("down", ""))
    return f"#{_anchor(*key)}" if key else ""


def _anchor(symbol: str, number: int) -> str:
    return f"p-{slugify(symbol.replace('/', '-'))}-{number}"


def _in_words(problems: Iterable[Problem]) -> list[str]:
    """What could not be done, in sentences."""
    words = {
        "unreadable": gettext(
            "“%(what)s” is not a paragraph. Write numbers or citations, such as 92-94, 103 or para. 94."
        ),
        "doubled": gettext("Paragraph %(what)s was in the basket already."),
        "too-many": gettext("A basket holds %(most)s paragraphs at most. The others were left out."),
        "too-long": gettext(
            "This would make the address of the basket longer than %(longest)s characters. Shorten the notes."
        ),
        "note-too-long": gettext("The note on paragraph %(what)s was cut after %(longest_note)s characters."),
        "note-alone": gettext("There is a note on paragraph %(what)s, which is not in the basket. It was left out."),
        "unknown": gettext("There is no paragraph %(what)s. It was left out."),
        "no-report": gettext("This site contains no report with the symbol %(what)s. Its paragraphs were left out."),
    }
    limits = {"most": MOST_PARAGRAPHS, "longest": LONGEST_QUERY, "longest_note": LONGEST_NOTE}
    return [words[problem.kind] % {"what": problem.what, **limits} for problem in problems]
