"""An invented treaty of six articles in three parts, for those that the world knows, in the forms of official files."""

from .world import PARTS

HEADINGS = {
    "en": ("PART {roman}", "Article {number}"),
    "es": ("PARTE {roman}", "Artículo {number}"),
    "fr": ("PARTIE {roman}", "Article {number}"),
}
TEXTS = {
    "en": ("The hat of a traveller shall be of the colour of the road.", "of the straw", "of the wool"),
    "es": ("El sombrero de los viajeros es del color de los caminos y del cielo.", "de la paja", "de la lana"),
    "fr": ("Le chapeau des voyageurs est de la couleur des chemins et du ciel.", "de la paille", "de la laine"),
}


def treaty(language="en", part=None, article=None, body=None):
    """The text of the treaty; `part` and `article` give other forms of headings, `body` another text of an article."""
    part, article = part or HEADINGS[language][0], article or HEADINGS[language][1]
    pieces = ["A TREATY ON HATS", "The States Parties, having met,"]
    for number, roman, title, first, last in PARTS:
        pieces += [part.format(number=number, roman=roman), title]
        for each in range(first, last + 1):
            pieces.append(article.format(number=each))
            pieces += body(each) if body else provisions(language)
    return "\n\n".join([*pieces, "In witness whereof the undersigned have signed.", "Annex of hats."])


def provisions(language="en"):
    """Two numbered paragraphs, the second with two letters."""
    said, first, second = TEXTS[language]
    return [f"1. {said}", f"2. {said[:-1]}:", f"(a) {first};", f"(b) {second}."]
