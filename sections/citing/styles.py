"""The styles in which places and pages are cited, each after its published rules.

A new one is a function that yields the words of a citation, `Italic` where the style wants that, and a row of STYLES.
The law styles name as author the committee under whose symbol the report is issued; APA names who speaks in it, the
State. Styles are written in the language of the citation: only their order and marks are theirs.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from .cited import SITE_NAME, Cited, ReportPlace, SitePage
from .words import (
    Italic,
    Signs,
    american_date,
    between,
    headline,
    is_english,
    long_date,
    place_in_signs,
    place_in_words,
    quoted,
)

OSCOLA = Signs("para {}", "paras {}", item=" item {}", footnote=" fn {}", table=" table {}")
BLUEBOOK = Signs("¶ {}", "¶¶ {}", footnote=" n.{}", table=" tbl.{}")
MCGILL = Signs("para {}", "paras {}", footnote=", n {}")
MCGILL_FRENCH = Signs("para {}", "paras {}", item=", élément {}", footnote=", n {}", table=", tableau {}")
CHICAGO = Signs("para. {}", "paras. {}", footnote=", n. {}")
APA = Signs("para. {}", "paras. {}", table=", Table {}")
# Words that The Bluebook's table T6 shortens in the names of institutional authors.
SHORTENED = {
    "Committee": "Comm.",
    "Discrimination": "Discrim.",
    "Economic": "Econ.",
    "Human": "Hum.",
    "Protection": "Prot.",
    "Rights": "Rts.",
    "Social": "Soc.",
    "and": "&",
}
# The months of The Bluebook's table T12.
MONTHS = ["Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."]


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its key, its name for readers, and the function that yields the words of a citation."""

    key: str
    name: str | Promise
    write: Callable[[Cited], Iterable[str]]

    def runs(self, cited: Cited) -> list[str]:
        """The citation in pieces, those in italics marked by their type `Italic`."""
        with override(cited.language):
            return list(self.write(cited))

    def text(self, cited: Cited) -> str:
        """The citation as plain text."""
        return "".join(self.runs(cited))


def plain_citation(cited: ReportPlace) -> str:
    """Title, symbol and place in one line without a final stop, as the United Nations cite: for titles and lists."""
    with override(cited.language):
        return ", ".join(filter(None, (cited.title, cited.symbol, place_in_words(cited.place))))


def paragraph_pattern(cited: ReportPlace) -> str:
    """The same citation for any one paragraph of the report, with `{}` in place of its number."""
    with override(cited.language):
        return f"{cited.title}, {cited.symbol}, {gettext('para. %(number)s') % {'number': '{}'}}"


def united_nations(cited: Cited) -> Iterable[str]:
    """United Nations Editorial Manual, "Footnotes and other references", III.A: a masthead document is identified by
    its title in descriptive form, without quotation marks, and its symbol; then "para." or "paras.", a space before
    the letter of a subparagraph. No date: the symbol is enough. IV.J for a page: title, website, address, access.
    """
    if isinstance(cited, SitePage):
        words = gettext("%(title)s, %(site)s, available at %(address)s (accessed on %(date)s).")
        yield words % _of_page(cited, quoted(cited.title))
        return
    yield plain_citation(cited)
    yield "."


def oscola(cited: Cited) -> Iterable[str]:
    """OSCOLA, 2006 section on international law and 4th edition: author, ‘title’ (date) UN Doc symbol, pinpoint; single
    quotation marks, no full stops in abbreviations, a full stop at the end. 3.4.8 for a page: ‘Title’ (Site) <address>
    accessed on a date.
    """
    if isinstance(cited, SitePage):
        words = gettext("%(title)s (%(site)s) <%(address)s> accessed %(date)s.")
        yield words % _of_page(cited, quoted(cited.title, single=True))
        return
    date = f"({long_date(cited.day)})" if cited.day else ""
    title = quoted(headline(cited.title), single=True)
    document = " ".join(filter(None, (title, date, _un_doc(cited, "UN Doc"))))
    yield from between(", ", [_committee(cited), document, place_in_signs(cited.place, OSCOLA)])
    yield "."


def bluebook(cited: Cited) -> Iterable[str]:
    """The Bluebook, rule 21.7: institutional author shortened by table T6, title in italics, pinpoint with ¶ before
    the symbol, U.N. Doc. symbol, and the date in parentheses with the months of table T12. Rule 18.2.2 for a page:
    title in italics, site, address (last visited on a date).
    """
    if isinstance(cited, SitePage):
        yield Italic(headline(cited.title))
        yield gettext(", %(site)s, %(address)s (last visited %(date)s).") % _of_page(cited)
        return
    committee = cited.committee
    if is_english():
        committee = " ".join(SHORTENED.get(word, word) for word in committee.split(" "))
    place = place_in_signs(cited.place, BLUEBOOK)
    yield from between(", ", [committee, Italic(headline(cited.title)), place, _un_doc(cited, "U.N. Doc.")])
    if cited.day:
        english = f"{MONTHS[cited.day.month - 1]} {cited.day.day}, {cited.day.year}"
        yield f" ({english if is_english() else long_date(cited.day)})"
    yield "."


def mcgill(cited: Cited) -> Iterable[str]:
    """Canadian Guide to Uniform Legal Citation (McGill Guide), 5.2: author, title in italics, UN Doc symbol (year) at
    para; no full stops in abbreviations. In French its French form: Doc NU symbol (year) au para. 6.19 for a page:
    “Title”, online: Site <address>.
    """
    if isinstance(cited, SitePage):
        yield quoted(headline(cited.title))
        yield gettext(", online: %(site)s <%(address)s>.") % _of_page(cited)
        return
    is_french = (get_language() or "").startswith("fr")
    document = f"Doc NU {cited.symbol}" if is_french else _un_doc(cited, "UN Doc")
    yield from between(", ", [cited.committee, Italic(headline(cited.title)), document])
    if cited.day:
        yield f" ({cited.day.year})"
    if place := place_in_signs(cited.place, MCGILL, fr=MCGILL_FRENCH):
        if is_french and cited.place.paragraphs:
            yield f" aux {place}" if len(cited.place.paragraphs) > 1 else f" au {place}"
        else:
            yield f" at {place}" if is_english() else f", {place}"
    yield "."


def chicago(cited: Cited) -> Iterable[str]:
    """The Chicago Manual of Style, 17th edition, a note, 14.302-303 on documents of international bodies: authorizing
    body, title in italics, symbol (date), place, address. 14.207 for a page: “Title,” Site, accessed date, address.
    """
    if isinstance(cited, SitePage):
        title = f"“{headline(cited.title)},” " if is_english() else f"{quoted(cited.title)}, "
        yield gettext("%(title)s%(site)s, accessed %(date)s, %(address)s.") % _of_page(cited, title)
        return
    date = f" ({american_date(cited.day)})" if cited.day else ""
    place = place_in_signs(cited.place, CHICAGO)
    parts = [_committee(cited), Italic(headline(cited.title)), f"{cited.symbol}{date}", place, cited.address]
    yield from between(", ", parts)
    yield "."


def apa(cited: Cited) -> Iterable[str]:
    """Publication Manual of the American Psychological Association, 7th edition, 10.4, the entry of the reference list:
    author. (year). Title in italics, in sentence case (document number). Publisher. Address; "n.d." without a date,
    no stop after the address. It names no place: that stands in the text. 10.16 for a page.
    """
    if isinstance(cited, SitePage):
        yield f"{SITE_NAME}. ({gettext('n.d.')}). "
        yield Italic(cited.title)
        yield gettext(". Retrieved %(date)s, from %(address)s") % _of_page(cited)
        return
    date = str(cited.day.year) if cited.day else gettext("n.d.")
    author = cited.state_party or cited.committee or gettext("United Nations")
    yield f"{author}. ({date}). "
    yield Italic(cited.title)
    publisher = ", ".join(filter(None, (gettext("United Nations"), cited.committee)))
    yield f" ({cited.symbol}). {publisher}. {cited.address}"


def apa_in_text(cited: Cited) -> Iterable[str]:
    """The same manual, 8.11-8.13, the parenthesis in the text: (author, year, place)."""
    if isinstance(cited, SitePage):
        yield f"({SITE_NAME}, {gettext('n.d.')})"
        return
    author = cited.state_party or cited.committee or gettext("United Nations")
    year = str(cited.day.year) if cited.day else gettext("n.d.")
    yield f"({', '.join(filter(None, (author, year, place_in_signs(cited.place, APA))))})"


def _of_page(cited, title=""):
    """What the sentences on a page are filled with; when it was read only the reader knows."""
    return {"title": title, "site": SITE_NAME, "address": cited.address, "date": gettext("[date]")}


def _committee(cited):
    return gettext("UN %(committee)s") % {"committee": cited.committee} if cited.committee else ""


def _un_doc(cited, english):
    return f"{english} {cited.symbol}" if is_english() else gettext("UN Doc. %(symbol)s") % {"symbol": cited.symbol}


STYLES = {
    style.key: style
    for style in (
        Style("un", _("UN footnote"), united_nations),
        Style("oscola", "OSCOLA", oscola),
        Style("bluebook", "Bluebook", bluebook),
        Style("mcgill", "McGill", mcgill),
        Style("chicago", "Chicago", chicago),
        Style("apa", "APA", apa),
        Style("apa-in-text", _("APA, in the text"), apa_in_text),
    )
}
