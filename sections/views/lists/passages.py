"""Lists of paragraphs, which have their words and citations beside what else is said of each."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from sections.citing import FORMATS, STYLES, paragraphs_place, whole_address
from sections.exports.listing import Listing
from sections.exports.passages import Passage
from sections.models import Paragraph
from sections.queries.passages import paragraphs_in_order
from sections.queries.reports import section_name

from .files import language_of_rows

COLUMNS = ("report", "paragraph", "section")
WORDS = ("text", "footnotes", "citation", "url")
Key = tuple[str, int]  # a paragraph: the symbol of its report and its number


def passages_of(request: HttpRequest, wanted: Sequence[Key], notes: Mapping[Key, str] | None = None) -> list[Passage]:
    """The paragraphs of these symbols and numbers in this order, with their citations and the reader's notes."""
    with language_of_rows(request):
        return [_passage(request, paragraph, notes or {}) for paragraph in paragraphs_in_order(wanted)]


def paragraph_list(
    title: str,
    passages: Iterable[Passage],
    more: Mapping[Key, Mapping[str, Any]] | None = None,
    further: Sequence[str] = (),
    **rest: Any,
) -> Listing:
    """The list of these paragraphs; `more` says of each, under the keys of `further` columns, why it is in the list."""
    passages, more = list(passages), more or {}
    rows = [_row(passage) | more.get(key_of(passage), dict.fromkeys(further)) for passage in passages]
    return Listing.of(title, [*COLUMNS, *further, *WORDS], rows, name="paragraphs", passages=passages, **rest)


def key_of(passage: Passage) -> Key:
    """The symbol and the number of a passage."""
    return passage.paragraph.report.symbol, passage.paragraph.number


def _passage(request, paragraph: Paragraph, notes) -> Passage:
    report, number = paragraph.report, paragraph.number
    style = STYLES.get(request.GET.get("style", ""), next(iter(STYLES.values())))
    url = whole_address(request, paragraph.get_absolute_url())
    note = notes.get((report.symbol, number), "")
    cited = paragraphs_place(report, [number], url)
    words = {"symbol": report.symbol, "number": number}
    return Passage(
        paragraph,
        heading=gettext("%(symbol)s, paragraph %(number)s") % words,
        place=section_name(paragraph.section),
        citation=style.text(cited),
        url=url,
        note=note,
        records={
            "ris": _annotated(FORMATS["ris"].write([cited], in_list=True), note),
            "bib": FORMATS["bib"].write([cited], in_list=True),
        },
    )


def _annotated(record: str, note: str) -> str:
    """The record in RIS with the reader's note."""
    line = f"N1  - {' '.join(note.split())}\r\n" if note else ""
    return record.replace("ER  - ", f"{line}ER  - ")


def _row(passage: Passage) -> dict[str, Any]:
    report, number = key_of(passage)
    return {
        "report": report,
        "paragraph": number,
        "section": passage.place,
        "text": passage.text,
        "footnotes": passage.notes,
        "citation": passage.citation,
        "url": passage.url,
    }
