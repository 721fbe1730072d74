"""Pages of the running site in a real browser: clean, accessible, without cookies, and as wide as the screen."""

import pytest

from sections.tests.support.barriers import barriers

ADDRESSES = [
    "/",
    "/CMW/C/MEX/3/",
    "/CMW/C/MEX/3/replies/14/",
    "/CMW/C/MEX/3/parts/1/",
    "/CMW/C/MEX/3/annexes/",
    "/CMW/C/MEX/3/paragraphs/103/",
    "/CMW/C/MEX/3/tables/1/",
    "/convention/",
    "/convention/articles/22/",
    "/convention/articles/22/?institution=national-institute-for-migration",
    "/convention/?show=unlinked&show=nonsense",
    "/convention/matrix/",
    "/institutions/",
    "/institutions/national-institute-for-migration/",
    "/laws/",
    "/programmes/",
    "/search/?q=INM+budget+2014",
    "/search/?q=how+many+shelters+are+there",
    "/search/?q=concluding+observations",
    "/basket/?p=94,999",
    "/about/",
    "/about/fidelity/",
    "/api/v1/docs/",
    "/no-such-page/",
]

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_shows_a_page_without_complaint_and_without_barrier(page, address):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto(address)
    expected = 404 if address == "/no-such-page/" else 200
    assert answer.status == expected
    assert [text for text in complaints if f"status of {expected}" not in text] == []
    own = answer.url.split("/", 3)[2]
    assert [url for url in asked if url.split("/", 3)[2] != own and not url.startswith("data:")] == []
    assert barriers(page) == []
    assert page.context.cookies() == []
    assert answer.text().count("<h1") == 1, "without script the page has no heading, or several"
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
