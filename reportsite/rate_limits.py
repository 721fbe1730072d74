"""How many requests the site answers before it asks for patience, by client and, for searches, altogether.

Pages from the page cache never come here. A client may send far more than a person, or a hundred people behind one
address, would. The budget of all searches protects readers from robots that walk filter combinations, each request from
another address: what combines filters or turns many pages costs more and may use only a part of the budget, so that it
is refused first, and a plain query last.

What a view counts as it says itself, in `counts_as`: a list, reading, suggestions, a search or an open form.
"""

import math
import time
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext

from sections.text.whole_numbers import whole_number

from .client_address import client_key
from .error_pages import language_of, refuse
from .request_kinds import API, DESK, PLAIN
from .shared_rate_counts import Charge, Debts, FileExchange, exchange_in_postgresql

SPAN = 60.0  # seconds' worth of a client's rate that may come at once
LOGINS_PER_SECOND = 2.0  # of one client, whatever the names; each name is locked by django-axes after a few failures
HOUR = 3600.0
CLIENTS = 10  # that together use up the reports of errors which the site takes in an hour

SUGGESTIONS = 5  # of the search box are asked for while a person types what then is one search

SHALLOW_PAGES = 5

BUDGET = "budget of all searches"
BUDGET_SPAN = 20.0
# Cost, and share of the budget that may be used, of a query with no filter, with one, and with more.
COSTS = ((1, 1.0), (20, 0.3), (30, 0.2))
COST_OF_SECOND = 400  # of a query with filters, if that is more, so that a slow machine makes fewer; up to
MOST_COST = 200
BUSY, SOON = 10, 2  # seconds to wait at least, while the budget of all or that of a client is used up


class RateLimitMiddleware(MiddlewareMixin):
    """Answers 429 with Retry-After to searches, requests to the API and forms that are too many.

    The form by which readers report an error answers itself, with what was typed: the request tells it `wait_seconds`.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if charge := getattr(request, "charged", None):
            cost = min(COST_OF_SECOND * (time.monotonic() - request.charged_at), MOST_COST)
            debts().add(Charge(BUDGET, max(cost / settings.SEARCHES_PER_SECOND - charge.seconds, 0.0), charge.span))
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        kind = _of(view, "counts_as", "")
        if kind == "form" and request.method == "POST":
            refused = debts_of_forms().charge(_charges_of_form(request))
            request.wait_seconds = max(math.ceil(refused[1]), BUSY) if refused else 0
            return None
        charges = _charges(request, kind, _of(view, "asked_by", ()))
        refused = debts().charge(charges) if charges else None
        if refused is None:
            request.charged = next((each for each in charges if each.key == BUDGET and each.span < BUDGET_SPAN), None)
            request.charged_at = time.monotonic()
            return None
        charge, seconds = refused
        if charge.key == BUDGET and kind == "reading":
            response = redirect(request.path)
            response["Retry-After"], response["Cache-Control"] = "1", "no-store"
            return response
        with translation.override(language_of(request)):
            if charge.key == BUDGET:
                seconds = max(math.ceil(seconds), BUSY)
                words = gettext("There are too many searches at the moment. Searches with filters have to wait.")
            else:
                seconds = max(math.ceil(seconds), SOON)
                words = gettext("Too many requests come from your network.")
            wait = gettext("Try again in %(seconds)s seconds.") % {"seconds": seconds}
            return refuse(request, 429, f"{words} {wait}", {"Retry-After": str(seconds)})


@cache
def debts() -> Debts:
    """The debts of the clients of this process, shared with the others."""
    return Debts(_exchange(), longest=2 * SPAN)


@cache
def debts_of_forms() -> Debts:
    """The same of those who report errors, which are remembered for longer."""
    return Debts(_exchange(), longest=2 * HOUR, interval=0.0, shared_from=0.0)


def _exchange():
    if connection.vendor == "postgresql":
        return exchange_in_postgresql
    return FileExchange(settings.DATA_DIR / "limits.sqlite3")


def breadth(request: HttpRequest) -> int:
    """How many filters and other choices the address of a list combines; a page far behind counts as one."""
    count = 0
    for name, values in request.GET.lists():
        if name == "page":
            count += any((whole_number(value) or 0) > SHALLOW_PAGES for value in values)
        elif name not in PLAIN:
            count += len(list(filter(None, values)))
    return count


def _of(view, name, default):
    """An attribute of a view, which a class of the API has itself."""
    return getattr(view, name, getattr(getattr(view, "cls", None), name, default))


def _charges(request, kind, asked_by):
    """What a request costs; nothing for pages that are no list, no part of the API and no form."""
    rate = settings.REQUESTS_PER_SECOND
    if request.path_info.startswith(DESK):
        if request.method != "POST" or not rate:
            return []
        if request.user.is_authenticated:
            return [Charge(f"forms of user {request.user.pk}", 1 / rate, SPAN)]
        return [Charge(f"logins {client_key(request)}", 1 / LOGINS_PER_SECOND, SPAN)]
    charges = []
    if settings.SEARCHES_PER_SECOND and (step := _step_of_cost(request, kind, asked_by)) is not None:
        cost, share = COSTS[step]
        charges.append(Charge(BUDGET, cost / settings.SEARCHES_PER_SECOND, BUDGET_SPAN * share))
    if rate and (kind == "suggestions" or request.path_info.startswith(API) or (kind == "list" and request.GET)):
        cost = 1 / SUGGESTIONS if kind == "suggestions" else 1
        charges.append(Charge(f"requests {client_key(request)}", cost / rate, SPAN))
    return charges


def _charges_of_form(request):
    """An hour's worth may come at once: of all clients together, and a tenth of that of one."""
    if not (most := settings.ERROR_REPORTS_PER_HOUR):
        return []
    cost = HOUR / most
    return [
        Charge(f"reports {client_key(request)}", min(CLIENTS * cost, HOUR), HOUR),
        Charge("all reports", cost, HOUR),
    ]


def _step_of_cost(request, kind, asked_by):
    """Which of COSTS the request has; None where it is no search."""
    choices = breadth(request)
    if kind == "search" or (kind == "list" and request.GET) or (choices and request.path_info.startswith(API)):
        return min(choices, len(COSTS) - 1)
    is_search = kind == "reading" and any(each in request.GET for each in asked_by)
    return min(max(choices, 1), len(COSTS) - 1) if is_search else None
