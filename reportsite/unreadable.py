"""What the server answers where no request reaches the site: a page in all languages, as the address is not known."""

from functools import cache
from http import HTTPStatus

from gunicorn.http import errors

STATUSES = (
    (errors.LimitRequestLine, 414),
    (errors.LimitRequestHeaders, 431),
    (errors.NoMoreData, 431),
    (errors.UnsupportedTransferCoding, 501),
    (errors.ParseException, 400),
)
PHRASES = {414: "URI Too Long", 431: "Request Header Fields Too Large"}
SENTENCES = {
    400: (
        "The request is not valid HTTP.",
        "La solicitud no es HTTP válido.",
        "La requête n’est pas du HTTP valable.",
    ),
    408: (
        "The request took too long to arrive. Try again.",
        "La solicitud tardó demasiado en llegar. Inténtelo de nuevo.",
        "La requête a mis trop de temps à arriver. Veuillez réessayer.",
    ),
    414: (
        "The address is too long. Search for fewer words, or choose fewer filters. If this is the address of a "
        "basket, shorten the notes in the basket.",
        "La dirección es demasiado larga. Busque menos palabras o elija menos filtros. Si es la dirección "
        "de una cesta, acorte las notas de la cesta.",
        "L’adresse est trop longue. Recherchez moins de mots ou choisissez moins de filtres. S’il s’agit de "
        "l’adresse d’un panier, raccourcissez les notes du panier.",
    ),
    431: (
        "The headers of the request are too large. Delete the cookies of this site in your browser, then try again.",
        "Las cabeceras de la solicitud son demasiado grandes. Borre las cookies de este sitio en su navegador e "
        "inténtelo de nuevo.",
        "Les en-têtes de la requête sont trop grands. Supprimez les cookies de ce site dans votre navigateur, puis "
        "réessayez.",
    ),
    500: (
        "The site made an error. Try again later.",
        "Se produjo un error en el sitio. Inténtelo de nuevo más tarde.",
        "Le site a commis une erreur. Veuillez réessayer plus tard.",
    ),
    501: (
        "This transfer coding is not supported.",
        "Esta codificación de transferencia no se admite.",
        "Ce codage de transfert n’est pas pris en charge.",
    ),
}
HEADINGS = ("The site cannot read this request", "El sitio no puede leer esta solicitud",
            "Le site ne peut pas lire cette requête")  # fmt: skip
LINKS = (
    (("/", "Home page"), ("/search/", "Search"), ("/convention/", "The Convention")),
    (("/es/", "Página inicial"), ("/es/search/", "Buscar"), ("/es/convention/", "La Convención")),
    (("/fr/", "Page d’accueil"), ("/fr/search/", "Chercher"), ("/fr/convention/", "La Convention")),
)
LANGUAGES = ("en-GB", "es", "fr")
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
HEADERS = {
    "Connection": "close",
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}


def status_of(error: Exception) -> int:
    """The status that tells a client what was wrong with a request; 500 for an error of the site."""
    return next((status for kind, status in STATUSES if isinstance(error, kind)), 500)


@cache
def answer(status: int) -> bytes:
    """The whole response with this status, one of SENTENCES."""
    body = page(status).encode()
    lines = [f"HTTP/1.1 {status} {PHRASES.get(status) or HTTPStatus(status).phrase}"]
    lines += [f"{name}: {value}" for name, value in HEADERS.items()]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode() + body


def page(status: int) -> str:
    """The page: heading, sentence and links in each language."""
    sections = ""
    for place, language in enumerate(LANGUAGES):
        level = "h1" if place == 0 else "h2"
        links = "".join(f'<li><a href="{address}">{words}</a></li>\n' for address, words in LINKS[place])
        sections += f'<section class="prose missing" lang="{language}">\n<{level}>{HEADINGS[place]}</{level}>\n'
        sections += f"<p>{SENTENCES[status][place]}</p>\n<ul>\n{links}</ul>\n</section>\n"
    return PAGE.format(title=HEADINGS[0], sections=sections)
