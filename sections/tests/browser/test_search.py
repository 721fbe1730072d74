"""The search in a real browser: typing, choosing, filtering, going from hit to hit, with script and without."""

import re

import pytest

from sections.tests.support.barriers import barriers

pytestmark = pytest.mark.browser
RESULTS = "/search/?q=children+in+detention"


def box(page):
    return page.locator("#q")


def settled(page, role="option"):
    page.get_by_role(role).first.wait_for()
    return page.get_by_role(role)


def chosen(page):
    """The words of the suggestion that the box says is active."""
    active = box(page).get_attribute("aria-activedescendant")
    return page.locator(f"#{active}").inner_text() if active else None


def test_it_goes_to_the_box_by_a_key_and_to_a_suggestion_by_arrow_keys(page):
    page.goto("/about/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("migration act")
    options = settled(page)
    assert box(page).get_attribute("aria-expanded") == "true"
    assert chosen(page) is None
    page.keyboard.press("ArrowDown")
    assert chosen(page) == options.first.inner_text()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert chosen(page) == options.last.inner_text()
    page.keyboard.press("Escape")
    assert box(page).get_attribute("aria-expanded") == "false"
    assert box(page).input_value() == "migration act"
    page.keyboard.press("ArrowDown")
    settled(page)
    page.get_by_role("group", name="Laws").get_by_role("option").first.wait_for()
    while "Migration Act" not in (chosen(page) or ""):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/laws/migration-act/")


def test_it_searches_for_what_was_typed_where_nothing_is_chosen(page):
    page.goto("/")
    box(page).fill("deportation")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=deportation")
    assert page.locator("h1").inner_text().endswith("for “deportation”")


def test_it_types_a_slash_into_the_box_itself(page):
    page.goto("/")
    box(page).press_sequentially("CMW/C/MEX/3, para. 89")
    assert box(page).input_value() == "CMW/C/MEX/3, para. 89"
    settled(page).filter(has_text="Paragraph 89").click()
    page.wait_for_url("**/paragraphs/89/")


def test_it_lets_a_finger_choose(browser, running_site):
    context = browser.new_context(base_url=running_site, viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    page.goto("/")
    box(page).tap()
    box(page).press_sequentially("national institute")
    first = settled(page).first
    assert first.bounding_box()["height"] >= 24
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    first.tap()
    page.wait_for_url(re.compile("/institutions/"))
    context.close()


@pytest.mark.parametrize("script", [True, False])
def test_it_leads_from_a_query_over_filters_and_pages_to_a_hit_and_on(browser, running_site, script):
    context = browser.new_context(
        base_url=running_site, java_script_enabled=script, viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    page.goto("/")
    box(page).fill("migrants")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/search/?q=migrants")
    link = page.locator("#facet-article li").first
    count = link.locator("span").inner_text()
    link.locator("a").click()
    heading = page.locator("h1").inner_text()
    assert heading.endswith("for “migrants”")
    assert sum(map(int, re.findall(r"\d+", heading))) == int(count)  # in the words typed, and by other names
    assert "&article=" in page.url
    page.get_by_role("navigation", name="Pages of results").get_by_role("link", name="Page 2").click()
    narrowed = page.url
    assert "page=2" in narrowed
    page.locator(".hit h3 a").first.click()
    assert f"Hit 21 of {count} for “migrants”" in page.get_by_role("navigation", name="Hits of the search").inner_text()
    assert page.locator("main mark").count() > 0
    here = page.url
    page.get_by_role("link", name=re.compile("Next hit")).click()
    assert page.url != here
    assert f"Hit 22 of {count}" in page.locator("main").inner_text()
    page.go_back()
    page.go_back()
    assert page.url == narrowed
    page.get_by_role("link", name=re.compile("Remove the filter")).click()
    assert page.url.endswith("/search/?q=migrants")
    context.close()


def is_too_wide(page):
    page.set_viewport_size({"width": 320, "height": 740})
    return page.evaluate("document.documentElement.scrollWidth") > 320


@pytest.mark.parametrize("address", [RESULTS, f"{RESULTS}&part=3&article=16", "/search/?q=zzyzx", "/search/",
                                     "/CMW/C/MEX/3/paragraphs/103/?q=children"])  # fmt: skip
def test_it_has_no_barrier_in_light_and_dark_and_fits_a_narrow_phone(page, address):
    page.goto(address)
    assert barriers(page) == []
    assert not is_too_wide(page)


def test_suggestions_are_no_barrier_in_light_and_dark(page):
    page.goto(RESULTS)
    box(page).fill("national")
    settled(page)
    page.keyboard.press("ArrowDown")
    assert barriers(page, "form:has(#q)") == []


def test_a_query_without_a_space_fits_a_narrow_phone(page):
    page.goto("/search/?q=" + "a" * 300)
    assert not is_too_wide(page)
