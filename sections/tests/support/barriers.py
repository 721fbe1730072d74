"""What axe-core finds on a page in a browser that keeps people from using it."""

from axe_playwright_python.sync_playwright import Axe

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
OF_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def barriers(page):
    """Each barrier on the page as it is, and of its colours in the dark, as a rule and the first elements."""
    violations = Axe().run(page, options=RULES).response["violations"]
    page.emulate_media(color_scheme="dark")
    violations += Axe().run(page, options=OF_COLOURS).response["violations"]
    page.emulate_media(color_scheme="light")
    return [(each["id"], [node["html"] for node in each["nodes"][:3]]) for each in violations]
