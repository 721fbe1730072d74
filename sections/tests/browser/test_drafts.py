"""What is typed at the desk in a real browser: kept through a crash, a log-out and a closed tab, for nobody else."""

from contextlib import contextmanager, suppress

import pytest
from playwright.sync_api import Error

from sections.tests.support.barriers import barriers, violations
from sections.tests.support.desk_browser import PASSWORD

pytestmark = pytest.mark.browser

PLACE = "/admin/sections/synonym/add/"
OFFER = ".draft-offer"


def log_in(page, name):
    page.goto("/admin/login/")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/admin/")


def log_out(page):
    page.goto("/admin/")
    page.click("#logout-form button")
    page.wait_for_url("**/logout/")


@pytest.fixture
def context(browser, desk):
    """A browser of its own, in which ana is logged in."""
    opened = browser.new_context(base_url=desk, viewport={"width": 1280, "height": 800})
    opened.set_default_timeout(15_000)
    log_in(opened.new_page(), "ana")
    yield opened
    opened.close()


def typed(context, address, **fields):
    """A new tab in which somebody has typed into a form."""
    page = context.new_page()
    page.goto(address)
    for name, value in fields.items():
        page.fill(f"[name={name}]", value)
    return page


def opened(context, address):
    """A new tab with a form, when the script has looked for drafts."""
    page = context.new_page()
    page.goto(address)
    page.wait_for_timeout(400)
    return page


def save(page):
    """Saves the form, also past a page that shows the effects first."""
    with page.expect_navigation():
        page.click("[name=_save]")
    past_preview(page)


def past_preview(page):
    if page.locator("[name=_seen]").count():
        with page.expect_navigation():
            page.click("#content-main .submit-row .default")


def kept(page):
    return page.evaluate("Object.entries(localStorage).filter(([key]) => key.startsWith('draft:'))")


@contextmanager
def dialogs(page):
    """The kinds of the questions that the browser asks meanwhile; each is answered with yes."""
    asked = []

    def answer(dialog):
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    yield asked
    page.remove_listener("dialog", answer)


def test_a_closed_tab_is_offered_on_return_and_used_in_its_form(context):
    typed(context, PLACE, term="farm hands", note="Said so.\nTwice.").close()
    page = opened(context, PLACE)
    assert "It was not saved." in page.inner_text(OFFER)
    assert violations(page) == []
    with page.expect_navigation():
        page.click(f"{OFFER} [data-part=use]")
    assert page.input_value("[name=term]") == "farm hands"
    assert "Nothing is saved yet." in page.inner_text(".errornote >> nth=0")
    page.fill("[name=says]", "migrant workers")
    with dialogs(page) as asked:
        save(page)
    assert "was added successfully" in page.inner_text(".messagelist")
    assert (asked, kept(page)) == ([], [])
    assert opened(context, PLACE).locator(OFFER).count() == 0


def test_a_crash_and_a_log_out_lose_nothing_and_nothing_is_in_the_history(context):
    first = context.new_page()
    first.goto("/admin/sections/institution/")
    with first.expect_navigation():
        first.click("#result_list tbody tr:nth-child(3) a")
    address = first.url
    first.click("#names-group .add-row a")
    row = int(first.input_value("[name=names-TOTAL_FORMS]")) - 1
    first.fill(f"[name=names-{row}-text]", "Roads for All")
    first.fill("[name=description]", "Mends “all” roads & <b>more</b>.")
    first.on("dialog", lambda dialog: dialog.accept())
    with suppress(Error):  # the page is gone, and answers no more
        first.goto("chrome://crash", timeout=5_000)
    page = context.new_page()
    log_out(page)
    log_in(page, "ana")
    page = opened(context, address)
    assert "Roads for All" in page.inner_text(OFFER)
    with page.expect_navigation():
        page.click(f"{OFFER} [data-part=use]")
    assert page.input_value(f"[name=names-{row}-text]") == "Roads for All"
    assert page.input_value("[name=description]") == "Mends “all” roads & <b>more</b>."
    history = opened(context, address.replace("/change/", "/history/"))
    assert "Nothing has been changed here yet." in history.inner_text("#content")
    page.close()
    again = opened(context, address)
    again.click(f"{OFFER} [data-part=discard]")
    assert (again.locator(OFFER).count(), kept(again)) == (0, [])


def test_two_tabs_and_a_hidden_one_keep_each_their_own(context):
    hidden = typed(context, PLACE, term="the hidden one")
    one = typed(context, PLACE, term="the first")
    two = typed(context, PLACE, term="the second")
    assert "in another tab or window" in two.inner_text(".draft-note")
    assert two.locator(OFFER).count() == 0
    drafts = kept(two)
    two.wait_for_timeout(1500)
    assert kept(two) == drafts and len(drafts) == 3
    for page in (hidden, one, two):
        page.close()
    page = opened(context, PLACE)
    offered = page.locator(OFFER).all_inner_texts()
    assert ["the second" in offered[0], "the first" in offered[1], "the hidden one" in offered[2]] == [True] * 3
    page.locator(f"{OFFER} [data-part=discard]").nth(1).click()
    assert page.locator(OFFER).count() == 2


def test_a_draft_is_offered_to_nobody_else_and_holds_no_password(context):
    typed(context, PLACE, term="only for ana").close()
    account = typed(context, "/admin/auth/user/add/", username="mona", password1=PASSWORD, password2=PASSWORD)
    assert any("mona" in draft for _key, draft in kept(account))
    assert not any("blue harbour" in draft for _key, draft in kept(account))
    account.close()
    page = context.new_page()
    log_out(page)
    log_in(page, "bea")
    assert opened(context, PLACE).locator(OFFER).count() == 0


def test_a_newer_save_of_somebody_else_is_told_and_compared(browser, desk, context):
    page = context.new_page()
    page.goto("/admin/sections/law/")
    with page.expect_navigation():
        page.click("#result_list tbody tr:nth-child(2) a")
    address = page.url
    page.fill("[name=description]", "As ana has it.")
    page.close()
    other = browser.new_context(base_url=desk)
    bea = other.new_page()
    log_in(bea, "bea")
    bea.goto(address)
    bea.fill("[name=description]", "As bea has it.")
    save(bea)
    other.close()
    page = opened(context, address)
    assert "The record was saved after you typed this." in page.inner_text(OFFER)
    with page.expect_navigation():
        page.click(f"{OFFER} [data-part=use]")
    assert "Somebody else has saved this record meanwhile" in page.title()
    assert "As bea has it." in page.inner_text("#content") and "As ana has it." in page.inner_text("#content")
    page.check(".desk-choice .side:nth-child(2) input")
    with page.expect_navigation(), dialogs(page) as asked:
        page.click("input[type=submit].default")
    assert (asked, kept(page)) == ([], [])
    page.goto(address)
    assert page.input_value("[name=description]") == "As ana has it."


def test_a_form_that_is_typed_into_asks_before_it_is_left(context):
    page = opened(context, PLACE)
    with dialogs(page) as asked:
        page.click("#site-name a")
        page.wait_for_url("**/admin/")
    assert asked == []
    page.goto(PLACE)
    page.fill("[name=term]", "farm hands")
    with dialogs(page) as asked:
        page.click("#site-name a")
        page.wait_for_url("**/admin/")
    assert asked == ["beforeunload"]


def test_a_form_of_no_record_takes_its_draft_without_the_server(context):
    page = typed(context, "/admin/coverage/", articles="8", note="Read twice.")
    page.close(run_before_unload=False)
    page = opened(context, "/admin/coverage/")
    page.click(f"{OFFER} [data-part=use]")
    assert (page.input_value("[name=articles]"), page.input_value("[name=note]")) == ("8", "Read twice.")


def test_it_logs_in_and_saves_in_one_step_without_barrier(context):
    page = typed(context, PLACE, term="field hands", says="migrant workers")
    log_out(context.new_page())
    with page.expect_navigation():
        page.click("[name=_save]")
    assert "You are not logged in any more." in page.inner_text(".errornote")
    assert barriers(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.fill("#log-in-name", "ana")
    page.fill("#log-in-password", PASSWORD)
    with page.expect_navigation():
        page.press("#log-in-password", "Enter")
    past_preview(page)
    assert "was added successfully" in page.inner_text(".messagelist")
    assert kept(page) == []


def test_files_that_are_too_large_are_told_before_they_are_sent(context, tmp_path):
    file = tmp_path / "large.csv"
    file.write_bytes(b"-" * (5 << 20))
    page = typed(context, "/admin/lists/", reason="As the ministry wrote.")
    page.set_input_files("#id_file", file)
    page.get_by_role("button", name="Show what it would do").click()
    assert "larger than 4 MB" in page.inner_text(".draft-large")
    assert page.input_value("[name=reason]") == "As the ministry wrote."
