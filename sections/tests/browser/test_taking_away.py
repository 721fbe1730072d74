"""What readers take away from a page: text that they copy, citations, and paper."""

from io import BytesIO

import pytest

pytestmark = pytest.mark.browser

REPLY = "/CMW/C/MEX/3/replies/14/"
SELECT = """([first, last]) => {
  const range = document.createRange();
  range.setStartBefore(document.querySelector(first));
  range.setEndAfter(document.querySelector(last));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def copied(page, address, first, last):
    """What the clipboard holds after everything between two elements of a page was selected and copied."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address)
    page.evaluate(SELECT, [first, last])
    page.keyboard.press("Control+c")
    return page.evaluate("navigator.clipboard.readText()")


def test_copied_paragraphs_hold_the_text_and_nothing_that_stands_beside_it(page):
    words = copied(page, REPLY, "#p96", "#p98")
    text = page.evaluate("fetch('/CMW/C/MEX/3/paragraphs/96-98.json').then((answer) => answer.json())")
    own = " ".join(block["text"] for row in text["results"] for block in row["blocks"])
    assert words.split() == own.split()


def test_a_copied_list_keeps_the_letters_that_the_report_prints(page):
    words = copied(page, "/CMW/C/MEX/3/paragraphs/137/", "#p137", "#p137")
    assert words.startswith("In view of the new migration policy")
    assert "\n(b) The Minister of Foreign Affairs" in words


def test_a_footnote_is_copied_without_the_numbers_and_can_be_copied_itself(page):
    words = copied(page, "/CMW/C/MEX/3/paragraphs/176/", "#p176", "#p176")
    note = page.locator("#fn15 span")
    assert note.text_content()[:20] not in words
    page.evaluate("getSelection().removeAllRanges()")
    note.scroll_into_view_if_needed()
    box = note.bounding_box()
    page.mouse.move(box["x"] + 1, box["y"] + 6)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 1, box["y"] + box["height"] - 6, steps=5)
    page.mouse.up()
    assert page.evaluate("String(getSelection())").startswith(note.text_content()[:20])


def test_one_press_copies_a_citation_with_its_italics(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/CMW/C/MEX/3/paragraphs/94/")
    page.locator(".cite summary").first.click()
    page.get_by_role("button", name="Copy: Bluebook").click()
    page.get_by_text("Copied").first.wait_for()
    text, html = page.evaluate(
        """navigator.clipboard.read().then(([item]) => Promise.all(
        ["text/plain", "text/html"].map((type) => item.getType(type).then((blob) => blob.text()))))"""
    )
    assert text.endswith("Third Periodic Report of Mexico, ¶ 94, U.N. Doc. CMW/C/MEX/3 (June 14, 2017).")
    assert "<i>Third Periodic Report of Mexico</i>" in html


def test_a_page_of_this_site_is_cited_with_the_day_on_which_it_is_read(page):
    page.goto("/convention/articles/22/")
    day = page.evaluate(
        "new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'long', year: 'numeric'}).format(new Date())"
    )
    assert f"> accessed {day}." in page.locator(".cite [data-style=oscola]").text_content()


def test_citations_can_be_read_and_selected_without_scripts(browser, running_site):
    context = browser.new_context(base_url=running_site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/CMW/C/MEX/3/paragraphs/137/")
    assert page.locator(".cite-copy").count() == 0
    page.locator(".cite-styles > summary").first.click()
    assert page.locator(".cite [data-style=oscola]").first.is_visible()
    page.locator(".cite-parts > summary").click()
    page.get_by_text("para. 137 (b)", exact=False).first.click()
    assert page.locator(".permalink[href$='/137/#b']").is_visible()
    context.close()


@pytest.mark.parametrize(
    ("address", "cited"),
    [
        (REPLY, "paras. 96–107."),
        ("/CMW/C/MEX/3/paragraphs/137/", "para. 137."),
        ("/CMW/C/MEX/3/tables/1/", "table 1."),
        (
            "/institutions/national-institute-for-migration/",
            "“National Institute for Migration”, Paragraph by Paragraph",
        ),
    ],
)
def test_every_sheet_says_where_it_is_from_and_the_last_ends_with_the_citation(page, running_site, address, cited):
    reader = pytest.importorskip("pypdf", reason="the package pypdf is not installed")
    page.goto(address)
    sheets = [sheet.extract_text() for sheet in reader.PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages]
    for number, sheet in enumerate(sheets, start=1):
        assert "Mexico · CMW/C/MEX/3" in sheet
        assert f"{running_site}{address}" in sheet
        assert f"{number} / {len(sheets)}" in sheet
        assert len(sheet.split()) > 20, "a sheet is almost empty"
    assert cited in " ".join(sheets[-1].split())
    whole = " ".join(sheets)
    unwanted = ("RIS", "CSV", "cite", "Copy", "why", "Related search terms", "Other citation styles", "Skip to")
    assert [words for words in unwanted if words in whole.split() or (" " in words and words in whole)] == []


def test_a_long_paragraph_goes_on_overleaf(page):
    page.goto(REPLY)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('.paragraph')).breakInside") == "auto"
