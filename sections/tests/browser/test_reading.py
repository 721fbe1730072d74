"""What scripts add to reading: cards on names, a citation to copy, an address that follows, reading on in place."""

import re

import pytest

pytestmark = pytest.mark.browser

REPLY = "/CMW/C/MEX/3/replies/14/"


def test_it_shows_a_card_on_a_name_under_the_pointer_until_escape(page):
    page.goto(REPLY)
    name = page.locator(".text a.name").first
    name.hover()
    card = page.locator("#card")
    card.wait_for(state="visible")
    assert re.search(r"Mentioned in \d+ paragraphs? of the report", card.text_content())
    assert name.get_attribute("aria-describedby") == "card"
    page.keyboard.press("Escape")
    card.wait_for(state="hidden")
    assert name.get_attribute("title")


def test_it_shows_a_card_on_a_name_that_has_the_focus(page):
    page.goto(REPLY)
    page.locator(".paragraph .cite-link").first.focus()
    page.keyboard.press("Tab")
    page.locator("#card").wait_for(state="visible")
    page.keyboard.press("Shift+Tab")
    page.locator("#card").wait_for(state="hidden")


def test_it_shows_a_card_at_the_first_tap_and_follows_the_second(browser, running_site):
    context = browser.new_context(
        base_url=running_site, has_touch=True, is_mobile=True, viewport={"width": 360, "height": 740}
    )
    page = context.new_page()
    page.goto(REPLY)
    name = page.locator(".text a.name").first
    name.tap()
    page.locator("#card").wait_for(state="visible")
    assert page.url.endswith(REPLY)
    name.tap()
    page.wait_for_url(re.compile("/(institutions|laws|programmes)/"))
    context.close()


def test_it_copies_the_citation_of_a_paragraph(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(REPLY)
    link = page.locator("#p100 .cite-link")
    link.click()
    page.wait_for_function("document.querySelector('#p100 .cite-link').textContent == 'copied'")
    words = page.evaluate("navigator.clipboard.readText()")
    assert ", para. 100, http" in words
    assert words.endswith("/CMW/C/MEX/3/paragraphs/100/")


def test_it_lets_address_and_outline_follow_the_reader(page):
    page.goto("/CMW/C/MEX/3/full/")
    page.locator("#p114").scroll_into_view_if_needed()
    page.mouse.wheel(0, 500)
    page.wait_for_url(re.compile(r"/full/#p\d+$"))
    page.wait_for_selector(".outline [aria-current]")


def test_it_reads_on_without_leaving_the_page(page):
    page.goto(REPLY)
    page.locator("button.read-on").click()
    page.locator("#p108").wait_for()
    page.mouse.wheel(0, 300)
    page.wait_for_url(re.compile(r"/replies/15/#p10\d$"))
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.activeElement.textContent").startswith("Reply 15. ")
    assert page.locator("button.read-on").count() == 1


def test_it_sets_a_note_beside_the_line_that_calls_it(page):
    page.goto("/CMW/C/MEX/3/paragraphs/137/")
    page.wait_for_function("document.querySelector('.notes li').style.marginTop")
    note, mark = page.locator(".notes li").first.bounding_box(), page.locator(".note-mark").first.bounding_box()
    assert abs(note["y"] - mark["y"]) < 16


def test_it_begins_the_margin_with_the_links_and_follows_the_text_with_the_pager(page):
    for number in (64, 80, 137, 206):
        page.goto(f"/CMW/C/MEX/3/paragraphs/{number}/")
        text, links, pager = (page.locator(place).bounding_box() for place in (".text", ".margin .links", ".pager"))
        assert abs(links["y"] - text["y"]) < 60
        assert pager["y"] - (text["y"] + text["height"]) < 150
