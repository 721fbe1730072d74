"""The desk in a real browser: without barriers on every page of ours, and reviewed by keyboard alone."""

import ast
import csv
import io
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe

from sections.tests.support import site

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PASSWORD = "blue harbour 71"
LAYOUT = {"runOnly": ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]}
PAGES = [
    "/admin/",
    "/admin/activity/",
    "/admin/activity/{change}/",
    "/admin/my-actions/",
    "/admin/my-actions/{change}/undo/",
    "/admin/watched/",
    "/admin/preferences/",
    "/admin/help/",
    "/admin/review/",
    "/admin/review/?kind=a",
    "/admin/review/?review=rejected",
    "/admin/paragraphs/{paragraph}/",
    "/admin/paragraphs/{paragraph}/links/{mention}/",
    "/admin/suggestions/",
    "/admin/coverage/",
    "/admin/samples/",
    "/admin/samples/{sample}/",
    "/admin/lists/",
    "/admin/convention-text/",
    "/admin/entries/{institution}/register/",
    "/admin/entries/{institution}/merge/",
    "/admin/entries/{institution}/split/",
    "/admin/sections/institution/",
    "/admin/sections/institution/?kind__exact=ministry",
    "/admin/sections/institution/add/",
    "/admin/sections/institution/deleted/",
    "/admin/sections/institution/{institution}/change/",
    "/admin/sections/institution/{institution}/delete/",
    "/admin/sections/institution/{institution}/history/",
    "/admin/sections/law/",
    "/admin/sections/programme/",
    "/admin/sections/mention/?q=INM",
    "/admin/sections/articlelink/",
    "/admin/sections/articlelink/add/",
    "/admin/sections/articlelink/{articlelink}/change/",
    "/admin/sections/synonym/",
    "/admin/sections/synonym/add/",
    "/admin/sections/paragraph/",
    "/admin/sections/paragraph/{paragraph}/change/",
    "/admin/sections/report/{report}/change/",
    "/admin/sections/section/",
    "/admin/sections/table/",
    "/admin/sections/replysubject/",
    "/admin/sections/replysubject/add/",
    "/admin/sections/relateddocument/",
    "/admin/sections/relateddocument/add/",
    "/admin/sections/backreference/",
    "/admin/sections/silence/add/",
    "/admin/sections/figure/",
    "/admin/sections/figure/{figure}/change/",
    "/admin/sections/datedevent/",
    "/admin/sections/datedevent/add/",
    "/admin/sections/placemention/",
    "/admin/sections/place/",
    "/admin/sections/checkedsum/{checkedsum}/change/",
    "/admin/sections/conventionarticle/",
    "/admin/sections/conventionarticle/{conventionarticle}/change/",
    "/admin/sections/errorreport/",
    "/admin/auth/user/",
    "/admin/auth/user/add/",
    "/admin/locked-names/",
    "/admin/password_change/",
]
# What sticks out of the window, or of the list of a wide screen.
CUT_OFF = """() => {
  const frame = document.querySelector(".results"), window_ = document.documentElement;
  const wide = innerWidth > 400 && frame ? frame.scrollWidth - frame.clientWidth : 0;
  return [["window", window_.scrollWidth - innerWidth], ["list", wide]].filter(([name, over]) => over > 1);
}"""
LANGUAGES = ["English", "Español", "Français"]
KEYS = """
from sections import models
from sections.models import Change, Mention
first = {model._meta.model_name: model._default_manager.values_list("pk", flat=True).first()
         for model in models.tracked_models() + [models.Institution]}
link = Mention.objects.shown().filter(block__paragraph__number=137).select_related("block").first()
change = Change.objects.filter(user__isnull=False).order_by("-pk").first()
first |= {"paragraph": link.block.paragraph_id, "mention": link.pk, "change": change.pk}
print(first)
"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def data_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("desk")


@pytest.fixture(scope="module")
def desk(data_folder):
    """The address of a site with an administrator, for these tests alone."""
    with site.running(data_folder) as address:
        site.manage(data_folder, "create_editor", "ana", "--role", "administrator", given=f"{PASSWORD}\n")
        yield address


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


@pytest.fixture(scope="module")
def page(browser, desk):
    with logged_in(browser, desk) as opened:
        yield opened


def barriers(page, rules=RULES):
    """What stands in anybody's way on the page, as (rule, first elements)."""
    page.wait_for_function("document.getAnimations().every(each => each.playState === 'finished')")  # of colours
    violations = Axe().run(page, options=rules).response["violations"]
    return [(each["id"], [node["html"][:200] for node in each["nodes"][:3]]) for each in violations]


def test_it_logs_in_without_barrier(browser, desk):
    page = browser.new_page(base_url=desk)
    page.goto("/admin/login/")
    assert barriers(page) == []
    page.close()


@pytest.fixture(scope="module")
def addresses(desk, page, data_folder):
    """PAGES with the keys of records that are there; a change and a sample are made first."""
    page.goto("/admin/samples/")
    with page.expect_navigation():
        page.click(".list-upload button")
    sample = page.url.rstrip("/").rpartition("/")[2]
    page.goto("/admin/sections/synonym/")
    with page.expect_navigation():
        page.click("#result_list tbody tr:first-child a")
    page.fill("#id_why", "To have a change.")
    page.fill("input[name=note]", "A note.")
    with page.expect_navigation():
        page.click("input[name=_save]")
    keys = ast.literal_eval(site.manage(data_folder, "shell", "--verbosity=0", "--command", KEYS).splitlines()[-1])
    return [address.format(**keys, sample=sample) for address in PAGES]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_a_barrier_to_anybody_in_any_language(browser, desk, addresses, language):
    """A third of the pages in each language: light on a wide screen, then dark on a phone."""
    found = {}
    with logged_in(browser, desk) as page:
        page.on("pageerror", lambda error: found.setdefault(page.url, []).append(str(error)))
        page.goto("/admin/preferences/")
        page.select_option("#id_language", label=language)
        with page.expect_navigation():
            page.press("#id_language", "Tab")
            page.click(".submit-row input.default")
        for address in addresses[LANGUAGES.index(language) :: len(LANGUAGES)]:
            page.set_viewport_size({"width": 1280, "height": 800})
            page.emulate_media(color_scheme="light")
            assert page.goto(address).status == 200, address
            wide = [*barriers(page), *page.evaluate(CUT_OFF)]
            page.set_viewport_size({"width": 360, "height": 740})
            page.emulate_media(color_scheme="dark")
            narrow = [*barriers(page, LAYOUT), *page.evaluate(CUT_OFF)]
            if wide or narrow:
                found[address] = wide, narrow
        page.goto("/admin/preferences/")
        page.select_option("#id_language", label="English")
        with page.expect_navigation():
            page.click(".submit-row input.default")
    assert found == {}


def test_it_has_no_barrier_where_a_record_is_edited(page):
    page.emulate_media(color_scheme="light")
    for noun in ("institution", "articlelink", "synonym", "paragraph"):
        page.goto(f"/admin/sections/{noun}/")
        with page.expect_navigation():  # the scripts that name fields and columns have run
            page.click("#result_list tbody tr:first-child a")
        assert barriers(page) == []
        page.set_viewport_size({"width": 360, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, noun
        page.set_viewport_size({"width": 1280, "height": 800})


@pytest.mark.parametrize("fault", [False, True])
def test_it_shows_without_barrier_what_a_list_would_do(page, tmp_path, fault):
    text = page.request.get("/admin/lists/names.csv").text().removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    rows[0]["text"], rows[1]["language"] = "Another name", "fr" if fault else rows[1]["language"]
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    path = tmp_path / "names.csv"
    path.write_text(out.getvalue(), encoding="utf-8")
    page.goto("/admin/lists/")
    page.set_input_files("#id_file", path)
    page.get_by_role("button", name="Show what it would do").click()
    page.wait_for_url("**/admin/lists/*/")
    assert page.get_by_role("button", name="Write everything").count() == (0 if fault else 1)
    assert barriers(page) == []
    page.get_by_role("button", name="Discard the upload").click()


def submit(page, button):
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def test_pages_that_ask_before_they_save_are_no_barrier(page, addresses):
    entry = next(address for address in addresses if address.endswith("/change/") and "/institution/" in address)
    found = []
    page.goto(entry)
    page.fill("#id_name", "Bureau of Asylum")
    submit(page, "Save")
    found.append((page.title(), barriers(page)))
    submit(page, "Back to the form")
    page.goto("/admin/sections/synonym/add/")
    page.fill("#id_term", "braceros")
    page.fill("#id_says", "day labourers")
    submit(page, "Save")
    found.append((page.title(), barriers(page)))
    page.goto(next(address for address in addresses if address.endswith("/merge/")))
    page.fill("input[list=entries]", "Ministry of Foreign Affairs")
    submit(page, "Next")
    found.append((page.title(), barriers(page)))
    submit(page, "Show what it would do")
    found.append((page.title(), barriers(page)))
    page.goto(entry)
    page.fill("#id_description", "Mine.")
    with page.context.new_page() as other:
        other.goto(entry)
        other.fill("#id_description", "Theirs.")
        submit(other, "Save")
    submit(page, "Save")
    found.append((page.title(), barriers(page)))
    assert [each for each in found if each[1]] == []
    assert len({title for title, _ in found}) == len(found), "each is another page"


def test_the_page_that_asks_to_log_in_and_save_is_no_barrier(browser, desk, addresses):
    with logged_in(browser, desk) as page:
        page.goto(next(address for address in addresses if address.endswith("/change/") and "/institution/" in address))
        page.fill("#id_description", "Typed before the session ended.")
        page.context.clear_cookies()
        submit(page, "Save")
        assert page.get_by_role("button", name="Log in and save").count()
        assert barriers(page) == []


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
    assert barriers(page) == []
    assert page.locator(".desk-touched li").count() == 2
    page.press("input[name=reason]", "Enter")
    page.wait_for_timeout(300)
    with page.expect_navigation():
        page.click(".submit-row input.default")
    assert "Done: 2 links to articles changed." in page.locator(".messagelist").inner_text()
    page.goto("/admin/my-actions/")
    with page.expect_navigation():
        page.click(".desk-next a >> nth=0")
    assert barriers(page) == []
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
