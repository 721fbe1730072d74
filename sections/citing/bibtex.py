"""BibTeX, which LaTeX reads."""

import re

from sections.exports import FileFormat
from sections.models import Paragraph

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
# What TeX takes for a command, and how to write it so that it is printed.
TEX = str.maketrans(
    {character: f"\\{character}" for character in "&%$#_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)


def bibtex(paragraph: Paragraph, place: str, address: str) -> str:
    """The entry of a place such as "para. 3"; characters that TeX would read as a command are escaped."""
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


BIBTEX = FileFormat("bib", "BibTeX", "application/x-bibtex; charset=utf-8", bibtex)
