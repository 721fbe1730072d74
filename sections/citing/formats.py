"""The formats in which a report, a reply, a paragraph or a table is cited.

A new one is a function that writes it and its name in FORMATS; addresses and links follow.
"""

import re

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sections.exports.formats import FileFormat
from sections.models import Block, Paragraph, Report

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
# What TeX takes for a command, and how to write it so that it is printed.
TEX = str.maketrans(
    {character: f"\\{character}" for character in "&%$#_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)


def plain_citation(report: Report, place: str = "") -> str:
    """The report's citation, such as "Report of Examplia, UN Doc. XXX/C/EXA/1 (2 May 2017), para. 3"."""
    document = gettext("UN Doc. %(symbol)s") % {"symbol": report.symbol}
    if day := report.date_distributed or report.date_received:
        document += f" ({date_format(day, gettext('j F Y'))})"
    # A title that does not say whose report it is gets the State party before it.
    names_state = report.state_party.casefold() in report.title.casefold()
    parts = [report.title] if names_state else [report.state_party, report.title]
    return ", ".join(part for part in (*parts, document, place) if part)


def paragraph_as_text(paragraph: Paragraph, place: str, address: str) -> str:
    """The paragraph's number and words, its notes, its citation and its address, in lines of plain text."""
    blocks = list(paragraph.blocks.all())
    body = [_line(block) for block in blocks if block.kind != "footnote"]
    notes = [f"Note {block.label}: {block.text}" for block in blocks if block.kind == "footnote"]
    first, *rest = body or [""]
    lines = [f"{paragraph.number}. {first}".rstrip(), *rest]
    if notes:
        lines += ["", *notes]
    return "\n".join([*lines, "", f"{plain_citation(paragraph.report, place)}.", address, ""])


def ris(paragraph: Paragraph, place: str, address: str) -> str:
    """The record of a place such as "para. 3" in RIS, which reference managers such as Zotero and EndNote read.

    Its lines end as the format asks; unknown dates are left out.
    """
    report = paragraph.report
    day = report.date_distributed or report.date_received
    fields = [
        ("TY", "RPRT"),
        ("AU", report.state_party),
        ("TI", report.title),
        ("PB", "United Nations"),
        ("A2", report.treaty_body),
        ("M1", report.symbol),
        ("PY", f"{day:%Y}" if day else ""),
        ("DA", f"{day:%Y/%m/%d}" if day else ""),
        ("SP", place),
        ("LA", report.language),
        ("UR", address),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value]
    return "".join(f"{line}\r\n" for line in [*lines, "ER  - "])


def bibtex(paragraph: Paragraph, place: str, address: str) -> str:
    """The entry of a place such as "para. 3" in BibTeX; characters that TeX would read as a command are escaped."""
    report = paragraph.report
    day = report.date_distributed or report.date_received
    values = [
        ("author", f"{{{report.state_party.translate(TEX)}}}"),
        ("title", f"{{{report.title.translate(TEX)}}}"),
        ("institution", f"United Nations, {report.treaty_body.translate(TEX)}"),
        ("type", "UN Doc."),
        ("number", report.symbol.translate(TEX)),
        ("year", f"{day:%Y}" if day else ""),
        ("note", place.translate(TEX)),
        ("url", address),
    ]
    fields = [f"  {name} = {{{value}}}" for name, value in values if value]
    if day:
        fields.insert(-2, f"  month = {MONTHS[day.month - 1]}")
    key = re.sub(r"[^a-z0-9]+", "-", f"{report.symbol} {place}".lower()).strip("-")
    return f"@techreport{{{key},\n" + ",\n".join(fields) + "\n}\n"


def _line(block: Block) -> str:
    indent = "    " * max(block.level, 0)
    return f"{indent}{block.label} {block.text}" if block.label else f"{indent}{block.text}"


# Each writes a paragraph from the paragraph itself, its place such as "para. 3", and the whole address of its page.
FORMATS = {
    "txt": FileFormat("txt", _("plain text"), "text/plain; charset=utf-8", paragraph_as_text, attachment=False),
    "ris": FileFormat("ris", "RIS", "application/x-research-info-systems; charset=utf-8", ris),
    "bib": FileFormat("bib", "BibTeX", "application/x-bibtex; charset=utf-8", bibtex),
}
