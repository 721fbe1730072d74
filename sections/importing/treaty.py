"""Loads an operator's own copy of the Convention's official text, in any language, and never half of one."""

import hashlib
from dataclasses import asdict, dataclass
from pathlib import PurePath

from django.utils import timezone
from django.utils.module_loading import import_string

from sections.models import ConventionArticle, ConventionPart, ConventionText
from sections.models.convention import article_key
from sections.text.official import NAMES

from .parse.records import ImportFault
from .parse.treaty import Treaty, read_treaty
from .parse.treaty_check import Structure, check, language_of

# Imported when a file is read, because it brings a library for Word files that no page needs.
READER = "sections.importing.readers.treaty.treaty_text"


@dataclass(frozen=True)
class ReadText:
    """The text of a file, checked and not saved: the row, whether it changes anything, and what was read, in words."""

    row: ConventionText
    is_new: bool
    words: str


def read_convention(name: str, data: bytes, language: str = "") -> ReadText:
    """Reads a file with the text of the Convention; the language, if none is given, is that of its words.

    Raises ImportFault, whose words name every article and part that is missing, doubled or out of place.
    """
    structure = _structure()
    treaty = read_treaty(import_string(READER)(name, data))
    check(treaty, structure)
    language = _language(treaty, language)
    row = ConventionText.objects.filter(language=language).first() or ConventionText(language=language)
    articles = {article_key(article.number): _stored(article) for article in treaty.articles}
    is_new = row.articles != articles
    row.articles, row.source_name, row.loaded = articles, PurePath(name).name[-200:], timezone.now().date()
    row.source_sha256 = hashlib.sha256(data).hexdigest()
    return ReadText(row, is_new, _words(treaty, language))


def _structure():
    """The Convention as the database knows it."""
    articles = ConventionArticle.objects.order_by("number").values_list("number", flat=True)
    parts = ConventionPart.objects.order_by("number").values_list("number", "first_article", "last_article")
    if not articles:
        raise ImportFault(None, "the database has no articles yet. Load them first: manage.py loaddata convention.")
    return Structure(tuple(articles), {number: (first, last) for number, first, last in parts})


def _language(treaty, named):
    found = language_of(treaty)
    if named and found and named != found:
        raise ImportFault(None, f"the text is in {NAMES[found]}, not in {NAMES[named]}.")
    if not (named or found):
        raise ImportFault(None, f"its language is not plain from its words. Name it: {', '.join(NAMES)}.")
    return named or found


def _stored(article):
    return {"title": article.title, "provisions": [asdict(provision) for provision in article.provisions]}


def _words(treaty: Treaty, language: str) -> str:
    """What was read, such as "English: 93 articles in 9 parts, 290 numbered paragraphs, 130 items"."""
    provisions = [provision for article in treaty.articles for provision in article.provisions]
    numbered = sum(provision.label.isdigit() for provision in provisions)
    items = sum(bool(provision.label) for provision in provisions) - numbered
    parts = f" in {len(treaty.parts)} parts" if treaty.parts else ", without headings of parts"
    counts = f"{len(treaty.articles)} articles{parts}, {numbered} numbered paragraphs, {items} lettered items"
    return f"{NAMES[language]}: {counts}"
