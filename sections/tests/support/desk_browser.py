"""The desk in a real browser: somebody logged in, and what stands in anybody's way on a page."""

from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe

from sections.tests.support.barriers import RULES

PASSWORD = "blue harbour 71"
LAYOUT = {"runOnly": ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]}
# What sticks out of the window, or of the list of a wide screen.
CUT_OFF = """() => {
  const frame = document.querySelector(".results"), window_ = document.documentElement;
  const wide = innerWidth > 400 && frame ? frame.scrollWidth - frame.clientWidth : 0;
  return [["window", window_.scrollWidth - innerWidth], ["list", wide]].filter(([name, over]) => over > 1);
}"""


@contextmanager
def logged_in(browser, desk, **options):
    """A page of the browser, logged in."""
    context = browser.new_context(base_url=desk, viewport={"width": 1280, "height": 800}, **options)
    page = context.new_page()
    page.goto("/admin/login/")
    page.fill("#id_username", "ana")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/admin/")
    yield page
    context.close()


def barriers(page, rules=RULES):
    """What stands in anybody's way on the page, as (rule, first elements)."""
    page.evaluate("() => Promise.allSettled(document.getAnimations().map(each => each.finished))")  # colours fade
    violations = Axe().run(page, options=rules).response["violations"]
    return [(each["id"], [node["html"][:200] for node in each["nodes"][:3]]) for each in violations]


def submit(page, button):
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()
