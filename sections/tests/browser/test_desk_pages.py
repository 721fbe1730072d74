"""Every page of the desk is for everybody: on a wide and a narrow screen, light and dark, in each language."""

import ast
import csv
import io

import pytest

from sections.tests.support import site
from sections.tests.support.barriers import violations
from sections.tests.support.desk_browser import CUT_OFF, LAYOUT, logged_in, submit

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
    "/admin/sections/synonym/{synonym}/change/",
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
def page(browser, desk):
    with logged_in(browser, desk) as opened:
        yield opened


def test_it_logs_in_without_barrier(browser, desk):
    page = browser.new_page(base_url=desk)
    page.goto("/admin/login/")
    assert violations(page) == []
    page.close()


@pytest.fixture(scope="module")
def addresses(desk, page, desk_data):
    """PAGES with the keys of records that are there; a change and a sample are made first."""
    page.goto("/admin/samples/")
    submit(page, "Draw the sample")
    sample = page.url.rstrip("/").rpartition("/")[2]
    page.goto("/admin/review/")
    with page.expect_navigation():
        page.click("button[value=confirm]")
    keys = ast.literal_eval(site.manage(desk_data, "shell", "--verbosity=0", "--command", KEYS).splitlines()[-1])
    return [address.format(**keys, sample=sample) for address in PAGES]


def speak(page, language):
    page.goto("/admin/preferences/")
    page.select_option("#id_language", label=language)
    with page.expect_navigation():
        page.click(".submit-row input.default")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_a_barrier_to_anybody_in_any_language(browser, desk, addresses, language):
    """A third of the pages in each language: light on a wide screen, then dark on a phone."""
    found = {}
    with logged_in(browser, desk) as page:
        page.on("pageerror", lambda error: found.setdefault(page.url, []).append(str(error)))
        speak(page, language)
        for address in addresses[LANGUAGES.index(language) :: len(LANGUAGES)]:
            page.set_viewport_size({"width": 1280, "height": 800})
            page.emulate_media(color_scheme="light")
            assert page.goto(address).status == 200, address
            wide = [*violations(page), *page.evaluate(CUT_OFF)]
            page.set_viewport_size({"width": 360, "height": 740})
            page.emulate_media(color_scheme="dark")
            narrow = [*violations(page, LAYOUT), *page.evaluate(CUT_OFF)]
            if wide or narrow:
                found[address] = wide, narrow
        speak(page, "English")
    assert found == {}


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
    assert violations(page) == []
    page.get_by_role("button", name="Discard the upload").click()


def test_pages_that_ask_before_they_save_are_no_barrier(page, addresses):
    entry = next(address for address in addresses if address.endswith("/change/") and "/institution/" in address)
    found = []
    page.goto(entry)
    page.fill("#id_name", "Bureau of Asylum")
    submit(page, "Save")
    found.append((page.title(), violations(page)))
    submit(page, "Back to the form")
    page.goto("/admin/sections/synonym/add/")
    page.fill("#id_term", "braceros")
    page.fill("#id_says", "day labourers")
    submit(page, "Save")
    found.append((page.title(), violations(page)))
    page.goto(next(address for address in addresses if address.endswith("/merge/")))
    page.fill("input[list=entries]", "Ministry of Foreign Affairs")
    submit(page, "Next")
    found.append((page.title(), violations(page)))
    submit(page, "Show what it would do")
    found.append((page.title(), violations(page)))
    page.goto(entry)
    page.fill("#id_description", "Mine.")
    with page.context.new_page() as other:
        other.goto(entry)
        other.fill("#id_description", "Theirs.")
        submit(other, "Save")
    submit(page, "Save")
    found.append((page.title(), violations(page)))
    assert [each for each in found if each[1]] == []
    assert [title.split()[0] for title, _ in found] == ["What", "What", "Merge", "Merge", "Somebody"]


def test_the_page_that_asks_to_log_in_and_save_is_no_barrier(browser, desk, addresses):
    with logged_in(browser, desk) as page:
        page.goto(next(address for address in addresses if address.endswith("/change/") and "/institution/" in address))
        page.fill("#id_description", "Typed before the session ended.")
        page.context.clear_cookies()
        submit(page, "Save")
        assert page.get_by_role("button", name="Log in and save").count()
        assert violations(page) == []
