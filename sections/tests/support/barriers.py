"""What axe-core finds on a page in a browser that keeps people from using it."""

from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]


def barriers(page, within="html"):
    """Each barrier on the page, or in an element of it, as it is, and of its colours in the dark.

    A rule and the first elements that break it stand for each.
    """
    found = violations(page, within=within)
    page.emulate_media(color_scheme="dark")
    found += violations(page, OF_COLOURS, within)
    page.emulate_media(color_scheme="light")
    return found


def violations(page, rules=RULES, within="html"):
    """What breaks these rules, or rules with these tags, in an element of the page, as (rule, first elements)."""
    page.evaluate("() => Promise.allSettled(document.getAnimations().map(each => each.finished))")  # colours fade
    # Without the details of all that passes, it takes less than half the time.
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = Axe().run(page, within, options).response["violations"]
    return [(each["id"], [node["html"][:200] for node in each["nodes"][:3]]) for each in found]
