"""The files that reference managers read: RIS, BibTeX and CSL-JSON, each of one citation or of many.

A new one is a function that writes them and a row of FORMATS; addresses and links follow.
"""

import json
import re
from collections.abc import Iterable
from typing import Any
from unicodedata import normalize

from django.utils.translation import gettext, override

from sections.exports.formats import FileFormat

from .cited import SITE_NAME, Cited, SitePage
from .words import place_in_words

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
# What TeX takes for a command, and how to write it so that it is printed.
TEX = str.maketrans(
    {character: f"\\{character}" for character in "&%$#_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)


def ris(citations: Iterable[Cited], in_list: bool = False) -> str:
    """The citations in RIS, one record each; what is not known is left out, and lines end as the format asks.

    In a list of places of a report the title of each names the place too, or programs would take them for one.

    SN is where Zotero and EndNote look for the number of a report, SP for the place in it.
    """
    return "".join(_ris_record(cited, in_list) for cited in citations)


def bibtex(citations: Iterable[Cited], in_list: bool = False) -> str:
    """The citations in BibTeX: what TeX would read as a command is escaped, and no two keys are the same.

    Titles in a list name the place as in RIS.
    """
    taken: set[str] = set()
    return "\n".join(_bibtex_entry(cited, taken, in_list) for cited in citations)


def csl_json(citations: Iterable[Cited]) -> str:
    """The citations in CSL-JSON, which citation processors read: a list of items."""
    taken: set[str] = set()
    items = [_csl_item(cited, taken) for cited in citations]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def meta_tags(cited: Cited) -> list[tuple[str, str]]:
    """The citation as Highwire's tags for the head of a page, (name, content); what is not known is left out."""
    facts = _facts(cited)
    day = facts.get("day")
    institution = ", ".join(filter(None, (facts.get("publisher"), facts.get("committee"))))
    tags = [
        ("title", facts["title"]),
        ("author", facts.get("author")),
        ("publication_date", day and f"{day.year:04}/{day:%m/%d}"),
        ("technical_report_institution", institution),
        ("technical_report_number", facts.get("number")),
        ("firstpage", facts.get("place")),
        ("language", facts["language"]),
        ("public_url", facts["url"]),
    ]
    return [(f"citation_{name}", content) for name, content in tags if content]


def _facts(cited: Cited) -> dict[str, Any]:
    """What is known, in the language of the citation: each in one line, empty where it is not known."""
    if isinstance(cited, SitePage):
        return {"title": cited.title, "site": SITE_NAME, "url": cited.address, "language": cited.language}
    with override(cited.language):
        return {
            "title": cited.title,
            "author": cited.state_party,
            "publisher": gettext("United Nations"),
            "committee": cited.committee,
            "number": cited.symbol,
            "day": cited.day,
            "place": place_in_words(cited.place),
            "language": cited.text_language,
            "url": cited.address,
        }


def _title(facts, in_list):
    return ", ".join(filter(None, (facts["title"], facts.get("place") if in_list else "")))


def _ris_record(cited, in_list):
    facts = _facts(cited)
    day = facts.get("day")
    fields = [
        ("TY", "ELEC" if isinstance(cited, SitePage) else "RPRT"),
        ("AU", facts.get("author")),
        ("TI", _title(facts, in_list)),
        ("T2", facts.get("site")),
        ("PB", facts.get("publisher")),
        ("A2", facts.get("committee")),
        ("SN", facts.get("number")),
        ("PY", day and f"{day.year:04}"),
        ("DA", day and f"{day.year:04}/{day:%m/%d}"),
        ("SP", facts.get("place")),
        ("LA", facts["language"]),
        ("UR", facts["url"]),
    ]
    lines = [f"{tag}  - {value}" for tag, value in fields if value]
    return "".join(f"{line}\r\n" for line in [*lines, "ER  - "])


def _bibtex_entry(cited, taken, in_list):
    facts = _facts(cited)
    day = facts.get("day")
    institution = ", ".join(filter(None, (facts.get("publisher"), facts.get("committee"))))
    values = [
        ("author", facts.get("author") and f"{{{facts['author'].translate(TEX)}}}"),
        ("title", f"{{{_title(facts, in_list).translate(TEX)}}}"),
        ("institution", institution.translate(TEX)),
        ("type", facts.get("number") and "UN Doc."),
        ("number", facts.get("number", "").translate(TEX)),
        ("howpublished", facts.get("site")),
        ("year", day and f"{day.year:04}"),
        ("note", facts.get("place", "").translate(TEX)),
        ("url", facts["url"]),
    ]
    fields = [f"  {name} = {{{value}}}" for name, value in values if value]
    if day:
        fields.insert(-1, f"  month = {MONTHS[day.month - 1]}")
    kind = "misc" if isinstance(cited, SitePage) else "techreport"
    return f"@{kind}{{{_key(cited, taken)},\n" + ",\n".join(fields) + "\n}\n"


def _csl_item(cited, taken):
    facts, is_page = _facts(cited), isinstance(cited, SitePage)
    day = facts.get("day")
    item = {
        "id": _key(cited, taken),
        "type": "webpage" if is_page else "report",
        "title": facts["title"],
        "author": [{"literal": facts["author"]}] if facts.get("author") else None,
        "authority": facts.get("committee"),
        "container-title": facts.get("site"),
        "number": facts.get("number"),
        "publisher": facts.get("publisher"),
        "issued": day and {"date-parts": [[day.year, day.month, day.day]]},
        "note": facts.get("place"),
        "language": facts["language"],
        "URL": facts["url"],
    }
    return {name: value for name, value in item.items() if value}


def _key(cited, taken):
    """A key of plain letters that no other citation of the file has."""
    names = normalize("NFKD", "-".join(cited.names).replace("–", "-")).encode("ascii", "ignore").decode()
    base = key = re.sub(r"[^a-z0-9]+", "-", names.lower()).strip("-") or "citation"
    count = 1
    while key in taken:
        count += 1
        key = f"{base}-{count}"
    taken.add(key)
    return key


FORMATS = {
    "ris": FileFormat("ris", "RIS", "application/x-research-info-systems; charset=utf-8", ris),
    "bib": FileFormat("bib", "BibTeX", "application/x-bibtex; charset=utf-8", bibtex),
    "csl.json": FileFormat("csl.json", "CSL-JSON", "application/vnd.citationstyles.csl+json", csl_json),
}
