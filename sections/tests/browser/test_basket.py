"""What scripts add to the basket: adding without leaving the page, a count, and a basket that the browser remembers."""

import pytest

pytestmark = pytest.mark.browser

SYMBOL = "CMW/C/MEX/3"
STORED = "localStorage.getItem('basket')"


def basket_of(page):
    """The headings of the paragraphs on the page of the basket."""
    return [words.split(", paragraph ")[1] for words in page.locator(".basket-rows h2 a").all_text_contents()]


def test_it_remembers_what_is_added_and_counts_it(page):
    page.goto(f"/{SYMBOL}/paragraphs/94/")
    link = page.locator(".basket-link")
    assert not link.is_visible()
    page.locator(".add-to-basket").first.click()
    link.wait_for(state="visible")
    assert (page.url.endswith("/94/"), link.inner_text()) == (True, "Basket (1)")
    assert page.locator(".add-to-basket").first.inner_text().startswith("In the basket")
    page.goto("/search/?q=shelter")
    page.locator(".hit .add-to-basket").first.click()
    assert link.inner_text() == "Basket (2)"
    link.click()
    assert basket_of(page)[0] == "94" and len(basket_of(page)) == 2
    assert page.evaluate("document.cookie") == ""


def test_it_follows_what_is_done_to_its_own_basket_and_no_other(page):
    page.goto(f"/{SYMBOL}/paragraphs/94/")
    page.locator(".add-to-basket").first.click()
    page.goto("/basket/")
    page.wait_for_url(f"**/basket/?p={SYMBOL}:94")
    page.get_by_label("Add paragraphs").fill("92-93")
    page.get_by_label("My note on paragraph 94").fill("Ask & find")
    page.keyboard.press("Control+Home")
    page.get_by_role("button", name="Add, and save the notes").click()
    page.wait_for_url("**note.94**")
    assert (basket_of(page), page.evaluate(STORED)) == (["94", "92", "93"], f"p={SYMBOL}:94,92-93&note.94=Ask+%26+find")
    page.get_by_role("button", name="Down paragraph 94").click()
    page.wait_for_url("**#p-cmw-c-mex-3-94")
    assert page.evaluate(STORED) == f"p={SYMBOL}:92,94,93&note.94=Ask+%26+find"
    page.goto(f"/basket/?p={SYMBOL}:100")
    choice = page.locator(".basket-choice")
    assert choice.is_visible() and "94" in page.evaluate(STORED)
    choice.get_by_role("button", name="Add its paragraphs to my basket").click()
    page.wait_for_url("**:100")
    assert basket_of(page) == ["92", "94", "93", "100"]
    page.get_by_role("link", name="Empty the basket").click()
    page.wait_for_url("**/basket/")
    assert page.evaluate(STORED) == "" and not page.locator(".basket-link").is_visible()


def test_it_keeps_a_basket_that_was_sent_when_asked_to(page):
    page.goto(f"/basket/?p={SYMBOL}:100&note.100=Look")
    page.get_by_role("button", name="Remember this basket", exact=True).click()
    page.wait_for_function(f"{STORED} !== null")
    page.goto("/about/")
    assert page.locator(".basket-link").inner_text() == "Basket (1)"


def test_it_copies_all_with_citations(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/convention/articles/22/")
    page.get_by_role("link", name="Copy all with citations").click()
    page.locator(".data-files [role=status]", has_text="Copied.").wait_for(state="attached")
    words = page.evaluate("navigator.clipboard.readText()")
    assert words.startswith("Article 22") and words.count(f"{SYMBOL}, para. ") > 5
