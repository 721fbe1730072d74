"""The page of a request that the server refuses."""

import pytest
from gunicorn.http import errors

from reportsite import unreadable_page, unreadable_requests
from sections.tests.support.pages import Page

WORDS = {
    400: "The request is not valid HTTP.<",
    408: "La solicitud tardó demasiado en llegar.",
    414: "The address is too long.",
    431: "The headers of the request",
    500: "The site made an error. Try again later.<",
    501: "This transfer coding is not supported.<",
}


@pytest.mark.parametrize("status", unreadable_page.SENTENCES)
def test_it_says_what_was_wrong_and_leads_on_in_each_language(status):
    page = unreadable_page.page(status)
    assert WORDS[status] in page
    assert {"/", "/es/search/", "/fr/convention/"} <= set(Page(page).links()) and len(Page(page).h1) == 1


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.LimitRequestLine(9000, 8190), 414),
        (errors.LimitRequestHeaders("too many"), 431),
        (errors.InvalidHeader("a"), 400),
        (errors.UnsupportedTransferCoding("a"), 501),
        (RuntimeError(), 500),
    ],
)
def test_each_error_has_a_status_with_a_sentence(error, status):
    assert unreadable_requests.status_of(error) == status
    assert unreadable_page.SENTENCES[status]


def test_the_response_states_its_length():
    head, _, page = unreadable_requests.response(414, "Así".encode()).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 414 URI Too Long\r\n")
    assert head.endswith(b"Content-Length: %d" % len(page))
