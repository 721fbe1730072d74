"""The page of a request that the server refuses: in all languages, as the address is not known."""

from functools import cache

from django.conf import settings
from django.utils.translation import gettext, gettext_noop, override

SENTENCES = {
    400: gettext_noop("The request is not valid HTTP."),
    408: gettext_noop("The request took too long to arrive. Try again."),
    414: gettext_noop(
        "The address is too long. Search for fewer words, or choose fewer filters. If this is the "
        "address of a basket, shorten the notes in the basket."
    ),
    431: gettext_noop(
        "The headers of the request are too large. Delete the cookies of this site in your browser, then try again."
    ),
    500: gettext_noop("The site made an error. Try again later."),
    501: gettext_noop("This transfer coding is not supported."),
}
HEADING = gettext_noop("The site cannot read this request")
LINKS = (
    ("", gettext_noop("Home page")),
    ("search/", gettext_noop("Search")),
    ("convention/", gettext_noop("The Convention")),
)
# The style sheets are also there under their own names, without the digest of their content.
PAGE = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Paragraph by Paragraph</title>
<meta name="robots" content="noindex">
<link rel="stylesheet" href="/static/css/tokens.css">
<link rel="stylesheet" href="/static/css/layout.css">
<link rel="stylesheet" href="/static/css/words.css">
</head>
<body>
<header class="site-header"><div class="wide"><a class="site-name" href="/">Paragraph by Paragraph</a></div></header>
<main class="wide">
{sections}</main>
</body>
</html>
"""


@cache
def page(status: int) -> str:
    """The page with this status, one of SENTENCES: heading, sentence and links in each language of the site."""
    return PAGE.format(title=HEADING, sections="".join(_section(code, status) for code, _ in settings.LANGUAGES))


def _section(code, status):
    is_first = code == settings.LANGUAGE_CODE
    language, dash, region = code.partition("-")
    tag = f"{language}{dash}{region.upper()}"
    start, level = ("/", "h1") if is_first else (f"/{code}/", "h2")
    with override(code):
        links = "".join(f'<li><a href="{start}{path}">{gettext(words)}</a></li>\n' for path, words in LINKS)
        heading, sentence = gettext(HEADING), gettext(SENTENCES[status])
    return (
        f'<section class="prose missing" lang="{tag}">\n<{level}>{heading}</{level}>\n'
        f"<p>{sentence}</p>\n<ul>\n{links}</ul>\n</section>\n"
    )
