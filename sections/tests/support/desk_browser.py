"""The desk in a real browser, with somebody logged in."""

from contextlib import contextmanager

PASSWORD = "blue harbour 71"
LAYOUT = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
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


def submit(page, button):
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()
