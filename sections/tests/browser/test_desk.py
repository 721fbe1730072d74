"""The desk in a real browser: reviewed by keyboard alone, and nothing decided by mistake."""

import pytest

from sections.tests.support.barriers import violations
from sections.tests.support.desk_browser import logged_in

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(browser, desk):
    with logged_in(browser, desk) as opened:
        yield opened


def reviewed(page):
    return page.locator(".review-progress label").inner_text()


def test_it_reviews_by_letter_keys_alone(page):
    page.goto("/admin/review/?kind=m")
    first, done = page.locator("#what").inner_text(), reviewed(page)
    with page.expect_navigation():
        page.keyboard.press("n")
    assert page.locator("#what").inner_text() != first or "item=" in page.url
    with page.expect_navigation():
        page.keyboard.press("p")
    assert page.locator("#what").inner_text() == first
    with page.expect_navigation():
        page.keyboard.press("c")
    assert page.locator(".messagelist").inner_text().startswith("Confirmed: ")
    assert reviewed(page) != done
    with page.expect_navigation():
        page.keyboard.press("z")
    assert (page.locator("#what").inner_text(), reviewed(page)) == (first, done)
    page.keyboard.press("l")
    page.keyboard.type("Constitution crr")
    assert page.locator("#other").input_value() == "Constitution crr"
    page.keyboard.press("Escape")
    with page.expect_navigation():
        page.keyboard.press("r")
    assert page.locator(".messagelist").inner_text().startswith("Rejected: ")


def test_it_decides_on_all_places_of_a_name_by_keyboard(page):
    page.goto("/admin/review/?kind=m")
    while not page.locator("fieldset").count():
        with page.expect_navigation():
            page.keyboard.press("n")
    page.keyboard.press("a")
    with page.expect_navigation():
        page.keyboard.press("c")
    assert page.locator(".desk-touched li").count() > 1, "the page asks before it decides on several"
    with page.expect_navigation():
        page.click(".submit-row input.default")
    assert " places." in page.locator(".messagelist").inner_text()


def test_it_lets_the_letter_keys_be_turned_off(page):
    page.goto("/admin/review/?kind=m")
    page.locator("#shortcuts").focus()
    page.keyboard.press("Space")
    page.reload()
    assert not page.locator("#shortcuts").is_checked()
    page.keyboard.press("c")
    page.wait_for_timeout(300)
    assert page.locator(".messagelist").count() == 0
    page.locator("#shortcuts").focus()
    page.keyboard.press("Space")


def test_it_reviews_by_tab_and_enter_without_script(browser, desk):
    with logged_in(browser, desk, java_script_enabled=False) as page:
        page.goto("/admin/review/?kind=a")
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.locator("*:focus").get_attribute("value") == "confirm":
                break
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.locator(".messagelist").inner_text().startswith("Confirmed: ")


def test_enter_where_one_chooses_decides_nothing_without_script(browser, desk):
    with logged_in(browser, desk, java_script_enabled=False) as page:
        page.goto("/admin/review/?kind=m")
        asked = page.locator("#what").inner_text()
        page.fill("#reason", "It says so.")
        page.locator("input[name=scope]").last.check()
        page.locator("input[name=scope]").last.press("Enter")
        page.wait_for_timeout(500)
        assert (page.locator("#what").inner_text(), page.locator(".messagelist").count()) == (asked, 0)
        assert page.locator("#reason").input_value() == "It says so."


def test_enter_chooses_and_never_decides(page):
    page.goto("/admin/review/?kind=m")
    first, done = page.locator("#what").inner_text(), reviewed(page)
    page.keyboard.press("l")
    page.keyboard.type("Constitution")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "link-other"
    page.fill("#reason", "It says so.")
    page.press("#reason", "Enter")
    page.locator("input[name=scope], #shortcuts").first.press("Enter")
    page.wait_for_timeout(300)
    assert (page.locator("#what").inner_text(), reviewed(page)) == (first, done)
    assert page.locator("#other").input_value() == "Constitution"
    page.locator("button[value=confirm]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".messagelist").inner_text().startswith("Confirmed: ")


def test_a_key_that_is_held_down_decides_once(page):
    page.goto("/admin/review/?kind=m")
    done = reviewed(page)
    with page.expect_navigation():
        page.keyboard.down("c")
    decided = reviewed(page)
    assert decided != done
    for _ in range(5):
        page.keyboard.down("c")
    page.wait_for_timeout(300)
    page.keyboard.up("c")
    assert reviewed(page) == decided


def test_letters_do_nothing_with_a_modifier_in_a_field_and_when_turned_off(page):
    page.goto("/admin/review/?kind=m")
    done = reviewed(page)
    for keys in ("Control+c", "Alt+c", "Shift+c", "Meta+c"):
        page.keyboard.press(keys)
    page.locator("#filter-basis").evaluate("field => { field.closest('details').open = true; field.focus(); }")
    page.keyboard.press("c")
    page.locator("#shortcuts").uncheck()
    page.locator("#what").focus()
    page.keyboard.press("c")
    page.wait_for_timeout(300)
    assert reviewed(page) == done
    page.locator("#shortcuts").check()


def test_many_links_are_decided_on_only_after_a_page_that_asks(page):
    page.goto("/admin/sections/articlelink/")
    for row in (1, 2):
        page.check(f"#result_list tbody tr:nth-child({row}) .action-select")
    page.select_option("select[name=action]", "reject")
    with page.expect_navigation():
        page.click("button[name=index]")
    assert violations(page) == []
    assert page.locator(".desk-touched li").count() == 2
    page.press("input[name=reason]", "Enter")
    page.wait_for_timeout(300)
    with page.expect_navigation():
        page.click(".submit-row input.default")
    assert "Done: 2 links to articles changed." in page.locator(".messagelist").inner_text()
    page.goto("/admin/my-actions/")
    with page.expect_navigation():
        page.click(".desk-next a >> nth=0")
    assert violations(page) == []
    with page.expect_navigation():
        page.click(".submit-row input.default")
    assert page.locator(".desk-actions .is-undone").count() >= 1


def test_the_question_stands_on_the_first_screen_of_a_phone(browser, desk):
    with logged_in(browser, desk) as page:
        page.set_viewport_size({"width": 360, "height": 740})
        page.goto("/admin/review/?kind=a")
        box = page.locator("#what").bounding_box()
        assert box["y"] + box["height"] < 740
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
